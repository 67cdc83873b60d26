"""Errors of this app.

AgendaError
├── NotThere           the region has no such part, version or example
├── Refused            what was filled in cannot be kept: a sentence per field
└── ChangedMeanwhile   somebody else changed it since it was opened
"""

from collections.abc import Mapping


class AgendaError(Exception):
    """Something that a service of this app refuses."""


class NotThere(AgendaError):
    def __init__(self) -> None:
        super().__init__("the region does not have it")


class Refused(AgendaError):
    """`problems` holds a sentence for the reader by name of the field; "" where it is none."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


class ChangedMeanwhile(AgendaError):
    """What stands there now must be seen first; `revision` is its number, 0 for nothing."""

    def __init__(self, revision: int) -> None:
        super().__init__(f"revision {revision} stands there now")
        self.revision = revision
