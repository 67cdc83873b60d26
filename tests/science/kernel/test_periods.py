"""Months count on across years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.science.kernel import Month, months_from

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@pytest.mark.parametrize(
    ("month", "days"),
    [(Month(2024, 2), 29), (Month(2023, 2), 28), (Month(2100, 2), 28), (Month(2024, 12), 31)],
)
def test_days(month: Month, days: int) -> None:
    assert month.days == days


@given(MONTHS, st.integers(-600, 600))
def test_plus_and_minus_undo_each_other(month: Month, count: int) -> None:
    assert month.plus(count).minus(month) == count
    assert month.plus(count).plus(-count) == month


def test_months_in_a_row() -> None:
    found = months_from(Month.of(date(2024, 11, 30)), 3)
    assert [str(month) for month in found] == ["2024-11", "2024-12", "2025-01"]
    assert sorted(found) == list(found)
    assert found[2].first_day == date(2025, 1, 1)
