"""Which messages count."""

from __future__ import annotations

from datetime import date

import pytest

from tests.science.trajectories.facts import facts
from tests.science.trajectories.story import told
from vliegwiel.science.ijw import Record, ReturnNote, StartRecord
from vliegwiel.science.trajectories import (
    TRAJECTORY_MESSAGES,
    Choices,
    Trajectories,
    delivery_begin,
    derive,
)

ON = date(2025, 6, 30)


def derived(story: str, known: date = ON, **choices: object) -> Trajectories:
    return derive(told(story), known=known, choices=Choices(**choices))  # type: ignore[arg-type]


def test_a_message_that_is_delivered_twice_counts_once() -> None:
    records = told("decided 01-10 for 01-15; start 02-09")
    again = [r._replace(message=r.message._replace(file="other.xml")) for r in records]
    found = derive([*records, *again], known=ON)
    assert found.counts.counted == 2
    assert found.counts.repeated == 2
    assert not found.findings


def test_the_same_number_with_another_content_is_reported_and_the_earliest_counts() -> None:
    first, other = told("decided 01-10 for 01-15; decided 01-12 for 02-15")
    same_number = other._replace(message=other.message._replace(identification="0000"))
    found = derive([same_number, first], known=ON)
    (assignment,) = found.assignments.values()
    assert assignment.begin == date(2025, 1, 15)
    assert found.counts.conflicting == 1
    assert [item.rule for item in found.findings] == ["message_conflict"]


def test_the_same_number_in_another_kind_is_another_message() -> None:
    records = told("decided 01-10 for 01-15; start 02-09")
    same = [r._replace(message=r.message._replace(identification="1")) for r in records]
    assert derive(same, known=ON).counts.counted == 2


def test_a_record_that_stands_twice_in_a_message_counts_once() -> None:
    first, start = told("decided 01-10 for 01-15; start 02-09")
    found = derive([first, start, start], known=ON)
    assert "1 spells" in facts(found, ON)
    assert not found.findings


@pytest.mark.parametrize(("known", "spells"), [("06-26", 0), ("06-30", 0), ("07-01", 1)])
def test_a_message_without_an_answer_counts_after_three_working_days(
    known: str, spells: int
) -> None:
    found = derived("decided 01-10 for 01-15; start 06-26", date.fromisoformat(f"2025-{known}"))
    assert len(found.spells) == spells
    assert found.counts.pending == 1 - spells


def test_the_term_is_a_choice() -> None:
    found = derived(
        "decided 01-10 for 01-15; start 06-26", date(2025, 6, 26), acceptance_working_days=0
    )
    assert len(found.spells) == 1


def accepted(record: Record, when: date) -> ReturnNote:
    answer = record.message._replace(code="JW306", dated=when)
    return ReturnNote(message=record.message, codes=(), accepted=True, answer=answer)


def test_an_accepted_message_counts_at_once() -> None:
    records = told("decided 01-10 for 01-15; start 06-26")
    note = accepted(records[1], date(2025, 6, 27))
    assert len(derive([*records, note], known=date(2025, 6, 27)).spells) == 1
    assert len(derive([*records, note], known=date(2025, 6, 26)).spells) == 0


def test_a_rejection_that_came_later_was_not_known_before() -> None:
    records = told("decided 01-10 for 01-15; start 02-09; rejected")
    *rest, note = records
    assert isinstance(note, ReturnNote)
    late = note._replace(answer=note.answer._replace(dated=date(2025, 3, 1)))
    assert len(derive([*rest, late], known=date(2025, 2, 28)).spells) == 1
    assert len(derive([*rest, late], known=date(2025, 3, 1)).spells) == 0


def test_an_answer_that_is_both_rejects() -> None:
    records = told("decided 01-10 for 01-15; start 02-09; rejected")
    found = derive([*records, accepted(records[1], date(2025, 2, 10))], known=ON)
    assert not found.spells
    assert [item.rule for item in found.findings] == ["return_conflict"]


