"""The set of fields and the quarterly figures of the Youth Act regulation."""

from dataclasses import fields
from datetime import date

import pytest

from vliegwiel.science.trajectories import (
    OTHERS,
    TOTAL,
    RegulationRow,
    derive,
    last_quarter_end,
    quarter_rows,
    regulation_rows,
    waiting_overview,
)

from .story import day, told

ON = date(2025, 6, 30)
#: Article 8f names these and no others.
NAMED = {
    "provider", "youth", "municipality", "birth_year", "referrer", "form", "decided",
    "intended_start", "start", "end", "reason", "cents", "volume", "unit", "frequency",
}  # fmt: skip


def test_a_row_has_the_fields_of_the_regulation_and_no_others() -> None:
    assert {field.name for field in fields(RegulationRow)} == NAMED


def test_a_row_tells_of_one_assignment() -> None:
    story = (
        "decided 01-10 for 01-15; start 01-20; stop 05-01 because 31 begun 01-20;"
        "decided 03-10 for 03-15 as 2 of B"
    )
    ended, waiting = sorted(
        regulation_rows(derive(told(story), known=ON)), key=lambda row: row.decided
    )
    assert (ended.decided, ended.intended_start) == (day("01-10"), day("01-15"))
    assert (ended.start, ended.end, ended.reason) == (day("01-20"), day("05-01"), "31")
    assert (waiting.start, waiting.end, waiting.reason, waiting.cents) == (None,) * 4
    assert ended.referrer == "municipality:presumed"
    assert ended.birth_year is not None


def crowd(at: str, first: int, count: int, more: str = "") -> str:
    return ";".join(
        f"decided 01-05 for 01-10 as {n} of {n} at {at}{more}" for n in range(first, first + count)
    )


def helped(at: str, first: int) -> str:
    """Twelve who were helped within the norm, and twelve later: nobody follows from these."""
    return ";".join(
        f"decided 01-01 for 01-05 as {n} of {n} at {at}; start {start} as {n} of {n} at {at}"
        for begin, start in ((first, "01-20"), (first + 12, "05-20"))
        for n in range(begin, begin + 12)
    )


def test_who_waits_at_the_end_of_a_quarter() -> None:
    story = f"{helped('X', 500)};{helped('Y', 600)};{crowd('X', 0, 30)};{crowd('Y', 100, 20)}"
    found = derive(told(story), known=ON)
    listed = quarter_rows(found, ON)
    rows = {(row.provider, row.form): row for row in listed}
    # What the published set shows is the same when it was worked out before.
    assert quarter_rows(found, ON, overview=waiting_overview(found, ON)) == listed
    assert rows[TOTAL, TOTAL].waiting == 50
    assert rows[TOTAL, TOTAL].median_days == 176
    assert {rows[key].waiting for key in rows if key[0] == "X"} == {30}


def test_small_counts_are_not_there_nor_can_be_found() -> None:
    """Of thirteen at Y and three at Z, those at Z would follow from the total."""
    waiting = f"{crowd('X', 0, 30)};{crowd('Y', 100, 13)};{crowd('Z', 200, 3)}"
    story = f"{helped('X', 500)};{helped('Y', 600)};{waiting}"
    rows = quarter_rows(derive(told(story), known=ON), ON)
    seen = {(row.provider, row.form): row.waiting for row in rows}
    assert seen[TOTAL, TOTAL] == 46
    assert seen[OTHERS, TOTAL] is None
    hidden = {key for key, count in seen.items() if key[0] != TOTAL and count is None}
    assert len({provider for provider, _form in hidden}) == 2
    assert all(row.median_days is None for row in rows if row.waiting is None)


def test_a_provider_for_whom_few_wait_has_a_row_as_in_the_published_set() -> None:
    """Were it among the small ones here, everybody would know that fewer than ten wait."""
    waiting = f"{crowd('X', 0, 30)};{crowd('Y', 100, 20)};{crowd('Z', 200, 3)}"
    others = f"{helped('Z', 700)};{helped('W', 800)}"
    story = f"{helped('X', 500)};{helped('Y', 600)};{others};{waiting}"
    rows = quarter_rows(derive(told(story), known=ON), ON)
    seen = {(row.provider, row.form): row.waiting for row in rows}
    assert {provider for provider, _form in seen} == {TOTAL, "W", "X", "Y", "Z"}
    # Of Z three wait and of W nobody: they would follow if both others were there.
    assert seen["W", TOTAL] is seen["Z", TOTAL] is None
    assert None in {seen["X", TOTAL], seen["Y", TOTAL]}


def test_nobody_waiting_gives_no_rows() -> None:
    assert quarter_rows(derive(told("decided 01-10 for 01-15; start 01-20"), known=ON), ON) == ()


@pytest.mark.parametrize(
    ("on", "end"),
    [("2025-06-30", "2025-06-30"), ("2025-06-29", "2025-03-31"), ("2025-01-01", "2024-12-31")],
)
def test_the_last_quarter_that_is_over(on: str, end: str) -> None:
    assert last_quarter_end(date.fromisoformat(on)) == date.fromisoformat(end)
