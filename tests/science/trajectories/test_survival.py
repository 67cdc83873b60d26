"""Curves against scipy, statsmodels, and numbers that R gave."""

import csv
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from vliegwiel.science.trajectories import incidence_by_cause, kaplan_meier


def sample(seed: int, count: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days with ties, whether they ended, and when each was first followed."""
    random = np.random.default_rng(seed)
    days = random.integers(1, 60, count)
    ended = random.random(count) < 0.7
    entered = np.where(random.random(count) < 0.4, random.integers(0, 40, count), -1)
    entered = np.minimum(entered, days - 1)
    return days, ended, entered


@pytest.mark.parametrize("seed", range(5))
def test_curve_is_that_of_scipy(seed: int) -> None:
    days, ended, _ = sample(seed)
    data = stats.CensoredData(uncensored=days[ended], right=days[~ended])
    theirs = stats.ecdf(data).sf
    with warnings.catch_warnings():
        # It has none at the end of a curve that reaches zero.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = theirs.confidence_interval(method="log-log")
    ours = kaplan_meier(days, ended)
    at = np.isin(theirs.quantiles, ours.times)
    assert np.allclose(ours.surviving, theirs.probabilities[at])
    inside = ours.surviving > 0
    assert np.allclose(ours.low[inside], interval.low.probabilities[at][inside])
    assert np.allclose(ours.high[inside], interval.high.probabilities[at][inside])


@pytest.mark.parametrize("seed", range(5))
def test_late_entry_is_that_of_statsmodels(seed: int) -> None:
    days, ended, entered = sample(seed)
    theirs = SurvfuncRight(days, ended.astype(int), entry=entered)
    ours = kaplan_meier(days, ended, entered=entered)
    assert np.array_equal(ours.at_risk, theirs.n_risk)
    assert np.allclose(ours.surviving, theirs.surv_prob)
    inside = ours.surviving > 0
    assert np.allclose(ours.standard_error[inside], theirs.surv_prob_se[inside])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_quantile_is_that_of_statsmodels(seed: int, share: float) -> None:
    days, ended, _ = sample(seed)
    theirs = SurvfuncRight(days, ended.astype(int)).quantile(share)
    ours = kaplan_meier(days, ended).quantile(share).value
    assert (ours is None and np.isnan(theirs)) or ours == theirs


@pytest.mark.parametrize("seed", range(5))
def test_ways_of_ending_are_those_of_statsmodels(seed: int) -> None:
    days, ended, _ = sample(seed)
    random = np.random.default_rng(seed + 100)
    ways = np.where(ended, random.integers(1, 4, len(days)), 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = CumIncidenceRight(days, ways)
    ours = incidence_by_cause(days, [str(way) if way else None for way in ways])
    for number, way in enumerate(("1", "2", "3")):
        at = np.isin(ours[way].times, theirs.times)
        assert np.allclose(
            ours[way].share[at], theirs.cinc[number][np.isin(theirs.times, ours[way].times)]
        )


def test_ways_and_the_rest_add_up_with_late_entry() -> None:
    days, ended, entered = sample(3)
    ways = [
        None if not e else "start" if d % 2 else "other" for d, e in zip(days, ended, strict=True)
    ]
    found = incidence_by_cause(days, ways, entered=entered)
    curve = kaplan_meier(days, ended, entered=entered)
    assert np.allclose(found["start"].share + found["other"].share + curve.surviving, 1.0)


def test_one_way_of_ending_has_the_interval_of_the_curve() -> None:
    """With one way of ending the variance is that of Greenwood."""
    days, ended, _ = sample(7)
    (only,) = incidence_by_cause(days, ["start" if e else None for e in ended]).values()
    curve = kaplan_meier(days, ended)
    inside = curve.surviving > 0
    assert np.allclose(only.standard_error[inside], curve.standard_error[inside])
    assert np.allclose(only.low[inside], 1 - curve.high[inside])


@pytest.mark.slow
def test_variance_of_the_ways_is_what_chance_makes() -> None:
    """The formula against many samples of a world in which two ways race."""
    random = np.random.default_rng(11)
    shares, errors = [], []
    for _ in range(400):
        first, second = random.exponential(20, 150), random.exponential(30, 150)
        left = random.uniform(5, 60, 150)
        days = np.minimum(np.minimum(first, second), left)
        ways = [
            "first" if d == f else "second" if d == s else None
            for d, f, s in zip(days, first, second, strict=True)
        ]
        found = incidence_by_cause(days, ways)["first"]
        place = np.searchsorted(found.times, 20.0, side="right") - 1
        shares.append(found.share[place])
        errors.append(found.standard_error[place])
    truth = 0.6 * (1 - np.exp(-20 / 12))
    assert np.mean(shares) == pytest.approx(truth, abs=3 * np.std(shares) / 20)
    assert np.mean(errors) == pytest.approx(np.std(shares), rel=0.1)


def test_remission_times_as_r_gives_them(shared: Path) -> None:
    folder = shared / "reference/evidence/waiting-time-remission"
    expected = json.loads((folder / "case.json").read_text())["expected"]["kaplan_meier"]
    rows = list(csv.DictReader((folder / "data.csv").read_text().splitlines()))
    for arm, numbers in expected.items():
        mine = [row for row in rows if row["arm"] == arm]
        curve = kaplan_meier(
            [float(row["time"]) for row in mine], [row["event"] == "1" for row in mine]
        )
        assert curve.count == numbers["n"]
        assert curve.events.sum() == numbers["events"]
        assert curve.quantile(0.5).value == numbers["median"]
        places = np.searchsorted(curve.times, numbers["times"], side="right") - 1
        assert np.allclose(curve.surviving[places], numbers["survival"])
        assert np.allclose(curve.standard_error[places], numbers["se"])
        assert np.allclose(curve.low[places], numbers["ci_low_loglog"])
        assert np.allclose(curve.high[places], numbers["ci_high_loglog"])


def test_interval_of_the_median_has_no_end_that_was_not_reached() -> None:
    curve = kaplan_meier([1, 2, 3, 4, 5, 6], [True, True, True, False, False, False])
    assert curve.quantile(0.5).value == 3
    assert curve.quantile(0.5).high is None
    assert curve.ended_within(3).value == pytest.approx(0.5)
    assert curve.ended_within(7).value is None


def test_a_start_on_the_day_of_decision_counts() -> None:
    curve = kaplan_meier([0, 0, 5, 5], [True, True, True, True])
    assert curve.ended_within(0).value == pytest.approx(0.5)
    assert curve.quantile(0.5).value == 0
    assert curve.ended_within(100).value == 1.0


def test_nobody_gives_nothing() -> None:
    curve = kaplan_meier([], [])
    assert curve.quantile(0.5).value is None
    assert curve.ended_within(10).value is None
    assert not incidence_by_cause([], [])


@pytest.mark.parametrize(
    ("days", "ended", "entered"),
    [
        ([1, 2], [True], None),
        ([-1.0], [True], None),
        ([float("nan")], [True], None),
        ([3.0], [True], [3.0]),
    ],
)
def test_impossible_times_are_refused(
    days: list[float], ended: list[bool], entered: list[float] | None
) -> None:
    with pytest.raises(ValueError, match=r"times|enters"):
        kaplan_meier(days, ended, entered=entered)
