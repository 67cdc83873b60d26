"""The living innovation agenda: a draft that people work on, and versions that never change."""

from .errors import ChangedMeanwhile, NotThere, Refused

__all__ = ["ChangedMeanwhile", "NotThere", "Refused"]
