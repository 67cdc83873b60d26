"""The life of every youth in one replication: what the kernel saw, a row for each visit.

Where :mod:`.ensemble` counts, this tells: who came to which care type when, waited, was helped and
went on. It is what messages about a region would be about, with nothing missing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import ATTEMPTS, Purpose, child_keys, uniforms

from ._layout import (
    AGE_ENDS,
    CHOOSES,
    COUNTED,
    EXTENSION_ENDS,
    TRACE_LINE,
    YOUTH_LINE,
)
from .addresses import entries
from .compiling import compile_arms
from .ensemble import ForecastPlan
from .model import CareSystem
from .network import Network
from .stations import stations
from .workspace import Workspace

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_SIZES = frozenset({"youths", "youths/month", "places"})
_ROOM = 1 << 16
_ARRIVALS, _STARTS, _ENDS, _LEAVING = map(COUNTED.index, ("arrivals", "starts", "ends", "leaving"))
_IN_CARE, _WAITS = COUNTED.index("census"), COUNTED.index("waiting_since")


class Ending(IntEnum):
    """How a visit ended: not yet; care ended, by itself or by age; stopped waiting, idem."""

    OPEN = 0
    ENDED = 1
    TOO_OLD = 2
    LEFT = 3
    LEFT_TOO_OLD = 4


@dataclass(frozen=True, slots=True)
class Histories:
    """Every visit of every youth to a care type, by youth and then in order of time.

    There are V visits. Times are in days since the start; what lies before it is negative, what has
    not happened by ``horizon`` is NaN.

    Attributes:
        start: the first day. ``horizon``: the number of days that were simulated.
        care_types, referrers, municipalities: their ids, in the order of the document.
        stations: care type and provider (None where providers are not told apart) by number.
        youth: number of the youth, from 0, shape (V,) as all that follow.
        care_type, station, municipality: numbers. Who waits in the one queue of several providers
            stands at the first of them until care starts.
        referrer: who sent the youth into care at first; -1 for who was there at the start.
        arrived: NaN for who was in care at the start already.
        started: of who was in care at the start a day before it, as fits what was left of the stay.
            In a system that is warmed up all is told of who is there at the start.
        ended: end of care, or of the waiting of who stopped waiting.
        why: an :class:`Ending`.
        to: where the youth went: a care type, ``base`` (their number) or ``out`` (one more); -1
            when the visit has not ended.
        before: care type of the visit that this one follows at once, -1 when there is none.
        extended: whether care ended in an extension.
        succeeded: 1 or 0 where care ended and the model knows of success, else -1.
        born: day of birth, NaN in a model without ages.
    """

    start: date
    horizon: float
    care_types: tuple[str, ...]
    referrers: tuple[str, ...]
    municipalities: tuple[str, ...]
    stations: tuple[tuple[str, str | None], ...]
    youth: Ints
    care_type: Ints
    station: Ints
    municipality: Ints
    referrer: Ints
    arrived: Floats
    started: Floats
    ended: Floats
    why: Ints
    to: Ints
    before: Ints
    extended: Bools
    succeeded: Ints
    born: Floats

    def __len__(self) -> int:
        """Number of visits."""
        return len(self.youth)

    @property
    def youths(self) -> int:
        """Number of youths."""
        return int(self.youth[-1]) + 1 if len(self) else 0

    @property
    def base(self) -> int:
        """Number that stands for the base provisions as a destination."""
        return len(self.care_types)

    @property
    def out(self) -> int:
        """Number that stands for leaving youth care as a destination."""
        return len(self.care_types) + 1


def histories(
    system: CareSystem, months: int, seed: int = 1, *, scale: float = 1.0, replication: int = 0
) -> Histories:
    """The lives of all youths of a care system in so many months, with its numbers as written.

    Args:
        months: from the start of the care system, 1 to 240.
        seed: 0 to 2**63 - 1; with ``replication`` it decides every fate.
        scale: a region of another size: referrals, places (one at least), budgets and who is there
            at the start are multiplied by it.

    Raises:
        ValueError: when a number lies outside its bounds.
    """
    if not 0 < scale <= 1000:
        raise ValueError(f"the scale must lie between 0 and 1000, not {scale}")
    plan = ForecastPlan(system, months=months, seed=seed, by_municipality=True)
    arm, _ = compile_arms(system, None, plan.frame, scaled_values(plan, scale))
    network, key = arm.network, plan.key(replication)
    before = float(sum(month.days for month in plan.frame.months[: plan.frame.warm_up]))
    lines, youths = _traced(network, key)
    visits = _Visits.of(network, key, lines, youths)
    return Histories(
        start=system.start,
        horizon=network.horizon - before,
        care_types=system.care_type_ids,
        referrers=tuple(referrer.id for referrer in system.referrers),
        municipalities=tuple(municipality.code for municipality in system.municipalities),
        stations=tuple(
            (system.care_type_ids[s.form], s.provider.id if s.provider else None)
            for s in stations(system)
        ),
        **_since_start(visits.columns(), before),
    )


def _since_start(columns: Mapping[str, Any], before: float) -> Mapping[str, Any]:
    """The visits that had not ended at the start, which comes so many days into the simulation."""
    if before == 0.0:
        return columns
    there = ~(columns["ended"] < before)
    found = {name: column[there] for name, column in columns.items()}
    found["youth"] = np.unique(found["youth"], return_inverse=True)[1]
    return found | {name: found[name] - before for name in ("arrived", "started", "ended", "born")}


def scaled_values(plan: ForecastPlan, scale: float) -> Mapping[str, float]:
    """The written value of every address, those of sizes multiplied."""
    values = plan.derivations.values({})
    for entry in entries(plan.system):
        address = entry.address
        if address.startswith("workings."):
            continue
        if entry.unit == "places":
            values[address] = max(values[address] * scale, min(1.0, values[address]))
        elif entry.unit in _SIZES or ".ceiling" in address:
            values[address] *= scale
    return values


def _traced(network: Network, key: int) -> tuple[Ints, Ints]:
    """Every event and who is there at the start, with the youth of each line."""
    workspace = Workspace(network)
    present = int(network.in_care.sum() + network.waiting.sum())
    room = _ROOM
    while True:
        lines = np.zeros((room, TRACE_LINE // 8), dtype=np.int64)
        youths = np.zeros((room, YOUTH_LINE // 8), dtype=np.int64)
        needed = workspace.simulate(key, lines, youths).events + present
        if needed <= room:
            return lines[:needed], youths[:needed]
        room = needed


@dataclass(frozen=True, slots=True)
class _Visits:
    """The lines of a trace by youth and in order, and the visits that they belong to.

    ``visit`` is the visit of each line; ``first`` and ``last`` are lines of each visit.
    """

    network: Network
    key: int
    time: Floats
    what: Ints
    lines: Ints
    youths: Ints
    youth: Ints
    visit: Ints
    first: Ints
    last: Ints

    @classmethod
    def of(cls, network: Network, key: int, lines: Ints, youths: Ints) -> _Visits:
        _, seen, inverse = np.unique(lines[:, 1], return_index=True, return_inverse=True)
        number = np.empty(len(seen), dtype=np.int64)
        number[np.argsort(seen)] = np.arange(len(seen))
        youth = number[inverse.reshape(-1)]
        order = np.argsort(youth, kind="stable")
        lines, youths = lines[order], youths[order]
        begins = np.isin(lines[:, 2], (_ARRIVALS, _IN_CARE, _WAITS))
        first = np.flatnonzero(begins)
        return cls(
            network=network,
            key=key,
            time=np.ascontiguousarray(lines[:, 0]).view(np.float64),
            what=lines[:, 2],
            lines=lines,
            youths=youths,
            youth=youth[order][first],
            visit=np.cumsum(begins) - 1,
            first=first,
            last=np.append(first[1:], len(lines))[: len(first)] - 1,
        )

    def columns(self) -> dict[str, Any]:
        """The columns of :class:`Histories`."""
        care_type, why, ended = self.lines[self.first, 3], self._why(), self._at(_ENDS, _LEAVING)
        arrived = self._at(_ARRIVALS, _WAITS)
        # Who goes on to other care arrives there at the moment at which this ends.
        goes_on = (np.diff(self.youth) == 0) & (ended[:-1] == arrived[1:])
        follows = np.append(False, goes_on)[: len(self.youth)]
        number = self._number()
        succeeded = self._succeeded(care_type, why, number)
        ages = self.network.features.ages
        born = np.ascontiguousarray(self.youths[self.first, 4]).view(np.float64)
        return {
            "youth": self.youth,
            "care_type": care_type,
            "station": self.youths[self.last, 1],
            "municipality": self.youths[self.first, 0],
            "referrer": self._referrer(),
            "arrived": arrived,
            "started": self._at(_STARTS, _IN_CARE),
            "ended": ended,
            "why": why,
            "to": self._to(
                care_type, why, number, succeeded, np.append(goes_on, False)[: len(self.youth)]
            ),
            "before": np.where(follows, np.append(-1, care_type[:-1])[: len(follows)], -1),
            "extended": (why == Ending.ENDED) & (self.youths[self.last, 2] == EXTENSION_ENDS),
            "succeeded": succeeded,
            "born": np.full(len(born), math.nan) if ages is None else born,
        }

    def _at(self, *kinds: int) -> Floats:
        """The moment of the line of one of these kinds in each visit, NaN without one."""
        found = np.full(len(self.first), math.nan)
        there = np.isin(self.what, kinds)
        found[self.visit[there]] = self.time[there]
        return found

    def _why(self) -> Ints:
        last, youths = self.what[self.last], self.youths[self.last]
        ended = np.where(youths[:, 2] == AGE_ENDS, Ending.TOO_OLD, Ending.ENDED)
        left = np.where(youths[:, 3] == 1, Ending.LEFT_TOO_OLD, Ending.LEFT)
        return np.select([last == _ENDS, last == _LEAVING], [ended, left], Ending.OPEN)

    def _number(self) -> Ints:
        """Number of each visit as the kernel counts: 0 for where somebody is at the start."""
        begin = np.append(True, np.diff(self.youth) != 0)[: len(self.youth)]
        places = np.arange(len(self.youth))
        within = places - np.maximum.accumulate(np.where(begin, places, 0))
        present = self.what[self.first] != _ARRIVALS
        return within + np.where(present[begin][self.youth], 0, 1)

    def _draws(self, purpose: Purpose, number: Ints) -> Floats:
        return uniforms(self.lines[self.first, 1], int(purpose), number * ATTEMPTS)

    def _succeeded(self, care_type: Ints, why: Ints, number: Ints) -> Ints:
        outcomes = self.network.features.outcomes
        if outcomes is None:
            return np.full(len(care_type), -1)
        chance = outcomes.success[0, care_type]
        known = (why == Ending.ENDED) & (chance <= 1.0)
        return np.where(known, self._draws(Purpose.SUCCESS, number) < chance, -1)

    def _to(
        self, care_type: Ints, why: Ints, number: Ints, succeeded: Ints, goes_on: Bools
    ) -> Ints:
        """Where youths go: to care as they did, else as they chose, and out when too old for it."""
        network, n = self.network, self.network.types
        following, owner = network.following, care_type
        if network.features.outcomes is not None:
            following = network.features.outcomes.following
            owner = np.where(succeeded == 0, n + care_type, care_type)
        chosen = _outcome(following.reference[owner], self._draws(Purpose.NEXT, number))
        to = np.where(why == Ending.ENDED, chosen, n + 1)
        leaving = network.features.leaving
        if leaving is not None:
            chosen = _outcome(leaving.reference[care_type], self._draws(Purpose.LEAVE, number))
            chooses = (why == Ending.LEFT) & (network.leave_to[care_type] == CHOOSES)
            to = np.where(chooses, chosen, to)
        to = np.where(to < n, n + 1, to)  # who did not arrive there was too old for it
        to[goes_on] = np.append(care_type[1:], -1)[: len(to)][goes_on]
        return np.where(why == Ending.OPEN, -1, to)

    def _referrer(self) -> Ints:
        """Who sent each youth: the source among whose candidates the key is."""
        keys = self.lines[self.first, 1]
        found = np.full(len(keys), -1)
        ends = np.append(0.0, self.network.month_ends)
        for source, rates in enumerate(self.network.candidates):
            mean = float(np.sum(rates * np.diff(ends)))
            # Twelve standard deviations: nobody is missed.
            mine = child_keys(self.key, source, math.ceil(mean + 12 * math.sqrt(mean) + 64))
            found[np.isin(keys, mine)] = source
        return found


def _outcome(cumulative: Floats, drawn: Floats) -> Ints:
    """The first outcome whose cumulative probability lies above the number drawn."""
    outcome: Ints = np.sum(drawn[:, None] >= cumulative[:, :-1], axis=1)
    return outcome
