"""Errors of this app.

TrajectoriesError
├── NoSuchDay       figures are made for the last days of months that the messages hold whole
└── Interrupted     the worker is asked to stop; another one begins the work anew
"""

from datetime import date


class TrajectoriesError(Exception):
    """Something that a service of this app refuses."""


class NoSuchDay(TrajectoriesError):
    def __init__(self, day: date) -> None:
        super().__init__(f"there are no figures as known on {day}")
        self.day = day


class Interrupted(TrajectoriesError):
    """Raised between two steps; nothing was kept of the work."""
