"""Who waits when the forecast starts, and what awaits each of them: days until care, or leaving.

The youths who wait at the start are followed one by one through replications of the baseline, until
each of them has started or has stopped waiting. How many wait is what the document says; all other
assumed numbers are drawn, as in a forecast.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import (
    Purpose,
    child_keys,
    in_order,
    in_sequence,
    pack,
    uniforms,
    unpack,
)

from ._layout import LEAVING, STARTS, TRACE_LINE
from .compiling import compile_many
from .ensemble import ForecastPlan
from .forecast_rows import QueueRow
from .frames import Frame, frame
from .intervals import intervals
from .network import Network
from .workspace import Workspace

Floats = NDArray[np.float64]

#: Months of simulation; the next number only when somebody still waits after the one before.
_HORIZONS = (24, 60, 120, 240)
#: Of a long queue every place up to the first number is shown, then every fifth up to the second...
_STEPS = ((20, 1), (50, 5), (100, 10), (500, 50))
_FURTHER_ON = 100
_STARTED, _LEFT = 1, 2
#: Events for which there is room at first.
_ROOM = 1 << 16
#: Replications that are drawn and compiled together, at most.
_TOGETHER = 50
#: Replications done between two reports of progress.
_PIECE = 20


def shown_places(waiting: int) -> tuple[int, ...]:
    """The places of a queue that are shown, 1 being the first: all of a short one, few of a long.

    The first and the last are always among them.
    """
    found: list[int] = []
    done = 0
    for end, step in (*_STEPS, (waiting, _FURTHER_ON)):
        found += range(done + step, min(end, waiting) + 1, step)
        done = max(done, end)
    return tuple(found if not found or found[-1] == waiting else [*found, waiting])


@dataclass(frozen=True)
class WaitingPlan:
    """Who waits at the start of a forecast plan, followed through so many replications.

    Attributes:
        plan: its scenario does not matter here: who waits today is followed through the baseline.
        replications: each draws the assumed numbers anew.
    """

    plan: ForecastPlan
    replications: int = 200

    @cached_property
    def hash(self) -> str:
        """Of everything that decides the numbers."""
        return f"{self.plan.hash}:waiting:{self.replications}"

    @cached_property
    def waiting(self) -> tuple[int, ...]:
        """How many wait for each care type at the start: of a system that is warmed up nobody knows
        who they are, and nobody is followed.
        """
        if self.plan.system.warm_up_months:
            return (0,) * len(self.plan.system.care_types)
        found = (care.waiting_at_start for care in self.plan.system.care_types)
        return tuple(0 if one is None else math.floor(one.value + 0.5) for one in found)

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Care type (its number) and place in the queue of each youth who is followed."""
        return tuple((i, p) for i, n in enumerate(self.waiting) for p in shown_places(n))

    def follow(self, replications: Sequence[int]) -> list[Followed]:
        """What becomes of the youths in some replications.

        Drawing and compiling them together takes a fraction of the time of one by one.
        """
        found: dict[int, Followed] = {}
        for months in _HORIZONS:
            still = [number for number in replications if number not in found]
            for number, network in zip(still, self._networks(still, months), strict=True):
                one = _followed(network, self.plan.key(number), self.places)
                if (one.outcome > 0).all() or months == _HORIZONS[-1]:
                    found[number] = one
        return [found[number] for number in replications]

    def _networks(self, replications: Sequence[int], months: int) -> list[Network]:
        """The baseline in each replication, with as many waiting as the document says."""
        if not replications:
            return []
        plan, count = self.plan, len(replications)
        values = plan.derivations.values_of_many(plan.draws_of(replications), count)
        for care, waiting in zip(plan.system.care_types, self.waiting, strict=True):
            if care.waiting_at_start is not None:
                values[f"care_types.{care.id}.waiting_at_start"] = np.full(count, float(waiting))
        compiled = compile_many(plan.system, None, self._frame(months), values)
        return [arm.network for arm, _ in compiled]

    def _frame(self, months: int) -> Frame:
        if months not in self._frames:
            self._frames[months] = frame(self.plan.system, None, months)
        return self._frames[months]

    @cached_property
    def _frames(self) -> dict[int, Frame]:
        return {}


@dataclass(frozen=True, slots=True)
class Followed:
    """Of each youth: days waited before the start, days until what came, and what that was.

    ``outcome`` is 1 for a start, 2 for leaving and 0 when the simulation ended first.
    """

    waited: Floats
    days: Floats
    outcome: NDArray[np.int8]


def _followed(network: Network, key: int, places: Sequence[tuple[int, int]]) -> Followed:
    """The first event in the queue of each youth, told by the kernel itself."""
    known = network.types if network.known_types is None else network.known_types
    first = len(network.candidates) + known
    types = np.array([i for i, _ in places], dtype=np.int64)
    place = np.array([p for _, p in places], dtype=np.int64)
    keys = np.empty(len(places), dtype=np.int64)
    for i in np.unique(types).tolist():
        here = types == i
        keys[here] = child_keys(key, first + i, int(place[here].max()))[place[here] - 1]
    waiting = network.waiting[types]
    behind = waiting - place + 1 - uniforms(keys, int(Purpose.CENSUS_WAIT), 0)
    days = np.full(len(places), np.nan)
    outcome = np.zeros(len(places), dtype=np.int8)
    if len(places):
        youths, times, what = _first_events(network, key, keys, types)
        days[youths], outcome[youths] = times, what
    waited = network.waiting_span[types] * behind / waiting
    if network.waited is not None:
        for i in np.flatnonzero(network.waited.known).tolist():
            waited[types == i] = network.waited.at(i, (behind / waiting)[types == i])
    return Followed(waited, days, outcome)


