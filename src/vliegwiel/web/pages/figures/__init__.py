"""Zien: regional figures and published waiting times."""
