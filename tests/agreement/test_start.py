"""Who is there at the start and since when: the rest of care and the waits so far, by theory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from vliegwiel.science.caresystem._elapsed import GOES_WITHIN
from vliegwiel.science.caresystem._layout import COUNTED
from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.workspace import Workspace
from vliegwiel.science.kernel import Purpose, child_keys, uniforms

from .networks import Node, Plain

Floats = NDArray[np.float64]

pytestmark = pytest.mark.slow

KEY, YOUTHS, MEAN = 20, 4000, 100.0
POINTS = ((0.0, 0.0), (0.5, 60.0), (0.9, 150.0), (1.0, 220.0))
FAR = ((0.0, 0.0), (0.5, 900.0), (1.0, 30_000.0))
LIKELY = 1e-4


def alone(node: Node, months: int = 120) -> Network:
    """One care type to which nobody comes any more."""
    return Plain(sources=((1e-12, (1.0,)),), nodes=(node,), months=months).network()


def so_far_and_left(node: Node) -> tuple[Floats, Floats]:
    """Of each youth in care at the start: days in care then, and days until care ended."""
    network = alone(replace(node, in_care=YOUTHS))
    trace = np.zeros((10 * YOUTHS, 4), dtype=np.int64)
    Workspace(network).simulate(KEY, trace)
    ends = trace[trace[:, 2] == COUNTED.index("ends")]
    keys = child_keys(KEY, 1, YOUTHS)
    order = np.argsort(ends[:, 1])
    at = order[np.searchsorted(ends[:, 1], keys, sorter=order)]
    assert np.array_equal(ends[at, 1], keys)  # care of every youth ended
    share, days = np.transpose(node.cared)
    elapsed = np.interp(uniforms(keys, int(Purpose.CENSUS_SINCE), 0), share, days)
    return elapsed, ends[at, 0].copy().view(np.float64)


def frozen(shape: str, cv: float):  # type: ignore[no-untyped-def]
    if shape == "gamma":
        return stats.gamma(1 / cv**2, scale=MEAN * cv**2)
    if shape == "lognormal":
        sigma = np.sqrt(np.log1p(cv**2))
        return stats.lognorm(sigma, scale=MEAN * np.exp(-(sigma**2) / 2))
    power = {0.6: 1.7167, 1.3: 0.7745}[cv]  # the Weibull shapes of these spreads
    return stats.weibull_min(power, scale=MEAN / stats.weibull_min(power).mean())


@pytest.mark.parametrize("cared", [POINTS, FAR])
def test_exponential_stays_forget_how_long_they_have_lasted(
    cared: tuple[tuple[float, float], ...],
) -> None:
    elapsed, left = so_far_and_left(Node(mean=MEAN, cared=cared))
    assert stats.kstest(left, "expon", args=(0, MEAN)).pvalue > LIKELY
    assert stats.spearmanr(elapsed, left).pvalue > LIKELY


@pytest.mark.parametrize("cv", [0.6, 1.3])
@pytest.mark.parametrize("shape", ["gamma", "lognormal", "weibull"])
def test_the_rest_has_the_distribution_of_a_stay_that_has_lasted_so_long(
    shape: str, cv: float
) -> None:
    elapsed, left = so_far_and_left(Node(mean=MEAN, shape=shape, cv=cv, cared=POINTS))
    whole = frozen(shape, cv)
    surviving = whole.sf(elapsed + left) / whole.sf(elapsed)
    assert stats.kstest(surviving, "uniform").pvalue > LIKELY
    # Not that of any stay: the test can tell them apart.
    assert stats.kstest(whole.sf(left), "uniform").pvalue < LIKELY


@pytest.mark.parametrize("shape", ["exponential", "lognormal", "fixed"])
def test_an_extension_counts_in_how_long_care_lasts(shape: str) -> None:
    """Compared with many lives in care drawn by numpy."""
    chance, longer, cv = 0.4, 70.0, 0.6
    node = Node(mean=MEAN, shape=shape, cv=cv, extension=(chance, longer), cared=POINTS)
    elapsed, left = so_far_and_left(node)
    draw = np.random.default_rng(5)
    lives = np.full(2_000_000, MEAN)
    if shape == "exponential":
        lives = draw.exponential(MEAN, len(lives))
    elif shape == "lognormal":
        lives = frozen(shape, cv).rvs(len(lives), random_state=draw)
    lives = lives + (draw.random(len(lives)) < chance) * draw.exponential(longer, len(lives))
    lives.sort()

    def longer_than(days: Floats) -> Floats:
        return 1.0 - np.searchsorted(lives, days, side="right") / len(lives)

    begun = np.sort(elapsed)
    # The mean of the conditional survival over the youths is the survival of what is left.
    for days in (5.0, 20.0, 50.0, 100.0, 200.0):
        chances = longer_than(begun + days) / longer_than(begun)
        expected, error = chances.sum(), np.sqrt((chances * (1 - chances)).sum())
        assert abs((left > days).sum() - expected) < 4 * error


def test_who_is_there_longer_than_any_stay_goes_within_a_month() -> None:
    beyond = ((0.0, MEAN), (1.0, 3 * MEAN))
    _, left = so_far_and_left(Node(mean=MEAN, shape="fixed", cared=beyond))
    assert stats.kstest(left, "uniform", args=(0, GOES_WITHIN)).pvalue > LIKELY


def test_waits_so_far_are_as_observed_and_the_longest_stands_first() -> None:
    node = Node(places=1, mean=1.0, in_care=1, waiting=YOUTHS, span=9.0, waited=POINTS)
    network = alone(node)
    trace, youths = (np.zeros((10 * YOUTHS, width), dtype=np.int64) for width in (4, 5))
    Workspace(network).simulate(KEY, trace, youths)
    kept = trace[trace[:, 2] == COUNTED.index("waiting_since")]
    since = kept[:, 0].copy().view(np.float64)
    assert (np.diff(since) > 0).all()
    share, days = np.transpose(POINTS)
    assert stats.kstest(-since, lambda x: np.interp(x, days, share)).statistic < 2 / YOUTHS
    starts = trace[trace[:, 2] == COUNTED.index("starts")]
    assert np.array_equal(starts[:, 1], kept[: len(starts), 1])
