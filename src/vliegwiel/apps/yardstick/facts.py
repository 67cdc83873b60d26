"""What somebody types: an indicator, and a target."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """The definition of an indicator; an empty English text is that of who wrote in Dutch only."""

    name: str
    definition: str
    kind: str
    unit: str
    better: str
    level: str
    numerator: str
    denominator: str = ""
    lowest: float | None = None
    highest: float | None = None
    breakdowns: tuple[str, ...] = ()
    role: str = "outcome"
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """A target: so many per cent better than the base, reached on a day.

    Attributes:
        version: number of the row of the version of the indicator.
        percent: above 0, in the direction that is better.
    """

    version: int
    base: float
    base_on: date
    percent: float
    due_on: date
    reason: str
