"""Counts by month: against the Poisson regression of statsmodels, and against what was put in."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.fit import RateFit, fit_rate
from vliegwiel.science.kernel import Month, months_from

FOUR_YEARS = months_from(Month(2021, 1), 48)
DAYS = np.array([month.days for month in FOUR_YEARS])
SEASON = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.9, 0.5, 0.7, 1.2, 1.2, 1.1, 1.0])
SEASON = SEASON / SEASON.mean()


def expected(level: float, growth: float, season: np.ndarray) -> np.ndarray:
    """Youths in each month when the level holds at the end."""
    years = (np.arange(48) + 0.5 - 48) / 12
    of_year = np.array([month.month - 1 for month in FOUR_YEARS])
    return level * DAYS / (365.25 / 12) * (1 + growth) ** years * season[of_year]


def test_many_youths_give_the_regression_of_statsmodels() -> None:
    """With so many the prior of the months hardly counts."""
    counts = np.random.default_rng(3).poisson(expected(20_000.0, 0.05, SEASON))
    found = fit_rate(counts, FOUR_YEARS)
    years = (np.arange(48) + 0.5 - 48) / 12
    months = np.eye(12)[[month.month - 1 for month in FOUR_YEARS]]
    table = np.column_stack([years, months])
    offset = np.log(DAYS / (365.25 / 12))
    other = sm.GLM(counts, table, family=sm.families.Poisson(), offset=offset).fit(scale="X2")
    factors = np.exp(other.params[1:])
    assert found.growth == pytest.approx(math.expm1(other.params[0]), abs=2e-4)
    plain_error = other.bse[0] / math.sqrt(other.scale)
    ours = found.growth_error / math.sqrt(found.dispersion)
    assert ours == pytest.approx(1.05 * plain_error, rel=0.02)
    assert found.season is not None
    assert np.array(found.season) == pytest.approx(factors / factors.mean(), abs=1e-3)
    assert found.at_end == pytest.approx(factors.mean(), rel=1e-3)
    assert found.dispersion == pytest.approx(max(1.0, other.scale), rel=0.05)


def test_level_growth_and_season_come_back_with_their_errors() -> None:
    random, far = np.random.default_rng(11), []
    for _ in range(25):
        found = fit_rate(random.poisson(expected(40.0, 0.08, SEASON)), FOUR_YEARS)
        assert found.growth is not None
        true_level = 40.0 * 1.08**found.years
        far.append(math.log(found.level / true_level) / found.log_level_error)
        far.append((found.growth - 0.08) / found.growth_error)
    # Level and growth are apart from each other here, so these are fifty normal numbers.
    assert 50 * 0.5 < sum(z * z for z in far) < 50 * 1.7
    assert abs(np.corrcoef(far[::2], far[1::2])[0, 1]) < 0.5


def test_months_without_a_season_are_drawn_together() -> None:
    counts = np.random.default_rng(5).poisson(expected(15.0, 0.0, np.ones(12)))
    found = fit_rate(counts, FOUR_YEARS)
    assert found.season is not None
    raw = np.array([counts[month::12].sum() for month in range(12)]) / counts.sum() * 12
    assert np.abs(np.array(found.season) - 1).max() < 0.5 * np.abs(raw - 1).max()
    assert sum(found.season) == pytest.approx(12)


def test_a_short_time_gives_a_level_alone() -> None:
    months = FOUR_YEARS[:6]
    found = fit_rate([5, 7, 6, 4, 8, 6], months)
    assert (found.season, found.growth, found.years) == (None, None, 0.0)
    assert found.at_end == pytest.approx(36 / sum(month.days for month in months) * 365.25 / 12)
    assert found.log_level_error == pytest.approx(math.sqrt(found.dispersion / 36))


def test_counts_that_vary_more_than_by_chance_widen_the_errors() -> None:
    plain = fit_rate([30] * 12, FOUR_YEARS[:12])
    wild = fit_rate([10, 50] * 6, FOUR_YEARS[:12])
    assert plain.dispersion == 1.0
    assert wild.dispersion > 10
    assert wild.log_level_error > 3 * plain.log_level_error


@given(
    counts=st.lists(st.integers(0, 200), min_size=24, max_size=40),
    start=st.integers(1, 12),
)
@settings(max_examples=12, deadline=None)
def test_any_counts_give_something_that_can_be_used(counts: list[int], start: int) -> None:
    months = months_from(Month(2020, start), len(counts))
    if sum(counts) == 0:
        with pytest.raises(ValueError, match="youths"):
            fit_rate(counts, months)
        return
    found = fit_rate(counts, months)
    assert isinstance(found, RateFit)
    assert found.level > 0
    assert math.isfinite(found.log_level_error)
    assert found.dispersion >= 1
    assert found.season is not None
    assert all(factor > 0 for factor in found.season)
    assert found.growth is None or found.growth > -1
