"""An effect as a verdict sees it: on a scale that adds up, turned where the scale is turned."""

from __future__ import annotations

import math
from datetime import date

import pytest

from vliegwiel.science.evidence.effects import (
    Better,
    Effect,
    GradeInputs,
    Lot,
    Measure,
    Method,
    Scale,
)
from vliegwiel.science.evidence.monitoring import monitor_clusters, monitor_estimates
from vliegwiel.science.evidence.verdicts import Findings, RegisteredPlan, decide, findings_of
from vliegwiel.science.kernel import Outcome

DAY = date(2026, 5, 1)


def effect(scale: Scale, estimate: float, low: float | None, high: float | None) -> Effect:
    return Effect(
        design="differences",
        measure=Measure(outcome="waiting", unit="days", better=Better.LOWER),
        scale=scale,
        estimate=estimate,
        low=low,
        high=high,
        level=0.95,
        p=None,
        error=0.1,
        freedom=None,
        arms=(),
        checks=(),
        quantities=(),
        series=(),
        method=Method(estimator="x", variance="y", library="z"),
        grading=GradeInputs(lot=Lot.NOTHING, compared=True, before=True, adjusted=False),
    )


def found(one: Effect) -> Findings:
    return findings_of(one, maryland=3, at_registered_end=True, first_measured_on=DAY)


def test_a_ratio_becomes_its_logarithm() -> None:
    seen = found(effect(Scale.RATIO, 0.8, 0.5, 2.0))
    assert (seen.low, seen.high) == pytest.approx((-math.log(2), math.log(2)))


def test_a_higher_chance_that_waiting_ends_means_less_waiting() -> None:
    seen = found(effect(Scale.HAZARD_RATIO, 2.0, 1.5, 3.0))
    assert (seen.low, seen.high) == pytest.approx((-math.log(3), -math.log(1.5)))
    plan = RegisteredPlan(
        outcome="waiting", better="lower", smallest_relevant=0.1, alpha=0.05,
        design="differences", registered_on=DAY, reach="own_region",
    )  # fmt: skip
    assert decide(plan, seen).verdict.value == "hard"


def test_a_monitored_interval_replaces_that_of_one_look() -> None:
    monitored = monitor_estimates([-3.0], [0.5], [100], tuning_size=100)
    seen = findings_of(
        effect(Scale.DIFFERENCE, -3.0, -3.1, -2.9),
        maryland=3, at_registered_end=False, first_measured_on=DAY, monitored=monitored,
        ahead=(-4.0, -1.0),
    )  # fmt: skip
    assert (seen.low, seen.high) == (monitored.latest.low, monitored.latest.high)
    assert (seen.reading, seen.tuning_size, seen.next_high) == ("any_look", 100, -1.0)
    assert not seen.failed


def test_one_look_before_the_end_is_an_earlier_look() -> None:
    one = effect(Scale.DIFFERENCE, -3.0, None, None)
    seen = findings_of(one, maryland=3, at_registered_end=False, first_measured_on=DAY)
    assert seen.reading == "earlier_look"
    assert decide(PLAN, seen).verdict.value == "not_yet"


PLAN = RegisteredPlan(
    outcome="waiting", better="lower", smallest_relevant=1.0, alpha=0.05, design="differences",
    registered_on=DAY,
)  # fmt: skip


def test_a_failed_check_goes_along() -> None:
    monitored = monitor_clusters(
        [[1.0, 2, 3, 4], [9.0, 10, -50, -51]], [True, True, False, False], [50, 100], tuning_size=1
    )
    one = effect(Scale.DIFFERENCE, -3.0, -3.1, -2.9)
    plain = findings_of(one, maryland=3, at_registered_end=True, first_measured_on=DAY)
    assert not plain.failed
    odd = monitor_estimates((5.0, -5.0), (0.1, 0.1), (50, 100), tuning_size=100)
    seen = findings_of(
        one, maryland=3, at_registered_end=True, first_measured_on=DAY, monitored=odd
    )
    assert seen.failed
    assert any(check.outcome is Outcome.WARNING for check in monitored.checks)


@pytest.mark.parametrize(("size", "alpha"), [(0.0, 0.05), (-1.0, 0.05), (1.0, 0.0), (1.0, 1.0)])
def test_a_plan_that_cannot_be_is_refused(size: float, alpha: float) -> None:
    with pytest.raises(ValueError, match=r"above 0|between 0 and 1"):
        RegisteredPlan(
            outcome="waiting", better="lower", smallest_relevant=size, alpha=alpha,
            design="differences", registered_on=DAY,
        )  # fmt: skip
