"""The smallest useful test of a scenario: ask, wait, read."""
