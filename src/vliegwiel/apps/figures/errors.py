"""Errors of this app.

FigureError
└── DeliveryRefused    a file has errors; nothing of it was kept
"""

from collections.abc import Sequence

from .findings import Finding, errors


class FigureError(Exception):
    """Something that a service of this app refuses."""


class DeliveryRefused(FigureError):
    """`findings` holds every finding about the file, warnings included."""

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        self.name = name
        self.findings = tuple(findings)
        super().__init__(f"{name}: {len(errors(findings))} errors")
