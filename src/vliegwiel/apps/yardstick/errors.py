"""Errors of this app.

YardstickError
├── YardstickRefused    what was typed cannot be kept; `problems` says why, per field
└── ChangedMeanwhile    somebody else made a newer version since this one was opened
"""

from collections.abc import Mapping


class YardstickError(Exception):
    """Something that a service of this app refuses."""


class YardstickRefused(YardstickError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class ChangedMeanwhile(YardstickError):
    """What stands there now must be seen before it is replaced."""
