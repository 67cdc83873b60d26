"""Which messages there are and on which day each is dated, before a single one is written.

A message is a row of numbers here. They are put in order once, so that a region of any size can be
written month by month.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from .chances import Bools, Chances, Draw, Ints, Owner
from .courses import NEVER, Courses
from .options import RELEASE_BEGAN, BoxOptions
from .periods import BY_REQUEST, Periods

#: A late stop is told after one to six months.
_LATE_FROM, _LATE_DAYS = 30, 150
#: Days after which a start that was told wrongly is corrected, and by how many it was wrong.
_CORRECTED_AFTER, _WRONG_BY = 10, 3
#: Days after which an assignment by mistake is removed, a rejected one sent again, and a request
#: put under investigation.
_REMOVED_AFTER, _AGAIN_AFTER, _INVESTIGATED_AFTER = 9, 2, 1
#: A return message comes a day later.
_ANSWERED_AFTER = 1
#: Days between asking for a change and the decision on it.
_ASKED_BEFORE = 7


class Told(IntEnum):
    """What a message tells; the row that it is about is a visit, a version or a period."""

    REQUEST = 0  # visit
    INVESTIGATED = 1  # visit
    ASSIGNED = 2  # version
    REJECTED = 3  # version: sent, and rejected by its answer
    STARTED = 4  # period
    STARTED_WRONG = 5  # period
    STARTED_RIGHT = 6  # period: takes the wrong one back
    STOPPED = 7  # period
    MISTAKEN = 8  # visit: an assignment by mistake
    REMOVED = 9  # visit: and its removal
    PAUSED = 10  # period: a stop for some time
    RESUMED = 11  # period: the start after it
    CHANGE_ASKED = 12  # period: the change that this number was given for


_ROWS: dict[Told, str] = {
    Told.REQUEST: "visit", Told.INVESTIGATED: "visit", Told.ASSIGNED: "version",
    Told.REJECTED: "version", Told.STARTED: "period", Told.STARTED_WRONG: "period",
    Told.STARTED_RIGHT: "period", Told.STOPPED: "period", Told.MISTAKEN: "visit",
    Told.REMOVED: "visit", Told.PAUSED: "period", Told.RESUMED: "period",
    Told.CHANGE_ASKED: "period",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every message in order of its date, shape (M,).

    Attributes:
        day: date of the message; ``told`` a :class:`Told`; ``row`` what it is about.
        number: its number, which its answer shares. ``answer``: whether it is that answer.
        untold: periods whose start is not told. ``silent``: whether a provider tells nothing.
    """

    day: Ints
    told: Ints
    row: Ints
    number: Ints
    answer: Bools
    untold: Bools
    silent: Bools


class _Events:
    """Messages while they are gathered."""

    def __init__(self) -> None:
        self.day: list[Ints] = []
        self.told: list[Ints] = []
        self.row: list[Ints] = []

    def add(self, told: Told, rows: Ints, day: Ints) -> None:
        self.day.append(day)
        self.told.append(np.full(len(rows), int(told)))
        self.row.append(rows)

    def columns(self) -> tuple[Ints, Ints, Ints]:
        return tuple(map(np.concatenate, (self.day, self.told, self.row)))  # type: ignore[return-value]


def schedule_of(
    courses: Courses, periods: Periods, providers: int, options: BoxOptions
) -> Schedule:
    """Every message that is dated on or before the last day."""
    events = _Events()
    _requests(courses, options, events)
    sent = _assignments(periods, options, events)
    _changes(periods, sent, events)
    silent = Chances.of(options.seed, Owner.PROVIDER, providers).happens(
        Draw.SILENT, options.silent_providers
    )
    mute = silent[courses.provider[periods.visit]]
    untold = _deliveries(periods, mute, sent, options, events)
    day, told, row = events.columns()
    opened = (RELEASE_BEGAN - options.start).days
    day = np.maximum(day, opened)
    answer = np.zeros(len(day), dtype=np.bool_)
    number = np.lexsort((row, told, day))
    day, told, row = day[number], told[number], row[number]
    number = np.arange(len(day))
    if options.answers:
        has_answer = told != Told.INVESTIGATED
        day = np.concatenate([day, day[has_answer] + _ANSWERED_AFTER])
        told = np.concatenate([told, told[has_answer]])
        row = np.concatenate([row, row[has_answer]])
        answer = np.concatenate([answer, np.ones(int(has_answer.sum()), dtype=np.bool_)])
        number = np.concatenate([number, number[has_answer]])
    order = np.lexsort((answer, number, day))
    order = order[day[order] <= courses.last]
    return Schedule(
        day=day[order], told=told[order], row=row[order], number=number[order],
        answer=answer[order], untold=untold, silent=silent,
    )  # fmt: skip


