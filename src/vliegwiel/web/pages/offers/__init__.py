"""Offers of help: what fits and how long the wait is, where the gaps are, and the register."""
