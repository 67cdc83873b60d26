"""What was asked of the messages of a region is what somebody finds who only has the messages."""

from collections import Counter
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from vliegwiel.science.ijw import DeclaredLine, RefusedLine, StopRecord
from vliegwiel.science.regionbox import Box, true_waits
from vliegwiel.science.regionbox.courses import NEVER
from vliegwiel.science.regionbox.schedule import Told
from vliegwiel.science.trajectories import Mark, Outcome, Trajectories, derive, waits_of

from . import boxes

pytestmark = [pytest.mark.slow]


def box() -> Box:
    return boxes.with_traits()


@cache
def found() -> Trajectories:
    records = boxes.reading_with_traits().records
    known = box().options.day(box().courses.last)
    return derive(records, known=known + timedelta(days=7))


def told(kind: Told) -> int:
    schedule = box().schedule
    return int(((schedule.told == kind) & ~schedule.answer).sum())


def youth_of(visit: int) -> str:
    bsn = int(box().persons.bsn[box().courses.youth[visit]])
    return boxes.PSEUDONYMS.youth(f"{bsn:09d}")


def test_only_the_faults_that_were_asked_for_are_found() -> None:
    rules = Counter(item.rule for item in found().findings)
    assert set(rules) == {"stop_without_start"}
    assert found().orphans == ()


def test_a_start_that_was_never_told_comes_from_its_stop() -> None:
    periods, schedule, last = box().periods, box().schedule, box().courses.last
    ends = {kind: schedule.row[(schedule.told == kind) & ~schedule.answer]
            for kind in (Told.STOPPED, Told.PAUSED)}  # fmt: skip
    # The stop after a pause is that of the start after it, which was told.
    stops = np.union1d(
        ends[Told.STOPPED][periods.paused[ends[Told.STOPPED]] == NEVER], ends[Told.PAUSED]
    )
    telling = ~schedule.silent[box().courses.provider[periods.visit]]
    share = schedule.untold[(periods.start <= last) & telling]
    assert abs(share.mean() - 0.2) < 4 * np.sqrt(0.2 * 0.8 / len(share))
    from_stops = sum(Mark.START_FROM_STOP in spell.marks for spell in found().spells)
    assert from_stops == schedule.untold[stops].sum() > 20


def test_providers_that_tell_nothing_tell_nothing() -> None:
    silent = {agb for agb, mute in zip(box().catalogue.agb, box().schedule.silent, strict=True)
              if mute}  # fmt: skip
    assert silent
    assert not silent & {spell.provider for spell in found().spells}
    assert silent & {assignment.provider for assignment in found().assignments.values()}


def test_their_care_is_proved_by_what_was_declared() -> None:
    on = box().options.day(box().courses.last)
    true = true_waits(box(), box().courses.last)
    starts = {
        (youth_of(visit), box().options.day(origin)): box().options.day(start)
        for visit, origin, start in zip(
            true.visit.tolist(), true.origin.tolist(), true.start.tolist(), strict=True
        )
        if start != NEVER
    }
    declared = [
        wait for wait in waits_of(found(), on).waits
        if wait.outcome is Outcome.DECLARED and wait.origin >= box().options.start
    ]  # fmt: skip
    assert len(declared) > 5
    for wait in declared:
        assert wait.start is not None
        assert wait.start_by is not None
        assert wait.start <= starts[wait.youth, wait.origin] <= wait.start_by


def test_an_assignment_by_mistake_is_removed_and_a_rejected_one_comes_again() -> None:
    assert found().removed == told(Told.REMOVED) > 3
    assert found().counts.rejected == told(Told.REJECTED) > 3


def test_a_wrong_start_is_put_right() -> None:
    periods = box().periods
    corrected = box().schedule.row[
        (box().schedule.told == Told.STARTED_RIGHT) & ~box().schedule.answer
    ]
    assert len(corrected) > 5
    begun = {(spell.municipality, spell.begin) for spell in found().spells}
    for period in corrected.tolist():
        code = box().histories.municipalities[int(periods.municipality[period])]
        assert (code, box().options.day(int(periods.start[period]))) in begun


def test_a_referral_without_a_request_is_presumed_to_be_the_municipality() -> None:
    presumed = Counter(referral.presumed for referral in found().referrals.values())
    requests = (box().courses.asked <= box().courses.last).sum()
    assert len(found().requests) == requests
    assert box().courses.presumed.mean() > 0.05
    assert presumed[True] > presumed[False] > 50


def test_a_pause_is_two_spells_in_one_trajectory() -> None:
    paused = [chain for chain in found().trajectories if chain.pauses]
    assert len(paused) > 10
    assert {days for chain in paused for days in chain.pauses} <= set(range(7, 61))


def test_what_was_refused_is_declared_again() -> None:
    """So that as much was declared as without refusals."""
    records = boxes.reading_with_traits().records
    refused = {r.performance for r in records if isinstance(r, RefusedLine)}
    assert len(refused) > 10
    lines = [r for r in records if isinstance(r, DeclaredLine)]
    again = Counter((line.assignment, line.begin) for line in lines)
    last = box().options.day(box().courses.last) - timedelta(days=40)
    on_time = [r for r in lines if r.performance in refused and r.message.dated < last]
    assert on_time
    assert all(again[line.assignment, line.begin] == 2 for line in on_time)


def test_a_change_is_asked_for_before_a_number_is_given_for_it() -> None:
    asked = [change for change in found().changes if change.kind == "change"]
    assert len(asked) == len(found().changes) == told(Told.CHANGE_ASKED) > 10
    given = {found().successions.before[key] for key in found().successions.before}
    keys = {(change.message.municipality, change.assignment) for change in asked}
    assert len(keys & given) > 0.9 * len(keys)


def test_who_moves_stays_in_one_trajectory() -> None:
    moved = [
        chain for chain in found().trajectories
        if len({spell.municipality for spell in chain.spells}) > 1
    ]  # fmt: skip
    courses = box().courses
    told_of = ~box().schedule.silent[courses.provider]
    assert 5 < len(moved) <= (told_of & (courses.moved <= courses.last)).sum()


def test_starts_become_known_late_and_some_stops_much_later() -> None:
    delays = [start.delay for start in found().starts if start.begin >= box().options.start]
    assert 1.0 < np.mean(delays) < 12.0
    stops = [
        (record.message.dated - record.end).days
        for record in boxes.reading_with_traits().records
        if isinstance(record, StopRecord) and record.message.dated > box().options.start
    ]
    # A fifth was asked for, less those that had not been told by the last day.
    assert 0.08 < np.mean(np.array(stops) >= 30) < 0.3


def test_a_new_contract_gives_a_new_number_in_january_that_goes_on_from_the_old() -> None:
    periods = box().periods
    same = np.append(False, np.diff(periods.visit) == 0)
    begun = np.flatnonzero(same & (np.diff(periods.contract, prepend=0) == 1))
    assert len(begun) > 20
    for period in begun.tolist():
        day = box().options.day(int(periods.begin[period]))
        assert (day.month, day.day) == (1, 1)
        code = box().histories.municipalities[int(periods.municipality[period])]
        key = code, boxes.PSEUDONYMS.assignment(code, int(periods.number[period]))
        assert key in found().successions.before
