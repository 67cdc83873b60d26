"""The tests of the designs give what statsmodels gives, and keep their promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.stats.power import TTestIndPower

from vliegwiel.science.evidence.designs import (
    DESIGNS,
    NEVER,
    Seen,
    before_after,
    clusters,
    differences,
    stepped,
    youths,
)
from vliegwiel.science.evidence.designs.before_after import lags
from vliegwiel.science.evidence.judging import share

PILOTS = 6
Floats = NDArray[np.float64]


def made(
    *,
    sites: int = 8,
    before: int = 12,
    after: int = 12,
    starts: list[int] | None = None,
    halves: bool = False,
    missing: bool = False,
    pilots: int = PILOTS,
    seed: int = 1,
) -> Seen:
    """Counts that hang together in time, of sites that differ in size."""
    draw = np.random.default_rng(seed)
    groups = 2 * sites if halves else sites
    size = draw.integers(25, 60, size=groups).astype(float)
    below = draw.poisson(size, size=(pilots, before + after, groups)).astype(float)
    if missing:
        below[:, 3, 0] = 0.0
    drift = np.cumsum(draw.normal(0, 1.0, size=below.shape), axis=1)
    above = below * (40.0 + drift + draw.normal(0, 5.0, size=below.shape))
    first = starts or [before] * (sites // 2) + [NEVER] * (sites - sites // 2)
    if halves:
        first = [before, NEVER] * sites
    site = np.repeat(np.arange(sites), 2) if halves else np.arange(sites)
    return Seen(
        above=above,
        below=below,
        starts=np.tile(np.array(first), (pilots, 1)),
        taking_part=np.ones((pilots, groups), dtype=bool),
        site=site,
        before=before,
    )


def rows(seen: Seen, r: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Of one pilot by site: piloted, outcome before and after, weight."""
    b0, b1 = seen.below[r, : seen.before].sum(axis=0), seen.below[r, seen.before :].sum(axis=0)
    y0 = seen.above[r, : seen.before].sum(axis=0) / b0
    y1 = seen.above[r, seen.before :].sum(axis=0) / b1
    return seen.piloted[r].astype(float), y0, y1, 1.0 / (1.0 / b0 + 1.0 / b1)


@pytest.mark.parametrize("before", [12, 24])
@pytest.mark.parametrize("missing", [False, True])
def test_before_after_is_weighted_least_squares_with_newey_west(before: int, missing: bool) -> None:
    seen = made(sites=1, before=before, starts=[before], missing=missing)
    tested = before_after.DESIGN.examine(seen)
    month = np.arange(seen.months)
    columns = [month >= before, np.ones(seen.months), month / 12]
    if before >= 24:
        columns += [np.sin(2 * np.pi * month / 12), np.cos(2 * np.pi * month / 12)]
    for r in range(PILOTS):
        below = seen.below[r, :, 0]
        known = below > 0
        if missing:  # a gap: only the estimate can be compared, statsmodels closes up the months
            y = seen.above[r, known, 0] / below[known]
            fit = sm.WLS(y, np.stack(columns, axis=1)[known], weights=below[known]).fit()
        else:
            kinds = {"maxlags": lags(seen.months), "use_correction": True}
            fit = sm.WLS(
                seen.above[r, :, 0] / below, np.stack(columns, axis=1).astype(float), weights=below
            ).fit(cov_type="HAC", cov_kwds=kinds, use_t=True)
            assert tested.statistic[r] == pytest.approx(fit.tvalues[0], rel=1e-8)
            assert tested.p[r] == pytest.approx(fit.pvalues[0], rel=1e-7)
        assert tested.estimate[r] == pytest.approx(fit.params[0], rel=1e-8)


@pytest.mark.parametrize("design", [differences, clusters])
def test_designs_of_municipalities_are_weighted_least_squares(design: object) -> None:
    seen = made()
    tested = design.DESIGN.examine(seen)  # type: ignore[attr-defined]
    for r in range(PILOTS):
        piloted, y0, y1, weights = rows(seen, r)
        x, y = [piloted, np.ones(len(y0))], y1 - y0
        if design is clusters:
            x, y = [*x, y0], y1
        fit = sm.WLS(y, np.stack(x, axis=1), weights=weights).fit()
        assert tested.estimate[r] == pytest.approx(fit.params[0], rel=1e-8)
        assert tested.p[r] == pytest.approx(fit.pvalues[0], rel=1e-7)


@pytest.mark.parametrize("lasting", [False, True])
def test_halves_of_municipalities_are_compared_month_by_month(lasting: bool) -> None:
    seen = made(sites=3, halves=True)
    seen = replace(seen, lasting=lasting)
    tested = youths.DESIGN.examine(seen)
    for r in range(PILOTS):
        n, y = seen.below[r], seen.above[r] / seen.below[r]
        by_site = n[:, ::2] * n[:, 1::2] / (n[:, ::2] + n[:, 1::2])
        weights = by_site.sum(axis=1)
        series = (by_site * (y[:, ::2] - y[:, 1::2])).sum(axis=1) / weights
        after = (np.arange(seen.months) >= seen.before).astype(float)
        if lasting:
            kinds = {"maxlags": lags(seen.months), "use_correction": True}
            x = np.stack([after, np.ones(seen.months)], axis=1)
            fit = sm.WLS(series, x, weights=weights).fit(cov_type="HAC", cov_kwds=kinds, use_t=True)
        else:
            late = slice(seen.before, None)
            fit = sm.WLS(series[late], np.ones(seen.months - seen.before), weights=weights[late])
            fit = fit.fit()
        assert tested.estimate[r] == pytest.approx(fit.params[0], rel=1e-8)
        assert tested.p[r] == pytest.approx(fit.pvalues[0], rel=1e-7)


