"""A number and its sentence: what every computation hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How a check came out; informative ones tell something without passing judgement.

    A warning is a doubt that leaves the number standing; what failed takes its ground away.
    """

    PASSED = "pass"
    WARNING = "warning"
    FAILED = "fail"
    INFORMATIVE = "informative"


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was verified about a result.

    ``template`` is the English sentence with named parameters, as for a fault.
    """

    code: str
    outcome: Outcome
    template: str
    params: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence, filled in."""
        return self.template % self.params


@dataclass(frozen=True, slots=True)
class Result:
    """A number with its interval, and the sentence that says it.

    ``value``, ``low`` and ``high`` are in ``unit``; None where nothing could be computed.
    ``template`` is the English sentence with named parameters, which hold raw numbers and ids; who
    shows it translates the template and writes the numbers as its readers do.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str
    code: str
    template: str
    params: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence with numbers rounded to whole ones where they are large."""
        shown = {name: _shown(value) for name, value in self.params.items()}
        return self.template % shown


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}".removesuffix(".0")
