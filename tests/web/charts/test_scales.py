"""Axes and labels of charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.web.charts import scales


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, 1), (0.6, 0.6), (8.5, 10), (10, 10), (134, 150), (1501, 2000), (0.061, 0.08)],
)
def test_round_up(value: float, expected: float) -> None:
    assert scales.round_up(value) == pytest.approx(expected)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_the_domain_holds_zero_and_every_value(values: list[float]) -> None:
    low, high = scales.from_zero(values)
    assert low <= 0 <= high
    assert low < high
    assert all(low - 1e-6 <= value <= high + 1e-6 for value in values)


def test_labels_that_would_cover_each_other_move_apart() -> None:
    moved = scales.spread_labels([100, 101, 300], 20)
    assert moved[1] - moved[0] == pytest.approx(20)
    assert moved[2] == 300


def test_labels_keep_their_order() -> None:
    moved = scales.spread_labels([50, 10, 12], 15)
    assert moved[1] < moved[2] < moved[0]
