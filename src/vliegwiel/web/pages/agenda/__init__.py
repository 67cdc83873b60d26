"""The innovation agenda: what was published for everybody, and the draft for the region."""
