"""Visits: who came to which form of care, when care started, when it ended and what came next.

All times are days since the first day of observation, as numbers that need not be whole. What had
not happened by the last day is NaN; what happened before the first day at an unknown moment is
minus infinity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month, months_from

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

#: What is not known of a visit: its provider, municipality, or what came next.
UNKNOWN = -1


class Ending(IntEnum):
    """How a visit ended: not yet, because care ended, or because the youth stopped waiting."""

    NOT_YET = 0
    CARE = 1
    WAITING = 2


class Came(IntEnum):
    """How a youth came, where no referrer sent him: numbers that no source has."""

    UNKNOWN = -1
    FROM_CARE = -2
    FROM_QUEUE = -3
    RETURNED = -4
    PRESENT = -5


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """What was seen of the visits of youths to forms of care between two days.

    Every array has one number for each of V visits.

    Attributes:
        begin: day 0, the first day on which everything was observed.
        until: days after it until which everything was observed, above 0.
        care_types, providers, municipalities, sources: the names that the numbers below stand for.
        youth: which youth, any whole number.
        care_type: place in ``care_types``.
        provider, municipality: place in theirs, or UNKNOWN.
        source: place in ``sources`` of who referred, or a :class:`Came`.
        age: years at arrival, NaN where unknown.
        arrived: day of arrival; minus infinity for who was there at a time that is not known.
        started: day on which care started; NaN while it has not.
        ended: day on which care ended or waiting stopped; NaN while it has not.
        ending: an :class:`Ending`.
        next: care type that followed, len(care_types) for base provisions, one more for out of
            care, or UNKNOWN.
        told: day on which ``next`` became known; NaN where it is UNKNOWN.
        extended: day on which the first agreed end passed and care went on; NaN where it did not.
        success: 1 with success, 0 without, UNKNOWN.
        knows_extensions: whether extensions were recorded at all.

    Raises:
        ValueError: for arrays of unequal length, places that do not exist, and days out of order.
    """

    begin: date
    until: float
    care_types: tuple[str, ...]
    providers: tuple[str, ...]
    municipalities: tuple[str, ...]
    sources: tuple[str, ...]
    youth: Ints
    care_type: Ints
    provider: Ints
    municipality: Ints
    source: Ints
    age: Floats
    arrived: Floats
    started: Floats
    ended: Floats
    ending: Ints
    next: Ints
    told: Floats
    extended: Floats
    success: Ints
    knows_extensions: bool = False

    def __post_init__(self) -> None:
        if not self.until > 0:
            raise ValueError("something must have been observed")
        count = len(self.youth)
        if any(getattr(self, name).shape != (count,) for name in _ARRAYS):
            raise ValueError("every array has one number for each visit")
        for name, names, least in (
            ("care_type", self.care_types, 0),
            ("provider", self.providers, UNKNOWN),
            ("municipality", self.municipalities, UNKNOWN),
            ("source", self.sources, min(Came)),
        ):
            found = getattr(self, name)
            if np.any(found < least) or np.any(found >= len(names)):
                raise ValueError(f"{name} holds a number without a name")
        if np.any(self.next < UNKNOWN) or np.any(self.next >= len(self.care_types) + 2):
            raise ValueError("next holds a number without a name")
        self._check_days()

    def _check_days(self) -> None:
        if np.any(np.isnan(self.arrived)) or np.any(self.arrived > self.until):
            raise ValueError("everybody arrived, and before the end of the observation")
        before = np.fmax(self.arrived, np.where(np.isnan(self.started), -np.inf, self.started))
        if np.any(self.started < self.arrived) or np.any(self.ended < before):
            raise ValueError("arriving, starting and ending come in this order")
        for name in ("started", "ended"):
            if np.any(getattr(self, name) > self.until):
                raise ValueError("nothing is known of after the observation")
        if np.any(np.isnan(self.ended) != (self.ending == Ending.NOT_YET)):
            raise ValueError("a visit has ended when there is a day on which it did")
        if np.any(np.isnan(self.started) & (self.ending == Ending.CARE)):
            raise ValueError("care cannot end that did not start")

    def __len__(self) -> int:
        return len(self.youth)

    @property
    def end(self) -> date:
        """The day until which everything was observed."""
        return self.day(self.until)

    @property
    def base(self) -> int:
        """Number in ``next`` of base provisions."""
        return len(self.care_types)

    @property
    def out(self) -> int:
        """Number in ``next`` of leaving care."""
        return len(self.care_types) + 1

    def day(self, days: float) -> date:
        """The date so many days after the first."""
        return self.begin + timedelta(days=int(np.floor(days)))

    @property
    def joined(self) -> Floats:
        """Day from which each visit is in the queue or in care, not before the observation."""
        return np.maximum(self.arrived, 0.0)

    @property
    def waited_until(self) -> Floats:
        """Day on which waiting was over, or the end of the observation."""
        over = np.where(np.isnan(self.started), self.ended, self.started)
        return np.where(np.isnan(over), self.until, over)

    @property
    def cared_until(self) -> Floats:
        """Day on which care was over, or the end of the observation; for who started."""
        return np.where(np.isnan(self.ended), self.until, self.ended)

    def those(self, chosen: NDArray[np.bool_]) -> Visits:
        """Some of the visits, over the same time."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in _ARRAYS})

    def before(self, day: date) -> Visits:
        """What had been seen by the begin of a day: nothing of it depends on anything later.

        Raises:
            ValueError: for a day that is not within the observation.
        """
        until = float((day - self.begin).days)
        if not 0 < until <= self.until:
            raise ValueError("the day must lie within the observation")
        found = self.those(self.arrived < until)
        running = ~(found.ended < until)
        unknown = running | ~(found.told < until)
        return replace(
            found,
            until=until,
            started=np.where(found.started < until, found.started, np.nan),
            ended=np.where(running, np.nan, found.ended),
            ending=np.where(running, int(Ending.NOT_YET), found.ending),
            next=np.where(unknown, UNKNOWN, found.next),
            told=np.where(unknown, np.nan, found.told),
            extended=np.where(found.extended < until, found.extended, np.nan),
            success=np.where(running, UNKNOWN, found.success),
        )

    @property
    def months(self) -> tuple[Month, ...]:
        """The whole calendar months of the observation."""
        first = Month.of(self.begin)
        if self.begin.day != 1:
            first = first.plus(1)
        return months_from(first, max(0, Month.of(self.end).minus(first)))

    def edges(self, months: Sequence[Month]) -> Floats:
        """The days on which months begin and the last one ends, shape (months + 1,)."""
        firsts = [month.first_day for month in (*months, months[-1].plus(1))]
        return np.array([(first - self.begin).days for first in firsts], dtype=np.float64)


