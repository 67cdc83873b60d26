"""Release 3.2 of iJw, in force since 3 April 2023."""

from .messages import RELEASE

__all__ = ["RELEASE"]
