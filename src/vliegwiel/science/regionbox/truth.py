"""What is true of a generated region: who was helped when, and how long everybody waited.

It is taken from the visits themselves, before a message was made of them, so that what comes out of
the messages can be held against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .box import Box
from .courses import NEVER
from .periods import PAUSE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Clocks of a wait, by the names of the methods: from what to what.
CLOCKS: Mapping[str, str] = {
    "W1": "from decision to start",
    "W2": "from the day that was agreed to start",
    "W3": "from request to start",
    "W4": "from request to decision",
    "W5": "from the first sign that a youth asks for help to the first help",
    "W6": "from the end of one trajectory to the next",
    "W7": "from decision to the day of observation, of who waits then",
}

#: The clocks of a wait for one visit; the others lie between visits.
OF_ONE_VISIT = ("W1", "W2", "W3", "W4", "W7")


@dataclass(frozen=True, slots=True)
class TrueWaits:
    """Every wait for a decision on or before a day, as it stands on that day; shape (W,) each.

    Whoever had help of the same provider and form until ``chain_days`` before does not wait.

    Attributes:
        on: the day, from the start of the region.
        visit: the visit that it is of.
        origin, agreed: day of the decision, and the first day that was agreed if that is later.
        asked: day of the request, ``NEVER`` without one.
        start: first day of care, ``NEVER`` when it has not begun.
        ended: day on which waiting stopped without care, ``NEVER`` when it did not.
    """

    on: int
    visit: Ints
    origin: Ints
    agreed: Ints
    asked: Ints
    start: Ints
    ended: Ints

    @property
    def started(self) -> Bools:
        """Whether care began, on or after the decision."""
        found: Bools = (self.start != NEVER) & (self.start >= self.origin)
        return found

    @property
    def retroactive(self) -> Bools:
        """Whether care began before it was decided: the wait lies before the decision."""
        found: Bools = self.start < self.origin
        return found

    @property
    def withdrawn(self) -> Bools:
        """Whether waiting stopped."""
        found: Bools = self.ended != NEVER
        return found

    @property
    def waiting(self) -> Bools:
        """Whether the youth waits on the day."""
        found: Bools = (self.start == NEVER) & ~self.withdrawn
        return found

    def days(self, clock: str) -> tuple[Bools, Ints]:
        """Which waits a clock counts, and how many days each of those has."""
        if clock == "W4":
            counts = self.asked != NEVER
            return counts, (self.origin - self.asked)[counts]
        if clock == "W7":
            return self.waiting, self.on - self.origin[self.waiting]
        since = {"W1": self.origin, "W2": self.agreed, "W3": self.asked}[clock]
        counts = self.started
        if clock == "W3":
            counts = (self.asked != NEVER) & (self.start != NEVER) & (self.start >= self.asked)
        return counts, (self.start - since)[counts]


def true_waits(box: Box, on: int, *, chain_days: int = 31) -> TrueWaits:
    """Every wait on a day of the region.

    Raises ValueError for a day after its last one.
    """
    courses = box.courses
    if on > courses.last:
        raise ValueError(f"the region ends on day {courses.last}, before day {on}")
    known = (courses.decided <= on) & ~_goes_on(box, chain_days)
    visit = np.flatnonzero(known)
    start, over = courses.start[visit], courses.over[visit]
    start = np.where(start <= on, start, NEVER)
    stopped = courses.left[visit] & (over < on) & (start == NEVER)
    return TrueWaits(
        on=on,
        visit=visit,
        origin=courses.decided[visit],
        agreed=np.maximum(courses.begin[visit], courses.decided[visit]),
        asked=courses.asked[visit],
        start=start,
        ended=np.where(stopped, over, NEVER),
    )


def _goes_on(box: Box, chain_days: int) -> Bools:
    """Of each visit whether help of the same provider and form ran, or had just ended, before."""
    courses = box.courses
    goes_on = np.zeros(len(courses.youth), dtype=np.bool_)
    helped: dict[tuple[int, str, int], list[tuple[int, int]]] = defaultdict(list)
    columns = (courses.youth, courses.care_type, courses.provider, courses.begin, courses.start)
    rows = zip(*(column.tolist() for column in (*columns, courses.over)), strict=True)
    for visit, (youth, care_type, provider, begin, start, over) in enumerate(rows):
        mine = helped[youth, box.catalogue.products[care_type].category, provider]
        goes_on[visit] = any(
            since < begin and until >= begin - 1 - chain_days for since, until in mine
        )
        if start != NEVER:
            mine.append((start, over))
    return goes_on


@dataclass(frozen=True, slots=True)
class TrueSpell:
    """Care on one assignment without a break; ``stop`` and ``reason`` are None while it goes on."""

    youth: int
    municipality: int
    number: int
    start: int
    stop: int | None
    reason: int | None


def true_spells(box: Box) -> Iterator[TrueSpell]:
    """All care that began by the last day of the region, by visit and then in order of time.

    Care that pauses is two spells on one assignment.
    """
    periods, last = box.periods, box.courses.last
    for at in np.flatnonzero(periods.start <= last).tolist():
        start = int(periods.start[at])
        if periods.paused[at] <= last:
            yield _spell(box, at, start, int(periods.paused[at]), PAUSE)
            start = int(periods.resumed[at])
        if start <= last:
            yield _spell(box, at, start, int(periods.stop[at]), int(periods.reason[at]))


def _spell(box: Box, period: int, start: int, stop: int, reason: int) -> TrueSpell:
    periods = box.periods
    # A stop that was agreed and lies ahead is none yet.
    over = stop <= box.courses.last
    return TrueSpell(
        youth=int(box.courses.youth[periods.visit[period]]),
        municipality=int(periods.municipality[period]),
        number=int(periods.number[period]),
        start=start,
        stop=stop if over else None,
        reason=reason if over else None,
    )


def wait_table(box: Box, waits: TrueWaits, norm_days: float) -> list[dict[str, object]]:
    """Each clock of one visit by form and provider: how many waits, and what is true of them.

    Waits from before the start of the region are left out: their starts would not all be seen.
    """
    courses, catalogue = box.courses, box.catalogue
    names: dict[str, list[str]] = {
        "all": ["all"] * len(waits.visit),
        "care_type": [box.histories.care_types[i] for i in courses.care_type[waits.visit].tolist()],
        "provider": [catalogue.agb[i] for i in courses.provider[waits.visit].tolist()],
    }
    rows: list[dict[str, object]] = []
    for clock in OF_ONE_VISIT:
        counts, days = waits.days(clock)
        inside = waits.origin[counts] >= 0
        for part, of_each in names.items():
            told = np.array(of_each, dtype=str)[counts][inside]
            for name in sorted(set(told.tolist())):
                mine = days[inside][told == name]
                rows.append({"clock": clock, part: name, **figures_of(mine, norm_days)})
    return rows


def figures_of(days: Ints, norm_days: float) -> dict[str, float]:
    """How many, mean, median, 90th percentile and share within the norm."""
    quantiles = np.quantile(days, [0.5, 0.9], method="inverted_cdf")
    return {
        "waits": len(days),
        "mean": round(float(days.mean()), 2),
        "median": float(quantiles[0]),
        "p90": float(quantiles[1]),
        "within_norm": round(float((days <= norm_days).mean()), 4),
    }