def _first_events(
    network: Network, key: int, keys: NDArray[np.int64], types: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Floats, NDArray[np.int8]]:
    """Youths of whom there is one, with day and outcome of the first start or leaving of each."""
    trace = _trace(network, key)
    trace = trace[(trace[:, 2] == STARTS // 8) | (trace[:, 2] == LEAVING // 8)]
    order = np.argsort(keys)
    at = np.searchsorted(keys, trace[:, 1], sorter=order)
    youth = order[np.minimum(at, len(keys) - 1)]
    lines = np.flatnonzero((keys[youth] == trace[:, 1]) & (types[youth] == trace[:, 3]))
    # A youth may come back to the same care type: only the first event is that of today's queue.
    youths, first = np.unique(youth[lines], return_index=True)
    told = trace[lines[first]]
    what = np.where(told[:, 2] == STARTS // 8, _STARTED, _LEFT).astype(np.int8)
    return youths, told[:, 0].copy().view(np.float64), what


def _trace(network: Network, key: int) -> NDArray[np.int64]:
    """Every event of a replication, see :meth:`.workspace.Workspace.simulate`."""
    workspace, room = Workspace(network), _ROOM
    while True:
        trace = np.zeros((room, TRACE_LINE // 8), dtype=np.int64)
        events = workspace.simulate(key, trace).events
        if events <= room:
            return trace[:events]
        room = events


@dataclass(frozen=True)
class WaitingChunk:
    """What became of the youths in replications ``first`` up to, not including, ``last``.

    The arrays of :class:`Followed`, with the replications before the youths.
    """

    plan_hash: str
    first: int
    last: int
    waited: Floats
    days: Floats
    outcome: NDArray[np.int8]

    def to_bytes(self) -> bytes:
        """Bytes to store until all chunks are there."""
        return pack(
            plan=np.array(self.plan_hash),
            span=np.array([self.first, self.last]),
            waited=self.waited,
            days=self.days,
            outcome=self.outcome,
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> WaitingChunk:
        """The chunk that :meth:`to_bytes` wrote.

        Raises:
            ValueError: when the bytes are not those of a chunk.
        """
        plan, span, waited, days, outcome = unpack(
            data, "plan", "span", "waited", "days", "outcome"
        )
        return cls(
            str(plan), int(span[0]), int(span[1]),
            waited.astype(np.float64, copy=False), days.astype(np.float64, copy=False),
            outcome.astype(np.int8, copy=False),
        )  # fmt: skip


def run_waiting(plan: WaitingPlan, first: int, last: int, threads: int = 1) -> WaitingChunk:
    """Do replications ``first`` up to, not including, ``last``; the same on any number of threads.

    Raises:
        ValueError: when the span is empty or reaches outside the plan.
    """
    if not 0 <= first < last <= plan.replications:
        raise ValueError(f"no replications {first} to {last} in a plan of {plan.replications}")
    size = min(_TOGETHER, -(-(last - first) // max(1, threads)))
    spans = [range(at, min(at + size, last)) for at in range(first, last, size)]
    done = [one for part in in_order(plan.follow, spans, threads) for one in part]
    return WaitingChunk(
        plan.hash, first, last,
        np.stack([one.waited for one in done]),
        np.stack([one.days for one in done]),
        np.stack([one.outcome for one in done]),
    )  # fmt: skip


def summarise_waiting(plan: WaitingPlan, chunks: Sequence[WaitingChunk]) -> tuple[QueueRow, ...]:
    """What awaits who waits today, by care type and place, from all chunks of a plan.

    Raises:
        ValueError: when chunks are missing, double or of another plan.
    """
    ordered = in_sequence(chunks, plan.hash, plan.replications)
    outcome = np.concatenate([chunk.outcome for chunk in ordered])
    days = np.concatenate([chunk.days for chunk in ordered])
    # Told of the replications in which care starts, with the shares of the others beside it.
    until = intervals(np.where(outcome == _STARTED, days, np.nan), least=0.0)
    waited = intervals(np.concatenate([chunk.waited for chunk in ordered]))
    shares = {what: (outcome == what).mean(axis=0) for what in (_LEFT, 0)}
    ids = plan.plan.system.care_type_ids
    return tuple(
        QueueRow(
            care_type=ids[i],
            place=place,
            waited=waited[k,],
            days=until[k,],
            leaves=float(shares[_LEFT][k]),
            waits_on=float(shares[0][k]),
        )
        for k, (i, place) in enumerate(plan.places)
    )


def waiting_today(
    plan: ForecastPlan,
    *,
    replications: int = 200,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[QueueRow, ...]:
    """Who waits at the start of a forecast plan, in one call.

    Args:
        replications: how often each youth is followed.
        threads: replications at once; they do not change the result.
        progress: called with replications done and their number; what it raises stops the work.
    """
    whole = WaitingPlan(plan, replications)
    done = []
    for first in range(0, replications, _PIECE):
        last = min(first + _PIECE, replications)
        done.append(run_waiting(whole, first, last, threads))
        if progress is not None:
            progress(last, replications)
    return summarise_waiting(whole, done)
