"""Errors of this app.

InstrumentsError
├── NotThere           the region has no such instrument or round, or the link leads nowhere
├── RoundClosed        the round is closed: its answers are frozen
├── RoundFull          as many people began to answer for a party as can be
├── ChangedMeanwhile   somebody else made a newer version of the instrument
└── Refused            what was filled in cannot be kept: a sentence per field
"""

from collections.abc import Mapping


class InstrumentsError(Exception):
    """Something that a service of this app refuses."""


class NotThere(InstrumentsError):
    def __init__(self) -> None:
        super().__init__("there is no such thing here")


class RoundClosed(InstrumentsError):
    def __init__(self) -> None:
        super().__init__("the round is closed")


class RoundFull(InstrumentsError):
    def __init__(self) -> None:
        super().__init__("nobody more can answer for this party")


class ChangedMeanwhile(InstrumentsError):
    def __init__(self) -> None:
        super().__init__("there is a newer version")


class Refused(InstrumentsError):
    """`problems` holds a sentence for the reader by name of the field or key of the question."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems
