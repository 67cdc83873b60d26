"""From the counts of messages to those of CBS: every step counted, small ones not to be found."""

from __future__ import annotations

from datetime import date

import pytest

from tests.science.trajectories.crowd import KNOWN, crowd
from tests.science.trajectories.story import told
from vliegwiel.science.trajectories import (
    BRIDGE_FORMS,
    BridgeRow,
    Choices,
    bridge_rows,
    bridges,
    delivery_begin,
    derive,
    group_of,
)
from vliegwiel.science.yardstick import LEAST_SHOWN

FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)


def rows(story: str) -> dict[str, BridgeRow]:
    found = derive(told(story), known=LAST, choices=Choices())
    return {row.form: row for row in bridge_rows(found, FIRST, LAST)}


def steps(row: BridgeRow) -> tuple[int | None, ...]:
    return row.assigned, row.not_started, row.unassigned, row.helped


def test_who_was_assigned_less_who_did_not_start_is_who_was_helped() -> None:
    found = rows(
        "decided 01-10 for 01-15; start 01-20;"
        "decided 01-10 for 01-15 as 2 of B;"
        "decided 01-10 for 01-15 as 3 of C category 35; start 02-01 as 3 of C category 35"
    )
    assert steps(found["all_in_kind"]) == (3, 1, 0, 2)
    assert steps(found["without_residence_not_neighbourhood_team"]) == (2, 1, 0, 1)
    assert steps(found["with_residence"]) == (1, 0, 0, 1)
    assert steps(found["protection"]) == (0, 0, 0, 0)


def test_help_of_which_no_stop_was_sent_is_told_apart() -> None:
    found = rows(
        "decided 01-10 for 01-15 to 03-31; start 01-20;"
        "decided 01-10 for 01-15 as 2 of B; start 01-20 as 2 of B; stop 03-01 because 31 as 2 of B"
    )
    row = found["all_in_kind"]
    assert (row.helped, row.no_stop) == (2, 1)


def test_records_that_adjoin_are_one_trajectory_and_others_are_not() -> None:
    adjoining = (
        "decided 01-10 for 01-15 to 03-31; start 01-20; stop 03-31 because 37;"
        "decided 03-25 for 04-01 to 12-31 as 2; start 04-01 as 2"
    )
    row = rows(adjoining)["all_in_kind"]
    assert (row.records, row.merged, row.trajectories) == (2, 1, 1)
    apart = adjoining.replace("start 04-01", "start 04-20")
    row = rows(apart)["all_in_kind"]
    assert (row.records, row.merged, row.trajectories) == (2, 0, 2)


@pytest.mark.parametrize(
    ("form", "group"),
    [
        ("neighbourhood_team", "neighbourhood_team"),
        ("ambulant", "without_residence_not_neighbourhood_team"),
        ("with_residence", "with_residence"),
        ("foster_care", "with_residence"),
        ("protection", "protection"),
        ("crisis", "form_not_told"),
        ("unknown", "form_not_told"),
    ],
)
def test_forms_of_messages_belong_to_forms_of_cbs(form: str, group: str) -> None:
    assert group_of(form) == group
    assert group in BRIDGE_FORMS


@pytest.mark.slow
def test_no_small_count_is_shown_nor_follows_from_what_is() -> None:
    records = crowd(260)
    choices = Choices(observed_from=delivery_begin(records))
    found = derive(records, known=KNOWN, choices=choices)
    made = bridges(found)
    assert [bridge.period for bridge in made] == ["2024", "2023"]
    hidden = 0
    for bridge in made:
        true = {row.form: row for row in bridge_rows(found, bridge.first, bridge.last)}
        total = bridge.rows[0]
        assert total.helped is not None
        for row in bridge.rows:
            for step in BridgeRow.__slots__[1:]:
                count = getattr(row, step)
                assert count in {None, getattr(true[row.form], step)}
                assert count is None or count >= LEAST_SHOWN, (row.form, step)
                hidden += count is None and 0 < getattr(true[row.form], step) < LEAST_SHOWN
            others = (true["all_in_kind"].helped or 0) - (true[row.form].helped or 0)
            if row.form != "all_in_kind" and others < LEAST_SHOWN:
                assert row.helped is None
            known = [row.assigned, row.not_started, row.unassigned, row.helped]
            assert known.count(None) != 1
            assert [row.records, row.merged, row.trajectories].count(None) != 1
    assert hidden > 0


def test_half_years_stand_in_until_there_is_a_whole_year_and_none_before_that() -> None:
    story = told("decided 01-10 for 01-15; start 01-20")
    begun = Choices(observed_from=date(2025, 1, 10))
    half = bridges(derive(story, known=LAST, choices=begun))
    assert [(bridge.period, bridge.late_municipalities) for bridge in half] == [("2025H1", 0)]
    assert bridges(derive(story, known=date(2025, 5, 31), choices=begun)) == ()
    assert bridges(derive([], known=LAST, choices=Choices())) == ()
