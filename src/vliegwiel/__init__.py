"""Vliegwiel: the learning system of a Dutch youth-care region (jeugdregio)."""

__version__ = "0.1.0"
