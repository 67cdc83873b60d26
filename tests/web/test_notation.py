"""Numbers, amounts and dates in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from vliegwiel.web import notation


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (145420, 0, "145.420", "145,420"),
        (-3.25, 1, "−3,2", "−3.2"),
        (-0.04, 1, "0,0", "0.0"),
        (Decimal("9.25"), 2, "9,25", "9.25"),
        (None, 0, "–", "–"),
    ],
)
def test_number(value: float | None, decimals: int, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert notation.number(value, decimals) == dutch
    with translation.override("en"):
        assert notation.number(value, decimals) == english


@pytest.mark.parametrize(("value", "text"), [(4, "+4"), (-12, "−12"), (0, "0"), (0.2, "0")])
def test_signed(value: float, text: str) -> None:
    with translation.override("nl"):
        assert notation.signed(value) == text


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (36_000_000, "€ 36 mln", "€ 36 mln"),
        (1_240_000, "€ 1,2 mln", "€ 1.2 mln"),
        (5_600_000_000, "€ 5,6 mld", "€ 5.6 bn"),
        (-2_500, "−€ 2.500", "−€ 2,500"),
        (None, "–", "–"),
    ],
)
def test_euro(value: int | None, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert notation.euro(value).replace("\N{NO-BREAK SPACE}", " ") == dutch
    with translation.override("en"):
        assert notation.euro(value).replace("\N{NO-BREAK SPACE}", " ") == english


def test_days_and_months() -> None:
    with translation.override("nl"):
        assert notation.day(date(2026, 11, 22)) == "22 november 2026"
        assert notation.month_short(date(2027, 3, 1)) == "mrt 2027"
        assert (
            notation.moment(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "22 november 2026, 14:05"
        )
        assert notation.interval(5, 20) == "5 tot 20"
    with translation.override("en"):
        assert notation.day(date(2026, 11, 22)) == "22 November 2026"
        assert notation.interval(5, None) == "–"
