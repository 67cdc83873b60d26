"""Truth in, trajectories out: what the messages of a region tell is what happened in it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from vliegwiel.reference import category_forms
from vliegwiel.science.ijw import Pseudonyms
from vliegwiel.science.regionbox import Box
from vliegwiel.science.regionbox.agreed import true_agreed_ends
from vliegwiel.science.regionbox.courses import NEVER
from vliegwiel.science.regionbox.successive import true_known_waits, true_transitions
from vliegwiel.science.regionbox.truth import TrueWaits, true_spells, true_waits
from vliegwiel.science.trajectories import (
    Outcome,
    Trajectories,
    Wait,
    agreed_ends,
    derive,
    known_waits,
    transitions,
    waits_of,
)

from . import boxes

pytestmark = [pytest.mark.slow]


@dataclass(frozen=True)
class Delivered:
    """A box, and what was derived from its messages."""

    box: Box
    found: Trajectories
    pseudonyms: Pseudonyms

    def youth(self, number: int) -> str:
        return self.pseudonyms.youth(f"{int(self.box.persons.bsn[number]):09d}")

    def assignment(self, municipality: int, number: int) -> tuple[str, str]:
        code = self.box.histories.municipalities[municipality]
        return code, self.pseudonyms.assignment(code, number)

    def day(self, number: int) -> date | None:
        return None if number == NEVER else self.box.options.day(number)


@pytest.fixture(scope="module")
def delivered() -> Delivered:
    """Of a region of which the messages tell everything, on a day when all have been answered."""
    box = boxes.told_at_once()
    reading = boxes.read(box)
    assert reading.findings == ()
    known = box.options.day(box.courses.last) + timedelta(days=10)
    return Delivered(box, derive(reading.records, known=known), boxes.PSEUDONYMS)


def test_nothing_contradicts(delivered: Delivered) -> None:
    found = delivered.found
    assert (found.findings, found.orphans) == ((), ())
    assert found.counts.rejected == found.counts.pending == found.counts.conflicting == 0


def test_care_is_the_care_that_was_given(delivered: Delivered) -> None:
    told = Counter(
        (s.youth, s.assignment, s.begin, s.end, s.reason) for s in delivered.found.spells
    )
    true = Counter(
        (
            delivered.youth(spell.youth),
            delivered.assignment(spell.municipality, spell.number),
            delivered.day(spell.start),
            None if spell.stop is None else delivered.day(spell.stop),
            None if spell.reason is None else f"{spell.reason:02d}",
        )
        for spell in true_spells(delivered.box)
    )
    assert told == true
    assert len(true) > 300
    assert {reason for *_rest, reason in true} >= {"20", "31", "36", "37", None}


def test_help_goes_on_after_agreed_ends_as_it_did(delivered: Delivered) -> None:
    """As far as it can be known: what follows begins a month after an end at most."""
    box, found = delivered.box, delivered.found
    until = box.courses.last - found.choices.chain_days
    told = Counter(
        (found.assignments[item.assignment].youth, item.assignment, item.on,
         item.extended, item.stopped)
        for item in agreed_ends(found)
        if item.on <= box.options.day(until)
    )  # fmt: skip
    true = Counter(
        (delivered.youth(end.youth), delivered.assignment(end.municipality, end.number),
         delivered.day(end.on), end.extended, end.stopped)
        for end in true_agreed_ends(box, until)
    )  # fmt: skip
    assert told == true
    went_on = sum(extended for *_which, extended, _stopped in true.elements())
    assert 200 < went_on < true.total() - 100


OUTCOMES = {
    "started": Outcome.STARTED,
    "retroactive": Outcome.RETROACTIVE,
    "withdrawn": Outcome.WITHDRAWN,
    "waiting": Outcome.WAITING,
}


def as_told(wait: Wait) -> tuple[object, ...]:
    return (
        wait.youth, wait.municipality, wait.provider, wait.form, wait.origin, wait.agreed,
        wait.asked, wait.start, wait.ended, wait.outcome,
    )  # fmt: skip


def as_true(delivered: Delivered, waits: TrueWaits, at: int) -> tuple[object, ...]:
    box, visit = delivered.box, int(waits.visit[at])
    courses = box.courses
    category = box.catalogue.products[int(courses.care_type[visit])].category
    (outcome,) = [name for name in OUTCOMES if getattr(waits, name)[at]]
    return (
        delivered.youth(int(courses.youth[visit])),
        box.histories.municipalities[int(courses.municipality[visit])],
        box.catalogue.agb[int(courses.provider[visit])],
        category_forms()[category].form,
        delivered.day(int(waits.origin[at])),
        delivered.day(int(waits.agreed[at])),
        delivered.day(int(waits.asked[at])),
        delivered.day(int(waits.start[at])),
        delivered.day(int(waits.ended[at])),
        OUTCOMES[outcome],
    )


@pytest.mark.parametrize("back", [0, 45, 400])
def test_every_wait_is_as_it_was(delivered: Delivered, back: int) -> None:
    """On the last day and on days before it: the same youths, clocks and outcomes."""
    box = delivered.box
    on = box.courses.last - back
    true = true_waits(box, on)
    told = waits_of(delivered.found, box.options.day(on)).waits
    expected = Counter(as_true(delivered, true, at) for at in range(len(true.visit)))
    assert Counter(map(as_told, told)) == expected
    assert min(Counter(row[-1] for row in expected).values()) > 0
    for clock, name in (("W1", "bounds"), ("W2", "after_agreed"), ("W3", "after_request"),
                        ("W4", "decision_days")):  # fmt: skip
        days = Counter(value for wait in told if (value := getattr(wait, name)) is not None)
        if clock == "W1":
            days = Counter(low for low, _high in days.elements())
        assert days == Counter(true.days(clock)[1].tolist())


def test_the_known_wait_of_every_episode_is_as_it_was(delivered: Delivered) -> None:
    """W5: from the first sign of asking to the first help."""
    day = delivered.day
    true = Counter(
        (delivered.youth(one.youth), day(one.since), day(one.start))
        for one in true_known_waits(delivered.box)
    )
    told = Counter((wait.youth, wait.since, wait.start) for wait in known_waits(delivered.found))
    assert told == true
    assert len(true) > 200


def test_every_wait_between_two_forms_is_as_it_was(delivered: Delivered) -> None:
    """W6: from the last day of one trajectory to the first of the next."""
    day = delivered.day
    true = Counter(
        (delivered.youth(one.youth), day(one.since), day(one.start))
        for one in true_transitions(delivered.box)
    )
    told = Counter(
        (passed.former.youth, passed.former.end, passed.following.begin)
        for passed in transitions(delivered.found)
    )
    assert told == true
    assert len(true) > 30
