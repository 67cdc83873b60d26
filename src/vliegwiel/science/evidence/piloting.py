"""Simulated pilots: where each takes place, and what would be counted with and without it.

A replication draws the assumed numbers of the care system anew, as in a forecast, draws by lot what
is not given, and simulates the same youths twice: with the pilot, and without it for how often the
test sees what is not there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import ForecastPlan, count_by_municipality
from vliegwiel.science.kernel import (
    Month,
    Purpose,
    child_key,
    in_order,
    in_sequence,
    pack,
    uniform,
    unpack,
)

from .designs import NEVER, Seen
from .outcomes import sums
from .planning import PilotPlan
from .scheduling import piloted

Values32 = NDArray[np.float32]
Ints = NDArray[np.int64]
#: The municipalities in which a pilot begins, and when.
Schedule = tuple[tuple[str, Month], ...]

#: Owner of the lots among the children of a replication's key.
_LOTS = 1 << 21
#: Schedules of which the months and exposures are kept.
_KEPT = 64
#: Pilots that are compiled together: more would hardly be faster, and take more memory.
_TOGETHER = 50
_STORED = ("plan", "span", "above", "below", "youths", "starts", "taking_part")


@dataclass(frozen=True, slots=True)
class PilotPiece:
    """Simulated pilots ``first`` up to, not including, ``last``, with ``number`` pilot sites.

    Attributes:
        above, below, youths: by arm (without and with the pilot), pilot, month and group, shape
            (2, R, M, G).
        starts, taking_part: see :class:`Seen`, shape (R, G).
    """

    plan_hash: str
    number: int
    first: int
    last: int
    above: Values32
    below: Values32
    youths: Values32
    starts: Ints
    taking_part: NDArray[np.bool_]

    def to_bytes(self) -> bytes:
        """Compressed bytes, to store until all pieces are there."""
        return pack(
            plan=np.array(self.plan_hash),
            span=np.array([self.number, self.first, self.last]),
            above=self.above,
            below=self.below,
            youths=self.youths,
            starts=self.starts,
            taking_part=self.taking_part,
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> PilotPiece:
        """The piece that :meth:`to_bytes` wrote.

        Raises:
            ValueError: when the bytes are not those of a piece.
        """
        plan, span, above, below, youths, starts, taking_part = unpack(data, *_STORED)
        return cls(
            plan_hash=str(plan),
            number=int(span[0]),
            first=int(span[1]),
            last=int(span[2]),
            above=above.astype(np.float32, copy=False),
            below=below.astype(np.float32, copy=False),
            youths=youths.astype(np.float32, copy=False),
            starts=starts.astype(np.int64, copy=False),
            taking_part=taking_part.astype(np.bool_, copy=False),
        )


@dataclass(frozen=True, slots=True)
class _Lot:
    """Where a simulated pilot takes place."""

    begins: dict[str, Month]
    starts: Ints
    taking_part: NDArray[np.bool_]

    @property
    def schedule(self) -> Schedule:
        """Equal for lots in which everything begins in the same places and months."""
        return tuple(sorted(self.begins.items()))


@dataclass
class _Schedules:
    """Forecast plans by schedule, of which making one takes longer than a simulation."""

    plan: PilotPlan
    _known: OrderedDict[Schedule, ForecastPlan] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, lot: _Lot) -> ForecastPlan:
        key = lot.schedule
        with self._lock:
            if key not in self._known:
                self._known[key] = self._made(lot)
                if len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return self._known[key]

    def _made(self, lot: _Lot) -> ForecastPlan:
        made = replace(self.plan.numbers_drawn, scenario=piloted(self.plan.scenario, lot.begins))
        made.frame  # noqa: B018  (worked out once, not by several threads at once)
        return made


def run_pilots(plan: PilotPlan, number: int, first: int, last: int, threads: int = 1) -> PilotPiece:
    """Simulate pilots ``first`` up to, not including, ``last`` with so many sites.

    The first ``plan.replications`` are for the search, as many after them to confirm its answer.

    Args:
        threads: how many at once; the result is the same whatever the number.

    Raises:
        ValueError: when the span is empty or reaches outside the plan, or the plan does not try
            this number of sites.
    """
    if number not in plan.tried or not 0 <= first < last <= 2 * plan.replications:
        raise ValueError(f"the plan has no pilots {first} to {last} with {number} sites")
    schedules = _Schedules(plan)
    days = np.array([float(plan.begin.plus(k - plan.months_before).days)
                     for k in range(plan.months)])  # fmt: skip

    lots = {replication: _lot(plan, number, replication) for replication in range(first, last)}

    def some(replications: Sequence[int]) -> list[NDArray[np.float32]]:
        arms = count_by_municipality(
            schedules.of(lots[replications[0]]), replications, _values(plan, replications)
        )
        counted = ([sums(plan.outcome, one, plan.types, days) for one in each] for each in arms)
        return [np.array([(c.above, c.below, c.youths) for c in each], np.float32)
                for each in counted]  # fmt: skip

    alike = _alike(lots, max(1, min(_TOGETHER, -(-(last - first) // max(1, threads)))))
    made = in_order(some, alike, threads)
    done = {
        replication: table
        for replications, tables in zip(alike, made, strict=True)
        for replication, table in zip(replications, tables, strict=True)
    }
    tables = np.stack([done[replication] for replication in lots], axis=1)
    return PilotPiece(
        plan_hash=plan.hash,
        number=number,
        first=first,
        last=last,
        above=tables[:, :, 0],
        below=tables[:, :, 1],
        youths=tables[:, :, 2],
        starts=np.stack([lot.starts for lot in lots.values()]),
        taking_part=np.stack([lot.taking_part for lot in lots.values()]),
    )


def _alike(lots: Mapping[int, _Lot], most: int) -> list[list[int]]:
    """Replications with the same schedule, so many together at most: they are compiled at once."""
    by_schedule: dict[Schedule, list[int]] = {}
    for replication, lot in lots.items():
        by_schedule.setdefault(lot.schedule, []).append(replication)
    return [
        same[at : at + most] for same in by_schedule.values() for at in range(0, len(same), most)
    ]


def _values(plan: PilotPlan, replications: Sequence[int]) -> dict[str, NDArray[np.float64]]:
    """What the replications draw, of every address the value in each of them."""
    numbers, count = plan.numbers_drawn, len(replications)
    hoped = {
        assumed.address: np.full(count, assumed.value)
        for assumed in numbers.derivations.ranges
        if plan.hoped and assumed.address.startswith("interventions.")
    }
    return numbers.derivations.values_of_many({**numbers.draws_of(replications), **hoped}, count)


def _by_lot(plan: PilotPlan, replication: int, codes: Sequence[str]) -> list[str]:
    """The municipalities in an order by lot that is this replication's own."""
    key = child_key(child_key(plan.seed, 0, replication), _LOTS, 0)
    luck = {code: uniform(key, int(Purpose.PARAMETER), int(code)) for code in codes}
    return sorted(codes, key=luck.__getitem__)


