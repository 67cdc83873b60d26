"""What a pilot showed, for people who never had statistics."""