_NOT_ARRAYS = (
    "begin", "until", "care_types", "providers", "municipalities", "sources", "knows_extensions",
)  # fmt: skip
_ARRAYS = tuple(field.name for field in fields(Visits) if field.name not in _NOT_ARRAYS)


@dataclass(frozen=True, slots=True)
class Presence:
    """Youths by month and care type, shape (months, care types).

    ``arrivals`` in the month; ``waiting`` and ``in_care`` at its end.
    """

    arrivals: Floats
    waiting: Floats
    in_care: Floats


def presence(visits: Visits, months: Sequence[Month]) -> Presence:
    """Who came in each month, and who waited and was in care at its end."""
    edges = visits.edges(months)
    shape = (len(months), len(visits.care_types))
    arrivals, waiting, in_care = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for i in range(shape[1]):
        own = visits.those(visits.care_type == i)
        arrivals[:, i] = np.histogram(own.arrived[own.arrived >= edges[0]], bins=edges)[0]
        # Who comes on the first day of the next month is not counted in the last bin.
        arrivals[-1, i] -= np.count_nonzero(own.arrived == edges[-1])
        waiting[:, i] = waiting_at(own, edges[1:])
        in_care[:, i] = in_care_at(own, edges[1:])
    return Presence(arrivals, waiting, in_care)


def waiting_at(visits: Visits, days: Floats) -> Ints:
    """How many wait at the begin of each of some days."""
    over = np.where(np.isnan(visits.started), visits.ended, visits.started)
    return _before(visits.arrived, days) - _before(over, days)


def in_care_at(visits: Visits, days: Floats) -> Ints:
    """How many are in care at the begin of each of some days."""
    over = visits.ended[visits.ending == Ending.CARE]
    return _before(visits.started, days) - _before(over, days)


def _before(happened: Floats, days: Floats) -> Ints:
    ordered = np.sort(happened[~np.isnan(happened)])
    return np.searchsorted(ordered, days, side="left").astype(np.int64)
