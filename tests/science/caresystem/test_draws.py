"""Exponential and normal numbers by ziggurat: the right distribution, tails included."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from scipy import stats

from tests.agreement import plain_draws
from vliegwiel.science.caresystem import _draws, _layout
from vliegwiel.science.caresystem.ziggurat import LAYERS, exponential_layers, normal_layers
from vliegwiel.science.kernel import child_key

COUNT = 1_000_000
#: The edges of the topmost layers, where the density is flat, are known to no more digits.
DIGITS = 1e-11
PURPOSE = 9
SIGNED = st.integers(-(2**63), 2**63 - 1)
#: Keys for which the first try of some draw is refused, or falls in the tail.
SPECIAL = 20_000

TABLES = {"exponential": exponential_layers(), "normal": normal_layers()}
HEADER = np.zeros(len(_layout.HEADER), dtype=np.int64)
HEADER[_layout.EXPONENTIAL_LAYERS // 8] = TABLES["exponential"].ctypes.data
HEADER[_layout.NORMAL_LAYERS // 8] = TABLES["normal"].ctypes.data
ADDRESS = HEADER.ctypes.data


@njit
def exponentials(h: int, key: int, count: int) -> np.ndarray:
    """The kernel's own parts have no entrance for Python."""
    return np.array(
        [_draws.exponential(h, child_key(key, 0, k), PURPOSE, 0, 1.0) for k in range(count)]
    )


@njit
def normals(h: int, key: int, count: int) -> np.ndarray:
    return np.array([_draws.normal(h, child_key(key, 0, k), PURPOSE, 0) for k in range(count)])


@pytest.fixture(scope="module")
def drawn() -> dict[str, np.ndarray]:
    return {
        "exponential": exponentials(ADDRESS, 4, COUNT),
        "normal": normals(ADDRESS, 5, COUNT),
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["exponential", "normal"])
def test_numbers_have_their_distribution(drawn: dict[str, np.ndarray], name: str) -> None:
    exact = {"exponential": stats.expon, "normal": stats.norm}[name]
    assert stats.kstest(drawn[name], exact.cdf).pvalue > 1e-4
    seen = np.bincount((exact.cdf(drawn[name]) * 1000).astype(int), minlength=1000)
    assert stats.chisquare(seen).pvalue > 1e-4


@pytest.mark.slow
@pytest.mark.parametrize("name", ["exponential", "normal"])
def test_the_tails_have_their_distribution(drawn: dict[str, np.ndarray], name: str) -> None:
    """As many beyond the point where the tail begins, and spread as they should be."""
    exact = {"exponential": stats.expon, "normal": stats.norm}[name]
    start = TABLES[name][0, 1]
    ends = (1, -1) if name == "normal" else (1,)
    for sign in ends:
        beyond = sign * drawn[name][sign * drawn[name] > start]
        expected = COUNT * exact.sf(start)
        assert abs(len(beyond) - expected) < 4.5 * math.sqrt(expected)
        share = exact.sf(beyond) / exact.sf(start)
        assert stats.kstest(share, "uniform").pvalue > 1e-4


@settings(deadline=None)  # the first call compiles
@given(key=SIGNED)
def test_numbers_are_those_of_plain_arithmetic(key: int) -> None:
    children = [plain_draws.child_key(key & plain_draws.MASK, 0, k) for k in range(30)]
    for draw, plain in (
        (exponentials, lambda one: plain_draws.exponential(one, PURPOSE, 0, 1.0)),
        (normals, lambda one: plain_draws.normal(one, PURPOSE, 0)),
    ):
        expected = [plain(one) for one in children]
        assert draw(ADDRESS, key, 30) == pytest.approx(expected, rel=DIGITS)


def test_rare_ways_of_drawing_are_those_of_plain_arithmetic() -> None:
    """Among so many are draws that are refused and draws from the tail."""
    keys = [plain_draws.child_key(4, 0, k) for k in range(SPECIAL)]
    expected = [plain_draws.exponential(key, PURPOSE, 0, 1.0) for key in keys]
    assert max(expected) > TABLES["exponential"][0, 1]
    assert exponentials(ADDRESS, 4, SPECIAL) == pytest.approx(expected, rel=DIGITS)
    keys = [plain_draws.child_key(5, 0, k) for k in range(SPECIAL)]
    both = [plain_draws.normal(key, PURPOSE, 0) for key in keys]
    assert max(both) > TABLES["normal"][0, 1]
    assert normals(ADDRESS, 5, SPECIAL) == pytest.approx(both, rel=DIGITS)


@pytest.mark.parametrize("name", ["exponential", "normal"])
def test_layers_have_one_area_and_close_at_the_top(name: str) -> None:
    edges, heights = TABLES[name]
    density = {"exponential": lambda x: np.exp(-x), "normal": lambda x: np.exp(-0.5 * x * x)}[name]
    whole = {"exponential": 1.0, "normal": math.sqrt(math.pi / 2)}[name]
    exact = {"exponential": stats.expon.sf, "normal": lambda x: 2 * stats.norm.sf(x)}[name]
    area = edges[1] * density(edges[1]) + whole * exact(edges[1])
    assert edges[0] * density(edges[1]) == pytest.approx(area, rel=1e-12)
    assert len(edges) == LAYERS + 1
    assert heights[1:] == pytest.approx(density(edges[1:]), rel=1e-14)
    assert np.diff(heights[1:]) * edges[1:-1] == pytest.approx(np.full(LAYERS - 1, area), rel=1e-9)


def test_layers_are_the_published_ones() -> None:
    """Marsaglia and Tsang's r for 256 layers."""
    assert TABLES["exponential"][0, 1] == pytest.approx(7.69711747013104972, rel=1e-14)
    assert TABLES["normal"][0, 1] == pytest.approx(3.6541528853610088, rel=1e-14)
