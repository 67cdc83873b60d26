"""Forecasts of months that were held back, and how forecasts are scored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vliegwiel.science.caresystem import document_hash
from vliegwiel.science.fit import (
    MODEL,
    BackTest,
    Came,
    Ending,
    Visits,
    back_test,
    crps,
    presence,
    simple_forecasts,
    within,
)

from . import truth

ARGUMENTS = {"months": 9, "replications": 60, "seed": 3}


@pytest.fixture(scope="module")
def tested() -> BackTest:
    return back_test(truth.visits(1), truth.background(), **ARGUMENTS)


@given(
    samples=arrays(np.float64, st.tuples(st.integers(1, 9), st.just(2)), elements=st.floats(-9, 9)),
    happened=arrays(np.float64, 2, elements=st.floats(-9, 9)),
)
@settings(max_examples=40, deadline=None)
def test_the_score_is_its_definition(samples: np.ndarray, happened: np.ndarray) -> None:
    pairs = np.abs(samples[:, None] - samples[None]).mean(axis=(0, 1))
    expected = np.abs(samples - happened).mean(axis=0) - pairs / 2
    assert crps(samples, happened) == pytest.approx(expected, abs=1e-9)
    # By the integral of the squared distance between the two distribution functions.
    line = np.linspace(-10, 10, 4001)
    shares = (samples[:, :, None] <= line).mean(axis=0)
    squares = (shares - (happened[:, None] <= line)) ** 2
    assert crps(samples, happened) == pytest.approx(squares.sum(axis=1) * 0.005, abs=0.02)


def test_one_number_is_scored_by_its_error() -> None:
    assert crps([[3.0, 5.0]], [4.0, 9.0]) == pytest.approx([1.0, 4.0])
    with pytest.raises(ValueError, match="shape"):
        crps([1.0, 2.0], [1.0, 2.0])


def test_the_band_holds_what_it_says() -> None:
    samples = np.arange(101.0)[:, None] * np.ones(3)
    assert within(samples, [9.0, 10.0, 90.0]).tolist() == [False, True, True]
    with pytest.raises(ValueError, match="between"):
        within(samples, [1.0, 1.0, 1.0], share=1.0)


def test_simple_forecasts_and_their_past_errors() -> None:
    past = np.arange(30.0)[:, None] + np.array([0.0, 100.0])
    found = simple_forecasts(past, 14)
    assert found["last"].shape[1:] == (14, 2)
    # It rose by one a month, so the error of the past at h months is h.
    ahead = np.arange(1, 15)
    assert (found["last"][:, :, 0] == 29 + ahead).all()
    lags = np.where(ahead <= 12, 12, 24)
    assert (found["season"][:, :, 1] == 129 + ahead - lags + lags).all()
    assert simple_forecasts(past[:8], 3)["last"].shape == (1, 3, 2)
    assert set(simple_forecasts(past[:8], 3)) == {"last"}
    with pytest.raises(ValueError, match="past"):
        simple_forecasts(past[:0], 3)


def test_months_that_were_held_back_are_forecast_and_scored(tested: BackTest) -> None:
    assert [str(month)[:7] for month in tested.months][::8] == ["2024-04", "2024-12"]
    assert tested.cut == tested.fitted.system.start == tested.months[0]
    visits = truth.visits(1)
    counted = presence(visits, visits.months[-9:])
    rows = {(row.measure, row.care_type): row for row in tested.rows}
    assert rows["arrivals", "help"].happened == tuple(counted.arrivals[:, 1])
    assert rows["in_care", "light"].happened == tuple(counted.in_care[:, 0])
    assert ("waiting", "light") not in rows  # nobody ever waits there
    for row in tested.rows:
        assert set(row.scores) == {MODEL, "last", "season"}
        score = row.scores[MODEL]
        middle = np.abs(np.array(row.median) - row.happened).mean()
        assert score.error == pytest.approx(middle)
        assert 0 <= score.crps <= score.error + 1e-9
        held = [a <= x <= b for a, x, b in zip(row.low, row.happened, row.high, strict=True)]
        assert score.covered == pytest.approx(np.mean(held))
        assert row.exact is not None
        assert row.exact.crps > 0
    codes = {check.code for check in tested.checks}
    assert codes == {"model_better", "coverage", "told_errors", "exact_errors"}
    assert tested.unseen == ()


def test_the_band_covers_about_what_it_should() -> None:
    """Four regions of a model that is right: 80 per cent, give or take what regions share."""
    found = [
        back_test(truth.visits(seed), truth.background(), **ARGUMENTS).covered for seed in range(4)
    ]
    assert 0.68 < np.mean(found) < 0.95


def test_nothing_of_the_forecast_depends_on_what_was_held_back(tested: BackTest) -> None:
    """Whoever is referred after the cut goes elsewhere, and nobody's care ends any more."""
    visits = truth.visits(1)
    cut = float((tested.cut - visits.begin).days)
    later = (visits.arrived >= cut) & (visits.source >= 0)
    ends_later = visits.ended >= cut
    other = replace(
        visits,
        care_type=np.where(later, 2, visits.care_type),
        ended=np.where(ends_later, np.nan, visits.ended),
        ending=np.where(ends_later, int(Ending.NOT_YET), visits.ending),
    )
    found = back_test(other, truth.background(), **ARGUMENTS)
    assert document_hash(found.fitted.system) == document_hash(tested.fitted.system)
    assert [row.median for row in found.rows if row.measure == "arrivals"] == [
        row.median for row in tested.rows if row.measure == "arrivals"
    ]
    assert found.rows != tested.rows  # but what happened is not the same


def test_what_was_known_may_be_less_than_what_is_known_now(tested: BackTest) -> None:
    visits = truth.visits(1)
    seen = visits.before(tested.cut)
    late = seen.those(~(seen.arrived > seen.until - 14))
    found = back_test(visits, truth.background(), known=late, **ARGUMENTS)
    before = tested.fitted.system.referrers[0].rate.value
    assert found.fitted.system.referrers[0].rate.value < before
    with pytest.raises(ValueError, match="where the forecast begins"):
        back_test(visits, truth.background(), known=visits, **ARGUMENTS)
    with pytest.raises(ValueError, match="held back"):
        back_test(visits, truth.background(), months=36)


def test_care_that_is_new_is_named() -> None:
    visits: Visits = truth.visits(1)
    old = np.flatnonzero((visits.care_type == 2) & (visits.arrived < 830))
    gone = np.isin(np.arange(len(visits)), old)
    came = np.where((visits.care_type == 2) & ~gone, int(Came.UNKNOWN), visits.source)
    unsure = np.where(visits.next == 2, visits.out, visits.next)
    kept = replace(visits, source=came, next=unsure).those(~gone)
    found = back_test(kept, truth.background(), **ARGUMENTS)
    assert found.unseen == ("home",)
    assert {row.care_type for row in found.rows} == {"light", "help"}
