"""Errors of this app.

ContinuityError
├── NotThere    the region has no such gap, item, municipality, review or insight
└── Refused     what was filled in cannot be kept: a sentence per field
"""

from collections.abc import Mapping


class ContinuityError(Exception):
    """Something that a service of this app refuses."""


class NotThere(ContinuityError):
    def __init__(self) -> None:
        super().__init__("the region does not have it")


class Refused(ContinuityError):
    """`problems` holds a sentence for the reader by name of the field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems
