"""Working days and public holidays."""

from datetime import date

import pytest

from vliegwiel.science.trajectories import after_working_days, is_working_day


@pytest.mark.parametrize(
    "day",
    [
        "2025-01-01",
        "2025-04-18",  # Good Friday
        "2025-04-21",  # Easter Monday
        "2025-04-26",  # King's Day, for the 27th is a Sunday (and this a Saturday)
        "2026-04-27",
        "2025-05-05",
        "2025-05-29",  # Ascension
        "2024-05-20",  # Whit Monday
        "2025-12-25",
        "2025-12-26",
        "2025-06-28",
    ],
)
def test_days_off(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2025-04-28", "2025-05-30", "2025-12-24", "2025-06-30"])
def test_days_at_work(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2025-06-26", 3, "2025-07-01"),
        ("2025-04-17", 1, "2025-04-22"),
        ("2025-12-24", 3, "2025-12-31"),
        ("2025-06-25", 0, "2025-06-25"),
    ],
)
def test_terms(day: str, count: int, last: str) -> None:
    assert after_working_days(date.fromisoformat(day), count) == date.fromisoformat(last)
