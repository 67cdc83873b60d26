"""The assignments of each visit: their numbers, versions, starts and stops, in whole days.

An assignment holds for a term and is extended while somebody waits or is helped on it: by a new
version, or by a new number with another volume. A new contract in January or another municipality
gives a new number too. A number that takes over from another begins the day after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .chances import Chances, Draw, Owner
from .courses import NEVER, Courses
from .options import BoxOptions

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Days before the end of an assignment on which what comes after it is decided.
NOTICE = 21
#: Reasons of change (JZ002) and of a stop (JZ588); 0 is none.
EXTENDED, NEW_CONTRACT, MOVED, OTHER_PROVIDER, OTHER_DOMAIN = 4, 3, 7, 9, 6
PAUSE, BY_MUNICIPALITY, BY_REQUEST = 20, 36, 37
#: Days of care before a pause, the days of the shortest pause, and how many more it may have.
_PAUSED_AFTER, _SHORTEST_PAUSE, _LONGER_PAUSE = 30, 8, 54
#: Volumes that assignments have.
_VOLUMES = 4


@dataclass(frozen=True, slots=True)
class Periods:
    """Assignment numbers, shape (P,), and their versions, shape (Q,).

    Attributes:
        visit, municipality, number: of which visit, whose, and its number there.
        contract: how many new contracts came before it.
        decided, begin, end: of the first version.
        start, stop: first and last day of care on it; ``reason`` (JZ588) why it stopped.
        paused, resumed: last day before a pause and first day after it, ``NEVER`` without one.
        of: the number (place in the arrays above) that a version belongs to.
        version_decided, version_end, version_reason, volume: what a version says.
        nth: place of the version among those of its number.
    """

    visit: Ints
    municipality: Ints
    number: Ints
    contract: Ints
    decided: Ints
    begin: Ints
    end: Ints
    start: Ints
    stop: Ints
    reason: Ints
    paused: Ints
    resumed: Ints
    of: Ints
    version_decided: Ints
    version_end: Ints
    version_reason: Ints
    volume: Ints
    nth: Ints


@dataclass(slots=True)
class _Rows:
    """Rows of a table as they are made, a list for each column."""

    columns: dict[str, list[int]] = field(default_factory=dict)

    def add(self, **row: int) -> int:
        for name, value in row.items():
            self.columns.setdefault(name, []).append(value)
        return len(self.columns["decided"]) - 1

    def __getitem__(self, name: str) -> list[int]:
        return self.columns[name]

    def array(self, name: str) -> Ints:
        return np.array(self.columns.get(name, []), dtype=np.int64)


def periods_of(courses: Courses, options: BoxOptions, providers: int) -> Periods:
    """Every assignment of every visit that was decided by the last day."""
    work = _Work(courses, options, providers)
    for visit in np.flatnonzero(courses.decided <= courses.last).tolist():
        work.follow(visit)
    return work.periods()


class _Work:
    """The tables while they are made."""

    def __init__(self, courses: Courses, options: BoxOptions, providers: int) -> None:
        self._courses, self._options = courses, options
        chances = Chances.of(options.seed, Owner.VISIT, len(courses.youth))
        self._volume = 1 + chances.whole(Draw.VOLUME, _VOLUMES)
        self._renumbered = [
            chances.happens(Draw.RENUMBERED, options.renumbered, nth) for nth in range(8)
        ]
        self._turns = _turns_of_year(options, courses.last)
        of_providers = Chances.of(options.seed, Owner.PROVIDER, providers)
        self._new_contract = [
            of_providers.happens(Draw.NEW_CONTRACT, options.new_contracts, nth)
            for nth in range(len(self._turns))
        ]
        self._numbers = [100_000] * (int(courses.municipality.max(initial=0)) + 1)
        self._periods, self._versions = _Rows(), _Rows()

    def follow(self, visit: int) -> None:
        """One visit, from its first assignment to its last."""
        courses, options = self._courses, self._options
        over, start = int(courses.over[visit]), int(courses.start[visit])
        step = _Step(
            visit=visit,
            municipality=int(courses.municipality[visit]),
            decided=int(courses.decided[visit]),
            begin=int(courses.begin[visit]),
            end=self._first_end(visit),
            start=start,
            volume=int(self._volume[visit]),
        )
        self._open(step)
        while (turn := self._next(step, over)) is not None:
            at, why = turn
            in_care = step.start <= at
            step.decided = max(at - NOTICE, step.decided + 1)
            if why == EXTENDED and not (in_care and self._gets_new_number(step)):
                step.end += options.term_days
                self._version(step, step.end, EXTENDED)
                continue
            self._hand_over(step, at, why, in_care=in_care)
        self._close(step, over)

    def _first_end(self, visit: int) -> int:
        """Who is there at the start has been extended before, so that the end lies ahead."""
        begin, term = int(self._courses.begin[visit]), self._options.term_days
        past = max(0, -begin)
        return begin + term * (1 + past // term) - 1

    def _next(self, step: _Step, over: int) -> tuple[int, int] | None:
        """The last day before the next change and why it comes; None when the visit is over."""
        courses = self._courses
        turns = [(step.end, EXTENDED)]
        moved = int(courses.moved[step.visit])
        if moved > step.begin and not step.has_moved:
            turns.append((moved, MOVED))
        provider = courses.provider[step.visit]
        for day, anew in zip(self._turns, self._new_contract, strict=True):
            if anew[provider] and day >= step.begin and day - NOTICE > step.decided:
                turns.append((day, NEW_CONTRACT))
                break
        at, why = min(turns)
        if over <= at or max(at - NOTICE, step.decided + 1) > courses.last:
            return None
        return at, why

    def _gets_new_number(self, step: _Step) -> bool:
        again = step.extensions % len(self._renumbered)
        step.extensions += 1
        return bool(self._renumbered[again][step.visit])

    def _hand_over(self, step: _Step, at: int, why: int, *, in_care: bool) -> None:
        """From the next day on another number."""
        if why != EXTENDED:
            self._version(step, at, why)
        if in_care:
            reason = BY_REQUEST if why == EXTENDED else BY_MUNICIPALITY
            self._stop(step, at, reason)
            step.start = at + 1
        if why == NEW_CONTRACT:
            step.contracts += 1
        if why == MOVED:
            step.has_moved = True
            step.municipality = int(self._courses.moved_to[step.visit])
        step.volume = step.volume % _VOLUMES + 1
        step.begin, step.end = at + 1, at + self._options.term_days
        self._open(step)

    def _open(self, step: _Step) -> None:
        self._numbers[step.municipality] += 1
        step.period = self._periods.add(
            visit=step.visit, municipality=step.municipality,
            number=self._numbers[step.municipality], contract=step.contracts,
            decided=step.decided, begin=step.begin, end=step.end, start=NEVER, stop=NEVER, reason=0,
        )  # fmt: skip
        step.nth = 0
        self._version(step, step.end, 0)

    def _version(self, step: _Step, end: int, reason: int) -> None:
        self._versions.add(
            of=step.period, decided=step.decided, end=end, reason=reason, volume=step.volume,
            nth=step.nth,
        )  # fmt: skip
        step.nth += 1

    def _stop(self, step: _Step, day: int, reason: int) -> None:
        self._periods["start"][step.period] = step.start
        self._periods["stop"][step.period] = day
        self._periods["reason"][step.period] = reason

    def _close(self, step: _Step, over: int) -> None:
        """The end of a visit; or how it stands on the last day."""
        courses = self._courses
        if over == NEVER:
            self._periods["start"][step.period] = step.start
        elif not courses.left[step.visit]:
            self._stop(step, over, int(courses.reason[step.visit]))
        else:
            step.decided = over
            away = OTHER_PROVIDER if courses.onward[step.visit] else OTHER_DOMAIN
            self._version(step, over, away)

    def periods(self) -> Periods:
        """The tables as arrays."""
        first = ("visit", "municipality", "number", "contract", "decided", "begin", "end",
                 "start", "stop", "reason")  # fmt: skip
        columns = {name: self._periods.array(name) for name in first}
        paused, resumed = _pauses(columns["start"], columns["stop"], self._options)
        return Periods(
            **columns,
            paused=paused,
            resumed=resumed,
            of=self._versions.array("of"),
            version_decided=self._versions.array("decided"),
            version_end=self._versions.array("end"),
            version_reason=self._versions.array("reason"),
            volume=self._versions.array("volume"),
            nth=self._versions.array("nth"),
        )


@dataclass(slots=True)
class _Step:
    """Where a visit has come to: its present number, and what is known of it."""

    visit: int
    municipality: int
    decided: int
    begin: int
    end: int
    start: int
    volume: int
    contracts: int = 0
    extensions: int = 0
    has_moved: bool = False
    period: int = 0
    nth: int = 0


def _pauses(start: Ints, stop: Ints, options: BoxOptions) -> tuple[Ints, Ints]:
    """The last day before the pause of each period and the first day after it, or ``NEVER``."""
    chances = Chances.of(options.seed, Owner.PERIOD, len(start))
    paused = start + _PAUSED_AFTER
    resumed = paused + _SHORTEST_PAUSE + chances.whole(Draw.PAUSED_FOR, _LONGER_PAUSE)
    # Of care from before the start of the region there may be no message to tell a pause.
    possible = (start >= 0) & (start != NEVER) & (resumed < stop)
    happens = possible & chances.happens(Draw.PAUSED, options.paused)
    return np.where(happens, paused, NEVER), np.where(happens, resumed, NEVER)


def _turns_of_year(options: BoxOptions, last: int) -> list[int]:
    """The last days of December, from the one before the start on."""
    years = range(options.start.year - 1, options.day(last).year + 1)
    return [(date(year, 12, 31) - options.start).days for year in years]