def _lot(plan: PilotPlan, number: int, replication: int) -> _Lot:
    drawn = plan.method.drawn
    if drawn == "sites":
        pilots = _by_lot(plan, replication, plan.available)[:number]
    else:
        others = [code for code in plan.available if code not in plan.given]
        pilots = [*plan.given, *_by_lot(plan, replication, others)][:number]
    if drawn == "order":
        pilots = _by_lot(plan, replication, pilots)
    step = plan.step_months if drawn == "order" else 0
    when = {code: plan.months_before + j * step for j, code in enumerate(pilots)}
    system, second = plan.parted
    compared: set[str] = set()
    if drawn == "youths":
        compared = {second[code] for code in pilots}
    elif plan.method.compares:
        compared = set(plan.available) - set(pilots)
    codes = [municipality.code for municipality in system.municipalities]
    first = plan.begin.plus(-plan.months_before)
    return _Lot(
        begins={code: first.plus(month) for code, month in when.items()},
        starts=np.array([when.get(code, NEVER) for code in codes], dtype=np.int64),
        taking_part=np.array([code in when or code in compared for code in codes]),
    )


def site_of(plan: PilotPlan) -> Ints:
    """Number of the municipality of each group."""
    system, second = plan.parted
    first = {later: code for code, later in second.items()}
    codes = [municipality.code for municipality in system.municipalities]
    named = [first.get(code, code) for code in codes]
    numbers = {code: k for k, code in enumerate(dict.fromkeys(named))}
    return np.array([numbers[code] for code in named], dtype=np.int64)


def merge_pilots(plan: PilotPlan, number: int, pieces: Sequence[PilotPiece]) -> PilotPiece:
    """All simulated pilots with so many sites as one, in their order.

    Raises:
        ValueError: when a piece belongs to another plan, or pilots are missing or double.
    """
    count = 2 * plan.replications
    ordered = in_sequence([p for p in pieces if p.number == number], plan.hash, count)
    return PilotPiece(
        plan.hash, number, 0, count,
        np.concatenate([piece.above for piece in ordered], axis=1),
        np.concatenate([piece.below for piece in ordered], axis=1),
        np.concatenate([piece.youths for piece in ordered], axis=1),
        np.concatenate([piece.starts for piece in ordered]),
        np.concatenate([piece.taking_part for piece in ordered]),
    )  # fmt: skip


def seen(plan: PilotPlan, piece: PilotPiece, arm: int, span: slice) -> Seen:
    """What is seen of the pilots of a span: arm 0 without an effect, arm 1 with the pilot."""
    return Seen(
        above=piece.above[arm, span].astype(np.float64),
        below=piece.below[arm, span].astype(np.float64),
        starts=piece.starts[span],
        taking_part=piece.taking_part[span],
        site=site_of(plan),
        before=plan.months_before,
        lasting=plan.measure.lasting,
    )
