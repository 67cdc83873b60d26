"""The table of `make bench` says what was measured, and no more."""

from __future__ import annotations

import math

import pytest

from benchmarks.findings import Finding, as_table, number, ratios


def test_a_ratio_is_taken_within_its_round() -> None:
    assert ratios([100.0, 50.0], [10.0, 10.0]) == (10.0, 5.0)
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("values", "goal", "most", "reached"),
    [
        ((3.0, 5.0, 9.0), 5.0, False, True),
        ((3.0, 4.9, 9.0), 5.0, False, False),
        ((3.0, 5.0, 9.0), 5.0, True, True),
        ((3.0, 5.1, 9.0), 5.0, True, False),
        ((3.0,), None, False, None),
        ((), 5.0, False, None),
    ],
)
def test_the_median_is_held_against_the_goal(
    values: tuple[float, ...], goal: float | None, most: bool, reached: bool | None
) -> None:
    assert Finding("speed", values, goal=goal, most=most).reached is reached


def test_what_could_not_be_measured_is_said() -> None:
    row = as_table([Finding("against X", (), goal=2.0, note="skipped: X is not installed")])
    assert "| against X (skipped: X is not installed) | not measured | – | 0 |" in row
    assert "yes" not in row


def test_a_row_has_median_span_and_rounds() -> None:
    row = as_table([Finding("start", (1.0, 2.0, 4.0), "s", 1.5, most=True)]).splitlines()[-1]
    assert row == "| start | 2 s | 1 to 4 | 3 | at most 1.5 s | **no** |"


def test_numbers_are_short() -> None:
    shown = [number(value) for value in (0.8349, 12.345, 20_123.4, math.nan)]
    assert shown == ["0.835", "12.3", "20,123", "–"]
