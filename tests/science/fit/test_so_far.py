"""How long those have waited who wait: what a fit tells of it, and of whom it tells nothing."""

from __future__ import annotations

import numpy as np
import pytest

from vliegwiel.science.caresystem import ForecastPlan
from vliegwiel.science.caresystem.waiting_today import WaitingPlan
from vliegwiel.science.fit import fit_care_system
from vliegwiel.science.fit.so_far import so_far

from . import truth

UNTIL = 500.0


def days(count: int, seed: int = 1) -> np.ndarray:
    drawn: np.ndarray = np.random.default_rng(seed).exponential(60.0, count)
    return drawn


@pytest.mark.parametrize(("count", "points"), [(10, 2), (17, 2), (23, 3), (60, 6), (1000, 11)])
def test_points_are_of_ten_youths_each_and_follow_the_days(count: int, points: int) -> None:
    drawn = days(count)
    found = so_far(UNTIL - drawn, UNTIL)
    assert found is not None
    assert len(found.points) == points
    assert (found.points[0][0], found.points[-1][0]) == (0.0, 1.0)
    told = np.array(found.days)
    assert (np.diff(told) >= 0).all()
    assert all(f"{day:.1e}" == f"{float(f'{day:.1e}'):.1e}" and day == float(f"{day:.1e}")
               for day in told)  # fmt: skip
    mean = ((told[1:] + told[:-1]) / 2).mean()
    assert mean == pytest.approx(drawn.mean(), rel=0.15)


def test_many_points_are_the_quantiles() -> None:
    drawn = days(1000)
    found = so_far(UNTIL - drawn, UNTIL)
    assert found is not None
    for share, told in found.points[1:-1]:
        assert told == pytest.approx(np.quantile(drawn, share), rel=0.08)


def test_nobody_is_found_in_them() -> None:
    """What one youth does moves no point by more than two tenths of it."""
    drawn = np.sort(np.round(days(60), 3)) * 100
    first = so_far(UNTIL - drawn, UNTIL)
    assert first is not None
    for moved in (0, 30, 59):
        other = drawn.copy()
        other[moved] += 40.0  # stays where it stands in the order, or nearly so
        second = so_far(UNTIL - np.sort(other), UNTIL)
        assert second is not None
        # Twice the mean of the outer part, and what rounding to two digits adds.
        steps = np.abs(np.array(first.days) - np.array(second.days))
        assert (steps <= 2 * 40.0 / 10 + 0.1 * np.array(first.days)).all()


@pytest.mark.parametrize("count", [0, 1, 9])
def test_of_few_youths_nothing_is_told(count: int) -> None:
    assert so_far(UNTIL - days(count), UNTIL) is None


def test_nor_when_it_is_not_known_of_more_than_a_tenth() -> None:
    since = UNTIL - days(50)
    since[:5] = -np.inf
    assert so_far(since, UNTIL) is not None
    since[:6] = -np.inf
    assert so_far(since, UNTIL) is None


def test_the_document_holds_what_was_counted_and_who_waits_today_rests_on_it() -> None:
    visits = truth.visits(1)
    fitted = fit_care_system(visits, truth.background())
    at, care = next(
        (i, one) for i, one in enumerate(fitted.system.care_types)
        if one.waited_at_start is not None
    )  # fmt: skip
    assert care.waited_at_start is not None
    assert care.waited_at_start.provenance.kind == "printed"
    waits = (visits.care_type == at) & np.isnan(visits.started) & np.isnan(visits.ended)
    true = visits.until - visits.arrived[waits]
    assert care.waited_at_start.mean == pytest.approx(true.mean(), rel=0.15)
    plan = WaitingPlan(ForecastPlan(fitted.system, months=12), 1)
    followed = plan.follow([0])[0]
    mine = np.array([i == at for i, _place in plan.places])
    points = care.waited_at_start.points
    longest = followed.waited[mine][0]
    assert points[-2].days <= longest <= points[-1].days
    few = visits.those(~waits | (np.cumsum(waits) <= 9))
    assert fit_care_system(few, truth.background()).system.care_types[at].waited_at_start is None
