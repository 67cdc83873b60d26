"""Errors of this app.

DecisionError
├── DecisionRefused        what was typed cannot be kept; `problems` says why, per field
├── ProvisionalEvidence    what is not hard is not rolled out; `lacking` says what stands between
└── ForecastTooLate        a forecast is frozen before the pilot starts, and once
"""

from collections.abc import Mapping, Sequence


class DecisionError(Exception):
    """Something that a service of this app refuses."""


class DecisionRefused(DecisionError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class ProvisionalEvidence(DecisionError):
    """`lacking` holds codes of `science.evidence.verdicts`."""

    def __init__(self, verdict: str, lacking: Sequence[str] = ()) -> None:
        super().__init__(f"the verdict is {verdict or 'not there'}")
        self.verdict, self.lacking = verdict, tuple(lacking)


class ForecastTooLate(DecisionError):
    """What was said after the start is no forecast."""