def _requests(courses: Courses, options: BoxOptions, events: _Events) -> None:
    chances = Chances.of(options.seed, Owner.VISIT, len(courses.youth))
    asked = np.flatnonzero(courses.asked <= courses.last)
    events.add(Told.REQUEST, asked, courses.asked[asked])
    # An investigation lies between request and decision.
    takes_long = chances.happens(Draw.INVESTIGATED, options.investigated)
    room = courses.decided - _INVESTIGATED_AFTER > courses.asked
    known = asked[takes_long[asked] & room[asked]]
    events.add(Told.INVESTIGATED, known, courses.asked[known] + _INVESTIGATED_AFTER)
    mistaken = np.flatnonzero(
        chances.happens(Draw.REMOVED, options.removed)
        & (courses.decided >= 0)
        & (courses.decided <= courses.last)
    )
    events.add(Told.MISTAKEN, mistaken, courses.decided[mistaken])
    events.add(Told.REMOVED, mistaken, courses.decided[mistaken] + _REMOVED_AFTER)


def _assignments(periods: Periods, options: BoxOptions, events: _Events) -> Ints:
    """The messages of versions; gives the day on which each number was sent first."""
    chances = Chances.of(options.seed, Owner.VERSION, len(periods.of))
    delay = chances.whole(Draw.ASSIGNMENT_DELAY, options.assignment_delay + 1)
    day = periods.version_decided + delay
    rows = np.arange(len(day))
    rejected = chances.happens(Draw.REJECTED, options.rejected) & (periods.version_decided >= 0)
    events.add(Told.REJECTED, rows[rejected], day[rejected])
    day = np.where(rejected, day + _AGAIN_AFTER, day)
    # Each version after the one before it, also where that was sent twice.
    first = periods.nth == 0
    sent: Ints = day[first]
    day = np.maximum(day, sent[periods.of])
    events.add(Told.ASSIGNED, rows, day)
    return sent


def _changes(periods: Periods, sent: Ints, events: _Events) -> None:
    """A number that was given at the request of the provider: what it asked (JW317)."""
    following = 1 + np.flatnonzero(
        (np.diff(periods.visit) == 0) & (periods.reason[:-1] == BY_REQUEST)
    )
    day = np.maximum(periods.decided[following] - _ASKED_BEFORE, sent[following - 1])
    events.add(Told.CHANGE_ASKED, following, day)


def _deliveries(
    periods: Periods, mute: Bools, sent: Ints, options: BoxOptions, events: _Events
) -> Bools:
    """Starts and stops; gives the periods whose start is not told.

    Args:
        mute: whether the provider of a period tells nothing.
        sent: day on which the first message of a period was sent.
    """
    chances = Chances.of(options.seed, Owner.PERIOD, len(periods.visit))
    rows = np.arange(len(periods.visit))
    untold = mute | chances.happens(Draw.WITHOUT_START, options.without_start)
    delay = chances.days(Draw.START_DELAY, options.start_delay, options.longest_delay)
    started = periods.start != NEVER
    # A start is told after the assignment has come.
    day = np.maximum(np.where(started, periods.start, 0) + delay, sent)
    wrong = chances.happens(Draw.CORRECTED, options.corrected) & (periods.start >= 0)
    # An earlier day cannot lie before the assignment begins, a later one not after the stop.
    wrong &= (periods.start - _WRONG_BY >= periods.begin) & started
    told = started & ~untold
    events.add(Told.STARTED, rows[told & ~wrong], day[told & ~wrong])
    events.add(Told.STARTED_WRONG, rows[told & wrong], day[told & wrong])
    events.add(Told.STARTED_RIGHT, rows[told & wrong], day[told & wrong] + _CORRECTED_AFTER)
    stopped = (periods.stop != NEVER) & ~mute
    delay = chances.days(Draw.STOP_DELAY, options.stop_delay, options.longest_delay)
    late = chances.happens(Draw.LATE_STOP, options.late_stops)
    delay = np.where(late, _LATE_FROM + chances.whole(Draw.LATE_STOP_DAYS, _LATE_DAYS), delay)
    known = np.where(wrong & ~untold, day + _CORRECTED_AFTER, day)
    known = _pauses(periods, mute, (rows, known), events)
    over = np.maximum(np.where(stopped, periods.stop, 0) + delay, known)
    events.add(Told.STOPPED, rows[stopped], over[stopped])
    return np.asarray(untold & started, dtype=np.bool_)


def _pauses(periods: Periods, mute: Bools, since: tuple[Ints, Ints], events: _Events) -> Ints:
    """Pauses, told on the day, and their ends; gives the day on which what comes then can be told.

    Args:
        since: the periods, and the day on which their start was told.
    """
    rows, known = since
    paused = rows[(periods.paused != NEVER) & ~mute]
    day = np.maximum(periods.paused[paused], known[paused])
    again = np.maximum(periods.resumed[paused], day)
    events.add(Told.PAUSED, paused, day)
    events.add(Told.RESUMED, paused, again)
    after = known.copy()
    after[paused] = again
    return after


def wrong_start(start: int) -> int:
    """The day that was told first where a start was told wrongly."""
    return start - _WRONG_BY


def removed_after() -> int:
    """Days after which an assignment by mistake is removed."""
    return _REMOVED_AFTER
