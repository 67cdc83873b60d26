"""The variance of groups, beside its definition written out and beside known special cases."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.evidence.effects import clustered, two_way


def by_definition(y: np.ndarray, x: np.ndarray, cluster: np.ndarray) -> tuple[float, float]:
    """CR2 error and Satterthwaite freedom of the first coefficient, with whole matrices."""
    bread = np.linalg.pinv(x.T @ x)
    hat = x @ bread @ x.T
    left = np.eye(len(y)) - hat
    residual = left @ y
    parts, variance = [], 0.0
    for one in np.unique(cluster):
        mine = cluster == one
        size, turn = np.linalg.eigh(left[np.ix_(mine, mine)])
        root = np.where(size > 1e-9, np.abs(size), np.inf) ** -0.5
        weight = (turn * root) @ turn.T @ x[mine] @ bread[:, 0]
        variance += float(weight @ residual[mine]) ** 2
        parts.append(left[:, mine] @ weight)
    pairs = np.array([[one @ other for one in parts] for other in parts])
    return math.sqrt(variance), float(np.trace(pairs) ** 2 / (pairs**2).sum())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 9), st.booleans())
def test_it_is_the_definition(seed: int, groups: int, constant_in_groups: bool) -> None:
    random = np.random.default_rng(seed)
    cluster = random.permutation(np.repeat(np.arange(groups), random.integers(2, 6, groups)))
    first = (
        (np.arange(groups) % 2)[cluster] if constant_in_groups else random.normal(size=len(cluster))
    )
    x = np.column_stack([first, np.ones(len(cluster)), random.normal(size=len(cluster))])
    y = random.normal(size=len(cluster)) + random.normal(size=groups)[cluster]
    error, freedom = by_definition(y, x, cluster)
    found = clustered(y, x, cluster, 0)
    assert found.value == pytest.approx(np.linalg.lstsq(x, y, rcond=None)[0][0])
    assert found.error == pytest.approx(error, rel=1e-8)
    assert found.freedom == pytest.approx(freedom, rel=1e-6)


def test_levels_taken_off_first_give_the_same_as_a_column_for_each() -> None:
    random = np.random.default_rng(3)
    unit, period = np.divmod(np.arange(80), 8)
    kept = random.random(80) > 0.15
    unit, period = unit[kept], period[kept]
    on = ((unit < 4) & (period >= 5)).astype(float)
    y = random.normal(size=len(unit)) + unit + 0.3 * period
    dummies = [unit[:, None] == np.arange(10), period[:, None] == np.arange(1, 8)]
    x = np.column_stack([on, *dummies]).astype(float)
    error, freedom = by_definition(y, x, unit)
    found = two_way(y, on, unit, period, unit)
    assert (found.error, found.freedom) == pytest.approx((error, freedom))


def test_groups_of_one_give_the_test_of_welch() -> None:
    y = np.array([3.0, 5.0, 4.0, 8.0, 1.0, 2.0, 2.5])
    side = np.array([1, 1, 1, 1, 0, 0, 0])
    found = clustered(y, np.column_stack([side, np.ones(7)]).astype(float), np.arange(7), 0)
    one, other = y[side == 1], y[side == 0]
    assert found.error == pytest.approx(math.sqrt(one.var(ddof=1) / 4 + other.var(ddof=1) / 3))
    # With equal variances as working model (Bell and McCaffrey).
    freedom = (1 / 4 + 1 / 3) ** 2 / (1 / (16 * 3) + 1 / (9 * 2))
    assert found.freedom == pytest.approx(freedom)


def test_one_group_is_refused() -> None:
    with pytest.raises(ValueError, match="two groups"):
        clustered(np.ones(3), np.ones((3, 1)), np.zeros(3, dtype=int), 0)
