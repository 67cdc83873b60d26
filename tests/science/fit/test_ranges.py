"""Ranges that are drawn from with the standard error, and intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from vliegwiel.science.caresystem import ForecastPlan
from vliegwiel.science.fit import ShareFit, pert_deviation, pert_range

from . import truth


@given(value=st.floats(-100, 100), error=st.floats(1e-6, 50))
def test_without_bounds_a_range_is_symmetric_and_has_the_error(value: float, error: float) -> None:
    low, high = pert_range(value, error)
    assert low + high == pytest.approx(2 * value, abs=1e-9)
    assert pert_deviation(low, value, high) == pytest.approx(error, rel=1e-6)


@given(value=st.floats(0.001, 0.999), error=st.floats(1e-4, 0.6))
def test_within_bounds_it_has_the_error_or_all_there_is(value: float, error: float) -> None:
    low, high = pert_range(value, error, least=0.0, most=1.0)
    assert 0.0 <= low <= value <= high <= 1.0
    deviation = pert_deviation(low, value, high)
    if (low, high) != (0.0, 1.0):
        assert deviation == pytest.approx(error, rel=1e-6)
    else:
        assert deviation <= error * (1 + 1e-6)


def test_no_error_is_no_range() -> None:
    assert pert_range(3.0, 0.0, least=0.0) == (3.0, 3.0)
    with pytest.raises(ValueError, match="bounds"):
        pert_range(3.0, 1.0, most=2.0)


def test_replications_draw_with_the_standard_errors() -> None:
    """Through the document: also where one number follows another, and lists add up to 1."""
    found = truth.fitted()
    plan = ForecastPlan(found.system, months=12, replications=4000)
    values = plan.derivations.values_of_many(plan.draws_of(range(4000)), 4000)
    checked = 0
    for part in found.parts:
        if part.error == 0.0 or ".destinations." in part.address or "municip" in part.address:
            continue
        drawn = values[part.address]
        assert drawn.std() == pytest.approx(part.error, rel=0.12), part.address
        checked += 1
    assert checked > 12
    names = ("light", "help", "home")
    going = np.array([values[f"referrers.doctor.destinations.{name}"] for name in names])
    going /= going.sum(axis=0)
    errors = {part.address: part.error for part in found.parts}
    for name, drawn in zip(names, going, strict=True):
        expected = errors[f"referrers.doctor.destinations.{name}"]
        assert drawn.std() == pytest.approx(expected, rel=0.12)
    stay = found.estimates.care_types["help"].stay
    assert stay is not None
    assert stay.correlation > 0.3
    logs = [np.log(values[f"care_types.help.stay.{name}"]) for name in ("mean", "cv")]
    assert np.corrcoef(*logs)[0, 1] == pytest.approx(stay.correlation, abs=0.1)


@given(count=st.integers(0, 40), rest=st.integers(1, 40))
def test_intervals_of_shares_are_those_of_wilson(count: int, rest: int) -> None:
    share = ShareFit(count=count, total=count + rest)
    other = binomtest(count, count + rest).proportion_ci(method="wilson")
    assert share.interval == pytest.approx((other.low, other.high), abs=1e-9)
    assert math.isfinite(share.error)
    assert share.error > 0
