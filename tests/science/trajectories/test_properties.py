"""What must hold for any messages: order, files, knowledge, sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.science.trajectories.facts import facts
from tests.science.trajectories.story import told
from vliegwiel.science.ijw import Record, ReturnNote
from vliegwiel.science.kernel import Outcome as Verdict
from vliegwiel.science.trajectories import (
    Outcome,
    Trajectories,
    checks_of,
    derive,
    flow,
    waiting_list,
    waits_of,
    youths_in_care,
)

pytestmark = pytest.mark.slow
ON = date(2025, 6, 30)
days = st.dates(date(2025, 1, 1), date(2025, 6, 20)).map(lambda day: f"{day:%m-%d}")
places = st.tuples(
    st.sampled_from(["1", "2", "3"]), st.sampled_from("AB"), st.sampled_from(["X", "Y"])
).map(lambda found: f"as {found[0]} of {found[1]} at {found[2]}")
decisions = st.builds(
    "decided {} for {}{}{} {}{}".format,
    days,
    days,
    st.one_of(st.just(""), days.map(" to {}".format)),
    st.sampled_from(["", "", " because 13", " because 09", " because 03"]),
    places,
    st.sampled_from(["", " category 41", " ref R"]),
)
starts = st.builds(
    "{} {} {}".format, st.sampled_from(["start", "start", "undo start"]), days, places
)
# The reader sets aside what ends before it begins.
stops = st.builds(
    "stop {0[1]} because {1} begun {0[0]} {2}".format,
    st.tuples(days, days).map(sorted),
    st.sampled_from(["20", "31", "32", "37"]),
    places,
)
others = st.one_of(
    st.builds("request {} ref R {}".format, days, places),
    st.builds("answer {} 1 ref R".format, days),
    st.builds("declared {} {}".format, days, places),
    st.just("rejected"),
)
stories = st.lists(st.one_of(decisions, starts, stops, others), min_size=1, max_size=14).map(
    lambda parts: "; ".join(["decided 01-02 for 01-10", *parts])
)


def picture(found: Trajectories) -> dict[str, Any]:
    """All that is derived, but the counts of messages and the files that findings name."""
    return {
        "assignments": found.assignments,
        "spells": [replace(spell) for spell in found.spells],
        "trajectories": found.trajectories,
        "episodes": found.episodes,
        "requests": found.requests,
        "declared": found.declared,
        "referrals": found.referrals,
        "orphans": sorted(map(repr, found.orphans)),
        "waits": waits_of(found, found.known).waits,
        "rules": sorted((item.rule, item.path) for item in found.findings),
    }


def in_file(record: Record, file: str) -> Record:
    return record._replace(message=record.message._replace(file=file))


@settings(max_examples=150, deadline=None)
@given(story=stories, data=st.data())
def test_order_does_not_matter(story: str, data: st.DataObject) -> None:
    records = told(story)
    shuffled = data.draw(st.permutations(records))
    assert picture(derive(shuffled, known=ON)) == picture(derive(records, known=ON))


@settings(max_examples=100, deadline=None)
@given(story=stories, data=st.data())
def test_files_do_not_matter(story: str, data: st.DataObject) -> None:
    """Messages spread over files, and delivered again in another one, tell the same."""
    records = told(story)
    files = st.sampled_from(["a.xml", "b.xml", "c.zip/d.xml"])
    spread = [in_file(record, data.draw(files)) for record in records]
    again = [in_file(record, data.draw(files)) for record in data.draw(st.permutations(records))]

    def of(found: Trajectories) -> tuple[set[str], list[str]]:
        return facts(found, ON), sorted(item.rule for item in found.findings)

    assert of(derive([*spread, *again], known=ON)) == of(derive(records, known=ON))


@settings(max_examples=100, deadline=None)
@given(story=stories, known=st.dates(date(2025, 1, 10), ON))
def test_what_comes_later_is_not_known_yet(story: str, known: date) -> None:
    records = told(story)
    earlier = [
        record
        for record in records
        if (record.answer if isinstance(record, ReturnNote) else record.message).dated <= known
    ]
    assert picture(derive(records, known=known)) == picture(derive(earlier, known=known))


@settings(max_examples=100, deadline=None)
@given(story=stories, begin=days, decided=days)
def test_a_removed_assignment_changes_nothing(story: str, begin: str, decided: str) -> None:
    removed = f"; decided {decided} for {begin} as 9; decided 06-20 for {begin} to {begin}"
    with_it = derive(told(f"{story}{removed} because 13 as 9"), known=ON)
    assert with_it.removed - derive(told(story), known=ON).removed == 1
    assert picture(with_it) == picture(derive(told(story), known=ON))


@settings(max_examples=100, deadline=None)
@given(story=stories, back=st.integers(0, 150))
def test_who_waits_has_waited_since_the_decision(story: str, back: int) -> None:
    found = derive(told(story), known=ON)
    on = ON - timedelta(days=back)
    listed = waiting_list(found, on)
    for wait in listed.waits:
        assert wait.days == (on - wait.origin).days >= 0
        assert wait.start is None
        assert wait.ended is None
    assert listed.youths_without_care <= listed.youths <= listed.assignments


@settings(max_examples=100, deadline=None)
@given(story=stories)
def test_waits_are_what_they_say(story: str) -> None:
    found = derive(told(story), known=ON)
    waits = waits_of(found, ON)
    assert all(check.outcome is Verdict.PASSED for check in checks_of(found, waits))
    for wait in waits.waits:
        if wait.outcome in {Outcome.STARTED, Outcome.DECLARED} and wait.bounds is not None:
            assert 0 <= wait.bounds[0] <= wait.bounds[1]
        if wait.outcome is Outcome.RETROACTIVE:
            assert wait.bounds is None
        if wait.outcome in {Outcome.EXPIRED, Outcome.WITHDRAWN}:
            assert wait.ended is not None
            assert wait.origin <= wait.ended <= ON


@settings(max_examples=100, deadline=None)
@given(story=stories, first=st.dates(date(2025, 1, 1), ON), length=st.integers(0, 60))
def test_who_came_less_who_went_is_who_stays(story: str, first: date, length: int) -> None:
    found = derive(told(story), known=ON)
    last = min(first + timedelta(days=length), ON)
    for items in (found.spells, found.trajectories, found.episodes):
        counted = flow(items, first, last)
        assert counted.opened + counted.begun - counted.ended == counted.still_open


@settings(max_examples=100, deadline=None)
@given(story=stories)
def test_every_spell_of_care_is_in_one_trajectory_and_one_episode(story: str) -> None:
    found = derive(told(story), known=ON)
    care = sorted(repr(s) for s in found.spells if found.forms.is_care(s.form))
    for chains in (found.trajectories, found.episodes):
        assert sorted(repr(s) for chain in chains for s in chain.spells) == care
    for chain in found.trajectories:
        assert len({(s.youth, s.provider) for s in chain.spells}) == 1
    assert youths_in_care(found, ON) <= len({s.youth for s in found.spells})


def test_a_wait_cannot_be_seen_before_it_is_known() -> None:
    found = derive(told("decided 01-10 for 01-15"), known=date(2025, 3, 1))
    with pytest.raises(ValueError, match="day of knowledge"):
        waits_of(found, ON)
