"""Tests that keep the map, the sizes, the doors and the documents in line with the code."""
