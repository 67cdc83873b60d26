"""Replications until the quantity asked for is known as precisely as is asked."""

from __future__ import annotations

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    ForecastPlan,
    Outcome,
    Precision,
    Scenario,
    forecast,
    half_width,
    looks,
    run_chunk,
)
from vliegwiel.science.caresystem.stopping import _half_width


def test_looks_are_fixed_beforehand_and_end_at_the_most() -> None:
    assert list(looks(Precision(1.0), 200)) == [50, 75, 112, 168, 200]
    assert list(looks(Precision(1.0), 30)) == [30]


@pytest.mark.slow
def test_it_stops_when_it_knows_enough_whatever_the_threads(
    system: CareSystem, scenario: Scenario
) -> None:
    found = [
        forecast(system, scenario, months=24, replications=400, threads=n, precision=1.0)
        for n in (1, 2)
    ]
    assert found[0] == found[1]
    used = found[0].identity.replications
    assert used in set(looks(Precision(1.0), 400)) - {400}
    check = found[0].checks[-1]
    assert (check.code, check.outcome) == ("precise_enough", Outcome.PASSED)
    assert float(check.params["width"]) <= 1.0
    plan = ForecastPlan(system, scenario, 24, used)
    assert half_width(plan, [run_chunk(plan, 0, used)], Precision(1.0)) == check.params["width"]


@pytest.mark.slow
def test_more_precision_takes_more_replications_and_gives_the_same_first_ones(
    system: CareSystem, scenario: Scenario
) -> None:
    wide, narrow = (
        forecast(system, scenario, months=24, replications=300, precision=Precision(w, least=20))
        for w in (4.0, 0.7)
    )
    assert wide.identity.replications < narrow.identity.replications
    whole = forecast(system, scenario, months=24, replications=wide.identity.replications)
    assert whole.series == wide.series


@pytest.mark.slow
def test_it_says_when_the_most_was_not_enough(system: CareSystem) -> None:
    asked = Precision(1.0, measure="cost", least=20)
    found = forecast(system, months=12, replications=25, precision=asked)
    check = found.checks[-1]
    assert (check.code, check.outcome) == ("not_precise_enough", Outcome.INFORMATIVE)
    assert found.identity.replications == 25


@pytest.mark.parametrize("count", [20, 50, 333])
def test_the_interval_holds_the_median_as_often_as_it_says(count: int) -> None:
    """Checked on numbers whose median is known, with the indices the interval runs between."""
    random = np.random.default_rng(count)
    samples_ = np.sort(random.exponential(size=(4000, count)), axis=1)
    width = np.array([_half_width(row) for row in samples_[:50]])
    low = int((count - 1) / 2)
    assert (width > 0).all()
    k = next(
        k
        for k in range(low)
        if np.isclose((samples_[0, count - 1 - k] - samples_[0, k]) / 2, width[0])
    )
    held = ((samples_[:, k] <= np.log(2)) & (np.log(2) <= samples_[:, count - 1 - k])).mean()
    assert 0.94 < held < 0.985


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"half_width": 0.0}, "above zero"),
        ({"half_width": 1.0, "least": 5}, "at least 20"),
        ({"half_width": 1.0, "measure": "mood"}, "no measure mood"),
    ],
)
def test_what_cannot_be_asked(numbers: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Precision(**numbers)  # type: ignore[arg-type]


def test_too_few_values_know_nothing() -> None:
    assert _half_width(np.arange(19.0)) == float("inf")
