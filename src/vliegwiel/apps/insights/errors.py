"""Errors of this app.

InsightError
├── InsightsRefused    a document of insights has faults; all of them are in `faults`
└── PriorityRefused    a priority that cannot be kept as given; `problems` says why, per field
"""

from collections.abc import Mapping, Sequence

from vliegwiel.science.kernel import Fault


class InsightError(Exception):
    """Something that a service of this app refuses."""


class InsightsRefused(InsightError):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class PriorityRefused(InsightError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))
