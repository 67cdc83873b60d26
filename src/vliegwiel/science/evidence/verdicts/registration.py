"""What is registered before the start, and what was found: all that a verdict may look at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vliegwiel.science.evidence.effects import Effect, Scale
from vliegwiel.science.evidence.monitoring import Monitored
from vliegwiel.science.kernel import Outcome

#: How an interval may be read: at any look, or once at the end that was registered.
Reading = Literal["any_look", "registered_end", "earlier_look"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPlan:
    """The rule of a pilot, fixed before the first measurement.

    Attributes:
        outcome: what is measured.
        better: which way it should go.
        smallest_relevant: the smallest change that is worth the trouble, above 0, on a scale that
            adds up (the logarithm of a ratio).
        claim: what a hard verdict must leave out: no effect, or also every effect that is smaller
            than the smallest relevant one.
        alpha: the chance of a false alarm.
        design: id of the design.
        tuning_size: size for which an interval for any look is made; None with a fixed end.
        reach: whether the claim is for the region itself, or also for regions that have not tried.
        registered_on: the day on which all this was fixed.
    """

    outcome: str
    better: Literal["higher", "lower"]
    smallest_relevant: float
    alpha: float
    design: str
    registered_on: date
    claim: Literal["any_effect", "relevant_effect"] = "any_effect"
    tuning_size: float | None = None
    reach: Literal["own_region", "other_regions"] = "other_regions"

    def __post_init__(self) -> None:
        if not self.smallest_relevant > 0:
            raise ValueError("the smallest relevant effect is above 0")
        if not 0 < self.alpha < 1:
            raise ValueError("alpha lies between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found, on a scale that adds up and is 0 without an effect.

    Attributes:
        low, high: interval of the effect; None without one.
        level: what the interval promises, 0.95 for 95 per cent.
        reading: how it may be read.
        tuning_size: size for which an interval for any look was made; None for another interval.
        maryland: level of the design.
        next_low, next_high: where the effect of a next region lies; None when that is not known.
        first_measured_on: day of the first measurement; None when that is not known.
        failed: whether a check of the effect failed.
    """

    outcome: str
    design: str
    low: float | None
    high: float | None
    level: float
    reading: Reading
    maryland: int
    first_measured_on: date | None
    tuning_size: float | None = None
    next_low: float | None = None
    next_high: float | None = None
    failed: bool = False


def findings_of(
    effect: Effect,
    *,
    maryland: int,
    at_registered_end: bool,
    first_measured_on: date | None,
    monitored: Monitored | None = None,
    ahead: tuple[float, float] | None = None,
) -> Findings:
    """What a verdict needs of an effect.

    Ratios become logarithms. A higher chance that waiting ends means shorter waits, so a ratio of
    hazards changes sign: a plan says what should happen to the waiting time.

    Args:
        at_registered_end: whether this is the one look of a plan with a fixed end.
        monitored: interval that holds at any look, on the scale that adds up; it replaces the
            interval of the effect.
        ahead: interval for a next region, on the scale that adds up.

    Raises:
        ValueError: for a ratio that is not above 0.
    """
    sign = -1.0 if effect.scale is Scale.HAZARD_RATIO else 1.0
    low, high, level = _adding(effect, effect.low), _adding(effect, effect.high), effect.level
    reading: Reading = "registered_end" if at_registered_end else "earlier_look"
    if monitored is not None:
        low, high = monitored.latest.low, monitored.latest.high
        level, reading = 1.0 - monitored.alpha, "any_look"
    failed = any(check.outcome is Outcome.FAILED for check in effect.checks)
    if monitored is not None:
        failed = failed or any(check.outcome is Outcome.FAILED for check in monitored.checks)
    least, most = _turned(sign, low, high)
    next_low, next_high = _turned(sign, *(ahead or (None, None)))
    return Findings(
        outcome=effect.measure.outcome,
        design=effect.design,
        low=least,
        high=most,
        level=level,
        reading=reading,
        maryland=maryland,
        first_measured_on=first_measured_on,
        tuning_size=monitored.tuning_size if monitored is not None else None,
        next_low=next_low,
        next_high=next_high,
        failed=failed,
    )


def _adding(effect: Effect, value: float | None) -> float | None:
    if value is None or not effect.is_ratio:
        return value
    return math.log(value)


def _turned(
    sign: float, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    if low is None or high is None:
        return None, None
    return (low, high) if sign > 0 else (-high, -low)
