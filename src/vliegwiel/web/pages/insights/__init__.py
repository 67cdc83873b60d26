"""Begrijpen: the insights of a region, as list and as map."""
