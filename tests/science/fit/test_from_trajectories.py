"""From messages to visits: who waits, who is helped, what follows on what, and who comes back."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.science.trajectories.story import told
from vliegwiel.science.fit import (
    Came,
    Ending,
    Visits,
    observed_from,
    observed_until,
    visits_of_trajectories,
)
from vliegwiel.science.trajectories import Choices, derive

BEGIN = date(2025, 1, 1)


def visits(story: str, known: date = date(2025, 12, 31)) -> Visits:
    return visits_of_trajectories(derive(told(story), known=known, choices=Choices()), begin=BEGIN)


def day(month: int, number: int) -> float:
    return float((date(2025, month, number) - BEGIN).days)


def test_a_wait_and_the_care_it_led_to_are_one_visit() -> None:
    found = visits(
        "request 01-05 by 02 ref R; decided 01-10 for 01-15 to 12-31 ref R; start 02-09; stop 06-20"
    )
    assert len(found) == 1
    assert (found.arrived[0], found.started[0]) == (day(1, 10), day(2, 9))
    assert found.ended[0] == day(6, 21)  # the last day is one of care
    assert found.ending[0] == Ending.CARE
    assert found.sources[found.source[0]] == "general_practitioner"
    assert found.care_types == ("ambulant",)
    assert found.next[0] == found.out
    assert found.told[0] == day(6, 21) + 31
    assert found.success[0] == 1
    assert found.age[0] == pytest.approx(12.9, abs=0.1)


def test_who_still_waits_or_is_in_care_has_no_end() -> None:
    found = visits("decided 11-10 for 11-15 to 12-31 as 1 of A; decided 01-10 for 01-15 as 2 of B; "
                   "start 02-09 as 2 of B")  # fmt: skip
    assert np.isnan(found.ended).all()
    assert sorted(np.isnan(found.started)) == [False, True]
    assert (found.ending == Ending.NOT_YET).all()


def test_who_stops_waiting_is_told_by_the_assignment() -> None:
    found = visits("decided 01-10 for 01-15 to 12-31; decided 01-10 for 01-15 to 03-01 because 07 "
                   "sent 03-01")  # fmt: skip
    assert len(found) == 1
    assert found.ending[0] == Ending.WAITING
    assert np.isnan(found.started[0])


def test_what_is_decided_around_the_end_of_care_follows_on_it() -> None:
    story = (
        "decided 01-10 for 01-15 to 12-31; start 01-20; stop 06-20; "
        "decided 06-01 for 06-25 to 12-31 as 2 category 41; start 07-10 as 2 category 41"
    )
    found = visits(story)
    first, second = np.argsort(found.started)
    assert found.care_types[found.next[first]] == "day_help"
    assert found.source[second] == Came.FROM_CARE
    assert found.arrived[second] == found.ended[first] == day(6, 21)
    assert found.told[first] == day(6, 21)


def test_who_comes_long_after_all_care_had_ended_comes_back() -> None:
    story = (
        "decided 01-02 for 01-05 to 12-31; start 01-06; stop 02-20; "
        "decided 06-01 for 06-05 to 12-31 as 2; start 06-10 as 2"
    )
    found = visits(story)
    first, second = np.argsort(found.started)
    assert found.next[first] == found.out
    assert found.source[second] == Came.RETURNED
    assert found.arrived[second] == day(6, 1)


def test_care_beside_other_care_is_neither() -> None:
    story = (
        "decided 01-02 for 01-05 to 12-31; start 01-06; "
        "decided 06-01 for 06-05 to 12-31 as 2 category 41; start 06-10 as 2 category 41"
    )
    found = visits(story)
    assert (found.source >= 0).all()
    assert (found.next == -1).all()


def test_what_followed_is_not_known_within_a_month() -> None:
    story = "decided 01-02 for 01-05 to 12-31; start 01-06; stop 02-20"
    assert visits(story, date(2025, 3, 10)).next[0] == -1
    assert visits(story, date(2025, 3, 30)).next[0] == 2


def test_declared_care_without_a_start_has_begun() -> None:
    story = "decided 01-10 for 01-15 to 12-31; declared 03-01; declared 04-01"
    found = visits(story)
    assert day(3, 1) <= found.started[0] <= day(4, 1)
    assert found.ended[0] == day(5, 1)  # nothing was declared for long after
    assert np.isnan(visits(story, date(2025, 6, 1)).ended[0])


def test_who_was_in_care_before_has_a_start_only_if_it_was_told() -> None:
    before = "decided 2024-03-01 for 2024-03-05 to 12-31; start 2024-03-10; stop 05-01"
    found = visits(before)
    assert found.started[0] == float((date(2024, 3, 10) - BEGIN).days)
    assert found.source[0] == Came.PRESENT
    stop_alone = "decided 2024-03-01 for 2024-03-05 to 12-31; stop 05-01 begun 2024-03-10"
    assert np.isneginf(visits(stop_alone).started[0])
    over = "decided 2024-03-01 for 2024-03-05 to 12-31; start 2024-03-10; stop 2024-10-01"
    assert len(visits(over)) == 0


def test_what_happens_later_changes_nothing_of_what_was_known() -> None:
    story = "decided 01-10 for 01-15 to 12-31; start 02-09; stop 06-20"
    early = visits(story, date(2025, 3, 1))
    assert len(early) == 1
    assert np.isnan(early.ended[0])
    with pytest.raises(ValueError, match="before"):
        visits(story, date(2024, 12, 31))


def test_the_observation_is_of_days_of_which_nearly_all_is_known() -> None:
    stays = [
        f"decided 0{m}-{d:02d} for 0{m}-{d:02d} to 12-31 as {m}{d} of Y{m}{d}; "
        f"start 0{m}-{d:02d} as {m}{d} of Y{m}{d} sent 0{m + 1}-{d:02d}"
        for m in range(1, 9)
        for d in range(1, 27, 5)
    ]
    records = told("; ".join(stays))
    assert observed_from(records) == date(2025, 1, 1)
    assert observed_until(derive(records, known=date(2025, 9, 28))) == date(2025, 8, 1)
    few = told("decided 03-02 for 03-05 as 1 in 0150")
    assert observed_from(records + few) == date(2025, 1, 1)
    assert observed_from(few) == date(2025, 4, 1)
    with pytest.raises(ValueError, match="no messages"):
        observed_from([])