def test_stepped_wedge_estimates_with_levels_of_sites_and_quarters() -> None:
    before, order = 6, [6, 9, 12, 15, 18]
    seen = made(sites=5, before=before, after=18, starts=order)
    tested = stepped.DESIGN.examine(seen)
    periods = seen.months // 3
    month = np.arange(seen.months)[:, None] >= np.array(order)
    on = month.reshape(periods, 3, 5).mean(axis=1)
    quarter, site = np.repeat(np.eye(periods), 5, axis=0), np.tile(np.eye(5), (periods, 1))
    x = np.column_stack([on.ravel(), quarter, site[:, 1:]])
    for r in range(PILOTS):
        above, below = (p[r].reshape(periods, 3, 5).sum(axis=1) for p in (seen.above, seen.below))
        weights = np.tile(below.mean(axis=0), periods)
        fit = sm.WLS((above / below).ravel(), x, weights=weights).fit()
        assert tested.estimate[r] == pytest.approx(fit.params[0], rel=1e-8)


def test_stepped_wedge_tests_by_its_own_lot() -> None:
    """The p is the share of all orders that give an estimate as large."""
    order = [3, 6, 9, 12]
    seen = made(sites=4, before=3, after=15, starts=order, pilots=40)
    p = stepped.DESIGN.examine(seen).p
    every = []
    for other in permutations(order):
        starts = np.tile(np.array(other), (40, 1))
        moved = Seen(seen.above, seen.below, starts, seen.taking_part, seen.site, seen.before)
        every.append(np.abs(stepped.DESIGN.examine(moved).estimate))
    exact = (np.array(every) >= every[0] * (1 - 1e-9)).mean(axis=0)
    assert p == pytest.approx(exact, abs=1e-12)
    assert (p >= 0.02).all()


def normal_sites(pilots: int, sites: int, months: int, effect: float, seed: int) -> Seen:
    """Sites with a normal outcome of standard deviation 1 before and after, all of one size."""
    draw = np.random.default_rng(seed)
    below = np.full((pilots, 2 * months, sites), 5.0)
    level = draw.normal(0, 1.0, size=(pilots, 2, sites)) / np.sqrt(2.0)
    piloted = np.arange(sites) < sites // 2
    level[:, 1] += effect * piloted
    starts = np.where(piloted, months, NEVER)
    return Seen(
        above=below * np.repeat(level, months, axis=1),
        below=below,
        starts=np.tile(starts, (pilots, 1)),
        taking_part=np.ones((pilots, sites), dtype=bool),
        site=np.arange(sites),
        before=months,
    )


@pytest.mark.parametrize("effect", [0.0, 0.9, 1.8])
@pytest.mark.parametrize("sites", [4, 12])
def test_power_of_municipalities_is_that_of_the_t_test(effect: float, sites: int) -> None:
    pilots = 4000
    p = differences.DESIGN.examine(normal_sites(pilots, sites, 6, effect, 3)).p
    formula = TTestIndPower().power(effect, sites // 2, 0.05) if effect else 0.05
    found = share(int((p < 0.05).sum()), pilots, 0.999)
    assert found.low <= formula <= found.high


@pytest.mark.parametrize("effect", [0.0, 0.1, 0.2])
def test_power_of_youths_by_lot_is_that_of_the_t_test_on_youths(effect: float) -> None:
    pilots, months, a_month = 3000, 60, 10
    draw = np.random.default_rng(7)
    # Of each half and month the sum over ten youths whose outcome has standard deviation 1.
    above = draw.normal(0, np.sqrt(a_month), size=(pilots, months, 2))
    above[:, :, 0] += a_month * effect
    seen = Seen(
        above=above,
        below=np.full(above.shape, float(a_month)),
        starts=np.tile(np.array([0, NEVER]), (pilots, 1)),
        taking_part=np.ones((pilots, 2), dtype=bool),
        site=np.zeros(2, dtype=np.int64),
        before=0,
    )
    found = share(int((youths.DESIGN.examine(seen).p < 0.05).sum()), pilots, 0.999)
    formula = TTestIndPower().power(effect, months * a_month, 0.05) if effect else 0.05
    assert found.low <= formula <= found.high


@pytest.mark.parametrize("design", list(DESIGNS))
def test_nothing_to_count_is_no_effect(design: str) -> None:
    seen = made(sites=4, halves=design == "youths", starts=[12, 12, 15, 18])
    empty = Seen(
        seen.above * 0, seen.below * 0, seen.starts, seen.taking_part, seen.site, seen.before
    )
    tested = DESIGNS[design].examine(empty)
    assert (tested.p == 1.0).all()
    assert (tested.statistic == 0.0).all()


@pytest.mark.parametrize("examine", [d.examine for d in DESIGNS.values()])
def test_what_is_seen_of_one_pilot_does_not_touch_another(
    examine: Callable[[Seen], object],
) -> None:
    seen = made(halves=True, sites=4, starts=None)
    one = Seen(
        seen.above[2:3], seen.below[2:3], seen.starts[2:3], seen.taking_part[2:3],
        seen.site, seen.before,
    )  # fmt: skip
    several, alone = examine(seen), examine(one)
    for name in ("estimate", "statistic", "p"):
        whole, single = getattr(several, name), getattr(alone, name)
        np.testing.assert_allclose(whole[2:3], single, rtol=1e-9, atol=1e-12)
