"""A planning by quarter: a bar and a name a row, years below, lines to what waits."""

import pytest
from django.utils.translation import override

from vliegwiel.web.charts import QuarterRow, palette, quarter_chart


def drawn(*rows: QuarterRow) -> str:
    with override("en"):
        return quarter_chart(rows, language="en")


def test_each_row_has_its_name_and_each_year_its_number() -> None:
    first = QuarterRow("Family home", 2026 * 4 + 3, 2026 * 4 + 3)
    late = QuarterRow("Respite care", 2027 * 4, 2027 * 4 + 1, needs=(0,), is_over=True)
    svg = drawn(first, late)
    assert svg.count("<svg") == 2
    for name in ("Family home", "Respite care", "2026", "2027"):
        assert svg.count(f">{name}</text>") == 2
    assert "Planning of 2 rows, from 2026 to 2027" in svg
    assert svg.count(palette.fill_class(palette.SERIES[0])) >= 2
    assert svg.count(palette.fill_class(palette.NATIONAL)) >= 2
    assert palette.stroke_class(palette.SERIES[1]) not in svg


def test_what_begins_too_early_is_dashed_in_another_colour() -> None:
    rows = (QuarterRow("a", 8000, 8003), QuarterRow("b", 8001, 8001, needs=(0,), too_early=(0,)))
    svg = drawn(*rows)
    assert palette.stroke_class(palette.SERIES[1]) in svg
    assert 'stroke-dasharray="5,4"' in svg


def test_a_long_name_is_cut_in_a_narrow_place_only() -> None:
    svg = drawn(QuarterRow("Look again at how every form of help is bought", 8000, 8000))
    assert svg.count(">Look again at how every form of help is bought</text>") == 1
    assert svg.count("…</text>") == 1


def test_a_planning_must_make_sense() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        drawn()
    with pytest.raises(ValueError, match="before it begins"):
        drawn(QuarterRow("a", 8001, 8000))
