"""Errors of this app.

InsightError
└── PriorityRefused    a priority that cannot be kept as given; `problems` says why, per field
"""

from collections.abc import Mapping


class InsightError(Exception):
    """Something that a service of this app refuses."""


class PriorityRefused(InsightError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))
