"""Lengths of stay: against scipy on whole data, against simulation on what was seen in part."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vliegwiel.science.fit import FAMILIES, fit_lengths, lengths_of, log_likelihood


def scipy_of(name: str, mean: float, shape: float) -> Any:
    k = math.exp(shape)
    if name == "gamma":
        return stats.gamma(k, scale=mean / k)
    if name == "lognormal":
        return stats.lognorm(k, scale=mean * math.exp(-k * k / 2))
    if name == "weibull":
        return stats.weibull_min(k, scale=mean / math.gamma(1 + 1 / k))
    return stats.expon(scale=mean)


@given(
    name=st.sampled_from(sorted(FAMILIES)),
    mean=st.floats(1, 2000),
    shape=st.floats(-1, 1.2),
    days=st.lists(st.floats(0.5, 3000), min_size=1, max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_families_are_those_of_scipy(
    name: Any, mean: float, shape: float, days: list[float]
) -> None:
    family, other = FAMILIES[name], scipy_of(name, mean, shape)
    x = np.array(days)
    believable = other.logsf(x) > -200
    x = x[believable]
    assert np.allclose(family.log_density(x, mean, shape), other.logpdf(x), rtol=1e-7, atol=1e-7)
    assert np.allclose(family.log_survival(x, mean, shape), other.logsf(x), rtol=1e-7, atol=1e-7)
    shape = 0.0 if name == "exponential" else shape
    assert math.isclose(other.mean(), mean, rel_tol=1e-9)
    assert math.isclose(other.std() / mean, family.cv(shape), rel_tol=1e-6)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_whole_stays_give_the_fit_of_scipy(name: Any) -> None:
    days = scipy_of(name, 120.0, 0.4).rvs(400, random_state=7)
    ours = fit_lengths(lengths_of(days, np.ones(400, dtype=bool)), family=name)
    families = {
        "gamma": stats.gamma,
        "lognormal": stats.lognorm,
        "weibull": stats.weibull_min,
        "exponential": stats.expon,
    }
    found = families[name](*families[name].fit(days, floc=0))
    assert ours.mean == pytest.approx(found.mean(), rel=1e-3)
    assert ours.mean * ours.cv == pytest.approx(found.std(), rel=1e-3)
    assert ours.log_likelihoods[name] == pytest.approx(found.logpdf(days).sum(), abs=1e-3)


def seen_in_part(name: str, seed: int, count: int) -> Any:
    """Stays that began over ten years, of which the last two were watched."""
    random = np.random.default_rng(seed)
    begin = random.uniform(-2920.0, 730.0, count)
    end = begin + scipy_of(name, 200.0, 0.3).rvs(count, random_state=random)
    seen = (end > 0) & (begin < 730)
    begin, end = begin[seen], end[seen]
    days = np.minimum(end, 730.0) - begin
    return lengths_of(days, end < 730, entered=np.maximum(-begin, 0.0))


@pytest.mark.parametrize("name", sorted(set(FAMILIES) - {"exponential"}))
def test_what_was_seen_in_part_gives_the_truth_with_its_error(name: Any) -> None:
    true_cv = FAMILIES[name].cv(0.3)
    far = []
    for seed in range(8):
        found = fit_lengths(seen_in_part(name, seed, 1500), family=name)
        far.append(math.log(found.mean / 200.0) / found.log_mean_error)
        far.append(math.log(found.cv / true_cv) / found.log_cv_error)
        assert abs(found.correlation) < 1
    # Sixteen standard normal numbers, in pairs that go together.
    assert stats.chi2.sf(sum(z * z for z in far) / 2, 8) > 1e-4
    assert max(map(abs, far)) < 4


def test_forgetting_that_long_stays_are_met_more_often_would_be_seen() -> None:
    stays = seen_in_part("gamma", 3, 4000)
    careless = lengths_of(stays.days, stays.ended)
    assert fit_lengths(careless, family="gamma").mean > 1.1 * 200
    assert fit_lengths(stays, family="gamma").mean == pytest.approx(200, rel=0.1)


def test_the_likelihood_is_density_over_the_chance_of_being_seen() -> None:
    stays = lengths_of([50.0, 80.0, 200.0], [True, False, True], entered=[0.0, 30.0, 150.0])
    gamma = stats.gamma(2.0, scale=50.0)
    expected = gamma.logpdf(50) + gamma.logsf(80) - gamma.logsf(30)
    expected += gamma.logpdf(200) - gamma.logsf(150)
    found = log_likelihood(stays, FAMILIES["gamma"], 100.0, math.log(2.0))
    assert found == pytest.approx(expected, rel=1e-12)


def test_an_exponential_mean_is_days_over_ends() -> None:
    stays = lengths_of([10.0, 30.0, 60.0, 60.0], [True, True, False, False], entered=[0, 0, 0, 20])
    found = fit_lengths(stays)
    assert found.family == "exponential"  # two ends tell no more than a mean
    assert found.mean == pytest.approx(140.0 / 2)
    assert found.log_mean_error == pytest.approx(1 / math.sqrt(2))


@given(factor=st.floats(0.2, 5.0))
@settings(max_examples=10, deadline=None)
def test_another_unit_of_time_stretches_the_mean_alone(factor: float) -> None:
    stays = seen_in_part("gamma", 5, 300)
    plain = fit_lengths(stays, family="lognormal")
    scaled = lengths_of(stays.days * factor, stays.ended, entered=stays.entered * factor)
    found = fit_lengths(scaled, family="lognormal")
    assert found.mean == pytest.approx(plain.mean * factor, rel=1e-4)
    assert found.cv == pytest.approx(plain.cv, rel=1e-4)
    assert found.log_mean_error == pytest.approx(plain.log_mean_error, rel=1e-3)


def test_a_curve_that_does_not_fit_is_seen() -> None:
    days = np.concatenate([np.linspace(1, 30, 300), np.linspace(300, 330, 300)])
    found = fit_lengths(lengths_of(days, np.ones(600, dtype=bool)))
    assert found.distance is not None
    assert found.distance > 0.1
    assert found.outside is not None
    assert found.outside > 0.5
    good = fit_lengths(seen_in_part("gamma", 1, 1500))
    assert good.distance is not None
    assert good.distance < 0.05


@pytest.mark.parametrize(
    ("days", "ended", "entered"),
    [([1.0], [True, False], None), ([float("nan")], [True], None), ([1.0], [True], [2.0])],
)
def test_what_cannot_be_is_refused(days: Any, ended: Any, entered: Any) -> None:
    with pytest.raises(ValueError, match=r"day|length"):
        lengths_of(days, ended, entered=entered)


def test_nothing_tells_nothing() -> None:
    with pytest.raises(ValueError, match="no stay"):
        fit_lengths(lengths_of([], []))
