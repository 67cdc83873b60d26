"""Coming in: local accounts with a second factor, staff through their organisation."""
