"""Visits: what was seen by a day, and who was there at the end of a month."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.caresystem import histories
from vliegwiel.science.fit import UNKNOWN, Came, Ending, Visits, presence
from vliegwiel.science.kernel import Month

from . import truth


def same(one: Visits, other: Visits) -> bool:
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(Visits)]
    return all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f") if isinstance(a, np.ndarray) else a == b
        for a, b in pairs
    )


@given(day=st.integers(20, 1000), seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_nothing_of_the_past_depends_on_what_comes_later(day: int, seed: int) -> None:
    """Whatever happens after a day, what had been seen before it is the same."""
    visits, random = truth.visits(2), np.random.default_rng(seed)
    cut = visits.begin + timedelta(days=day)

    def shaken(days: np.ndarray) -> np.ndarray:
        later = random.uniform(day, visits.until, len(days))
        return np.where(days >= day, later, days)

    after = visits.arrived >= day
    started = shaken(visits.started)
    ended = np.fmax(shaken(visits.ended), started)
    ending = np.where(np.isnan(ended), int(Ending.NOT_YET), visits.ending)
    told = shaken(visits.told)
    future = replace(
        visits,
        arrived=np.where(after, np.fmin(np.fmin(started, ended), visits.until), visits.arrived),
        started=started,
        ended=np.where(ending == Ending.NOT_YET, np.nan, ended),
        ending=ending,
        told=told,
        next=np.where(visits.told >= day, random.integers(0, 4, len(told)), visits.next),
        success=np.where(visits.ended >= day, 1, visits.success),
    )
    assert same(visits.before(cut), future.before(cut))


def test_a_cut_later_is_the_simulation_that_was_shorter() -> None:
    long, short = truth.visits(3, 36), truth.visits(3, 24)
    cut = long.before(date(2024, 1, 1))
    assert cut.until == short.until
    for name in ("youth", "care_type", "arrived", "started", "ended", "ending", "next", "source"):
        ours, other = getattr(cut, name), getattr(short, name)
        order = [np.lexsort((v.arrived, v.care_type, v.youth)) for v in (cut, short)]
        if name != "youth":  # numbers of youths are their own in each
            counts = [np.sort(part[o]) for part, o in zip((ours, other), order, strict=True)]
            assert np.array_equal(*counts, equal_nan=True), name


def test_presence_is_what_the_simulation_counts() -> None:
    visits = truth.visits(1)
    found = presence(visits, visits.months)
    assert found.arrivals.shape == (truth.MONTHS, 3)
    total = np.count_nonzero(visits.arrived >= 0)
    assert found.arrivals.sum() == total
    for m, month in enumerate(visits.months):
        day = (month.plus(1).first_day - visits.begin).days
        for i in range(3):
            own = visits.those(visits.care_type == i)
            waits = [
                a < day and not s < day and not e < day
                for a, s, e in zip(own.arrived, own.started, own.ended, strict=True)
            ]
            helped = [s < day and not e < day for s, e in zip(own.started, own.ended, strict=True)]
            assert found.waiting[m, i] == sum(waits)
            assert found.in_care[m, i] == sum(helped)


def test_how_youths_came_is_told() -> None:
    told = histories(truth.system(), 24, 1)
    visits = truth.visits(1, 24)
    sources = visits.source
    assert np.count_nonzero(sources == Came.PRESENT) == 60 + 110 + 50 + 20 + 5
    first = np.diff(told.youth, prepend=-1) != 0
    assert np.array_equal(sources >= 0, first & (told.referrer >= 0))
    back = np.flatnonzero(sources == Came.RETURNED)
    before = back - 1
    assert len(back) > 50
    assert np.array_equal(visits.youth[before], visits.youth[back])
    assert (visits.next[before] >= visits.base).all()
    after_waiting = np.flatnonzero(sources == Came.FROM_QUEUE)
    assert (visits.ending[after_waiting - 1] == Ending.WAITING).all()
    assert (visits.care_type[after_waiting] == 1).all()  # who stops waiting for home goes to help


def test_months_are_whole() -> None:
    visits = truth.visits(1)
    assert visits.months[0] == Month(2022, 1)
    assert visits.months[-1] == Month(2024, 12)
    assert visits.before(date(2022, 3, 15)).months == (Month(2022, 1), Month(2022, 2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": 0.0}, "observed"),
        ({"youth": np.arange(3)}, "each visit"),
        ({"care_type": 9}, "care_type"),
        ({"source": -9}, "source"),
        ({"next": 9}, "next"),
        ({"arrived": np.nan}, "arrived"),
        ({"started": 1e9, "ended": np.nan, "ending": int(Ending.NOT_YET)}, "observation"),
        ({"ended": -1e9}, "order"),
        ({"ending": int(Ending.WAITING), "ended": np.nan}, "day on which"),
        ({"started": np.nan, "ended": 1096.0, "ending": int(Ending.CARE)}, "did not start"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Any], words: str) -> None:
    visits = truth.visits(1)
    count = len(visits)
    made = {
        name: value if name == "until" or isinstance(value, np.ndarray) else np.full(count, value)
        for name, value in change.items()
    }
    with pytest.raises(ValueError, match=words):
        replace(visits, **made)


def test_a_cut_lies_within_the_observation() -> None:
    with pytest.raises(ValueError, match="within"):
        truth.visits(1).before(date(2030, 1, 1))
    assert UNKNOWN == -1
