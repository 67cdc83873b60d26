"""Errors of this app.

InitiativeError
├── InitiativeRefused   what was typed cannot be kept; `problems` says why, per field
├── InitiativesRefused  a table of initiatives has errors; nothing of it was kept
├── ChangedMeanwhile    somebody else changed it since it was opened
└── StepRefused         the initiative cannot go to this stage now; `lacks` says what is needed
"""

from collections.abc import Mapping, Sequence

from vliegwiel.apps.figures.findings import Finding, errors


class InitiativeError(Exception):
    """Something that a service of this app refuses."""


class InitiativeRefused(InitiativeError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class InitiativesRefused(InitiativeError):
    """`findings` holds every finding about the file."""

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        self.name = name
        self.findings = tuple(findings)
        super().__init__(f"{name}: {len(errors(findings))} errors")


class ChangedMeanwhile(InitiativeError):
    """What stands there now must be seen before it is replaced."""


class StepRefused(InitiativeError):
    """`lacks` holds the needs of `stages.Need` that are not met; empty for a step that is none."""

    def __init__(self, origin: str, target: str, lacks: Sequence[str] = ()) -> None:
        super().__init__(f"from {origin!r} to {target!r}: lacks {', '.join(lacks) or 'the step'}")
        self.origin, self.target, self.lacks = origin, target, tuple(lacks)
