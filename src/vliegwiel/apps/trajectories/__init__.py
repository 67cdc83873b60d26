"""What follows from care messages, kept so that a page need not work it out again."""

from .errors import Interrupted, NoSuchDay, TrajectoriesError

__all__ = ["Interrupted", "NoSuchDay", "TrajectoriesError"]
