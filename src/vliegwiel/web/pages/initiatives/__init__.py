"""Initiatives: the register over regions, the board of a region, and one from idea to embedded."""
