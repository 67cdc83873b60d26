"""Errors of this app.

OfferError
├── OffersRefused      a table of offers has errors; nothing of it was kept
├── OfferRefused       one offer cannot be kept as typed; `problems` says why, per field
└── ChangedMeanwhile   somebody else changed the offer since it was opened
"""

from collections.abc import Mapping, Sequence

from vliegwiel.apps.figures.findings import Finding, errors


class OfferError(Exception):
    """Something that a service of this app refuses."""


class OffersRefused(OfferError):
    """`findings` holds every finding about the file."""

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        self.name = name
        self.findings = tuple(findings)
        super().__init__(f"{name}: {len(errors(findings))} errors")


class OfferRefused(OfferError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class ChangedMeanwhile(OfferError):
    """What stands there now must be seen before it is replaced."""