def test_the_delivery_begins_with_the_first_message_of_a_municipality() -> None:
    records = told("decided 01-10 for 01-15; start 02-09; decided 03-01 for 03-02 as 2 in 0150")
    assert delivery_begin(records) == {"0193": date(2025, 1, 10), "0150": date(2025, 3, 1)}


@pytest.mark.parametrize(
    ("story", "rule"),
    [
        ("decided 01-10 for 01-15; decided 02-01 for 01-20 of B", "assignment_of_another"),
        ("decided 01-10 for 01-15; decided 01-10 for 01-20 sent 02-01", "versions_differ"),
        ("decided 01-10 for 01-15 because 04", "history_cut_off"),
        ("request 01-05 ref R; decided 01-10 for 01-15 ref Q", "reference_unknown"),
        (
            "decided 01-10 for 01-15; decided 05-01 for 01-15 to 01-15 because 13;"
            " declared 02-01 sent 03-01",
            "removed_with_declarations",
        ),
        (
            "decided 01-10 for 01-15 to 01-15 because 13; start 02-09",
            "on_removed_assignment",
        ),
        ("decided 01-10 for 01-15; start 02-09 of B", "unknown_assignment"),
        ("decided 01-10 for 01-15; stop 03-01 because 31 begun 02-01", "stop_without_start"),
        (
            "decided 01-10 for 01-15; start 02-01; stop 03-01 because 20; stop 03-09 because 20",
            "second_temporary_stop",
        ),
        (
            "decided 01-10 for 01-15; start 02-01; stop 03-01 because 31; stop 03-09 because 32",
            "second_final_stop",
        ),
        (
            "decided 01-10 for 01-15; start 02-01; stop 03-09 because 20; stop 03-01 because 31",
            "final_before_temporary",
        ),
        ("decided 01-10 for 01-15; start 02-09 category 41", "other_product"),
        ("decided 01-10 for 01-15; start 02-09 at Y", "other_provider"),
        ("request 01-05 ref R; request 01-06 ref R", "reference_twice"),
        ("answer 01-05 1 ref R", "answer_without_request"),
        (
            "request 01-05 ref R; decided 01-10 for 01-15 ref R; answer 01-12 2 ref R",
            "answer_after_assignment",
        ),
        (
            "request 01-05 ref R; answer 01-06 2 ref R; answer 01-12 2 ref R",
            "second_investigation",
        ),
        ("decided 01-10 for 01-15; declared 02-01 of B sent 03-01", "line_of_another"),
        ("declared 02-01 sent 03-01", "line_on_unknown"),
        (
            "decided 01-10 for 01-15; declared 02-01 category 41 sent 03-01",
            "line_other_category",
        ),
        (
            "decided 01-10 for 01-15; decided 02-01 for 01-15 to 01-15 because 13;"
            " declared 01-15 sent 03-01",
            "line_on_removed",
        ),
    ],
)
def test_what_contradicts_is_found(story: str, rule: str) -> None:
    found = [item for item in derived(story).findings if item.rule == rule]
    assert len(found) == 1
    assert found[0].file == "story.xml"
    assert TRAJECTORY_MESSAGES[rule] % found[0].params


def test_what_fits_is_not_found() -> None:
    story = (
        "request 01-05 ref R; answer 01-06 2 ref R; decided 01-10 for 01-15 to 05-31 ref R;"
        " start 01-20; stop 02-20 because 20; start 03-20; declared 02-01 sent 03-01;"
        " stop 05-31 because 31; decided 01-10 for 01-15 to 05-31 sent 04-01"
    )
    assert not derived(story).findings


def test_a_youth_is_born_once() -> None:
    first, start = told("decided 01-10 for 01-15; start 02-09")
    assert isinstance(start, StartRecord)
    other = start._replace(person=start.person._replace(birth_month=date(2013, 3, 1)))
    found = derive([first, other], known=ON)
    assert [item.rule for item in found.findings] == ["person_differs"]
