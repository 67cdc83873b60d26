"""The replications of a plan, taken together by month, by period or over all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import in_sequence

from .ensemble import Chunk, ForecastPlan
from .measures import Counted, counts_for, over
from .measuring import MEASURED, MUNICIPAL, QUANTILES

Floats = NDArray[np.float64]
#: Months of replications of which a measure is worked out at once, twelve months at most.
_MONTHS_TOGETHER = 6_000
#: Numbers of the baseline, and of the scenario when there is one.
Pair = tuple[Floats, Floats | None]


@dataclass(frozen=True)
class Replicated:
    """The replications of a plan, in chunks in their order.

    They stay apart: joined they would be in memory twice. One measure at a time is joined.
    """

    plan: ForecastPlan
    chunks: tuple[Chunk, ...]

    @classmethod
    def of(cls, plan: ForecastPlan, chunks: Sequence[Chunk]) -> Replicated:
        """All chunks of a plan, in whatever order they were done.

        Raises:
            ValueError: when a chunk belongs to another plan, or replications are missing or double.
        """
        return cls(plan, in_sequence(chunks, plan.hash, plan.replications))

    @property
    def paired(self) -> bool:
        """Whether there is a scenario beside the baseline."""
        return bool(self.chunks[0].measured.shape[1] == 2)

    def joined(self, name: str) -> NDArray[Any]:
        """One of the smaller arrays of a chunk, of all replications."""
        return np.concatenate([getattr(chunk, name) for chunk in self.chunks])

    @cached_property
    def days(self) -> Floats:
        """Length of each month."""
        return np.array([float(month.days) for month in self.plan.frame.told])

    def over(self, name: str, starts: NDArray[np.int64]) -> Pair:
        """A measure by the periods that begin at these months: (replications, P, n + 1)."""
        counts, days = counts_for(name), np.add.reduceat(self.days, starts)
        rows, made = [MEASURED.index(count) for count in counts], []
        for arm in range(1 + self.paired):
            months = (chunk.measured[:, arm, rows] for chunk in self.chunks)
            tables = tuple(over(table, starts, self.days, counts)[0] for table in months)
            counted = Counted(tables, days, self.plan.limited, self.plan.unknown, counts)
            made.append(counted.measure(name))
        return made[0], made[1] if self.paired else None

    def by_month(self, name: str) -> Iterator[Pair]:
        """A measure by month, some months after others: shape (replications, months, n + 1).

        All months of many replications together would take more memory than what was counted.
        """
        together = max(1, min(12, _MONTHS_TOGETHER // self.plan.replications))
        for first in range(0, len(self.days), together):
            some = slice(first, min(first + together, len(self.days)))
            if name in QUANTILES:
                yield self._waits(name, some)
            else:
                arms = [self._in_months(arm, some).measure(name) for arm in range(1 + self.paired)]
                yield arms[0], arms[1] if self.paired else None

    def _in_months(self, arm: int, some: slice) -> Counted:
        tables = tuple(chunk.measured[:, arm, :, some] for chunk in self.chunks)
        return Counted(tables, self.days[some], self.plan.limited, self.plan.unknown)

    def in_period(self, name: str) -> Pair:
        """A measure over the last period, shape (replications, n + 1)."""
        if name in QUANTILES:
            return self._waits(name, -1)
        first, last = self.plan.spans.first, self.plan.spans.last
        starts = np.unique(np.array([0, first, last + 1], dtype=np.int64))
        baseline, scenario = self.over(name, starts[starts < len(self.days)])
        at = int(first > 0)
        return baseline[:, at], scenario[:, at] if scenario is not None else None

    def _waits(self, name: str, months: slice | int) -> Pair:
        k = list(QUANTILES).index(name)
        kept = np.concatenate([chunk.waits[:, :, k, months] for chunk in self.chunks])
        limited = self.plan.limited
        found = np.full((*kept.shape[:-1], len(limited) + 1), np.nan)
        found[..., np.append(np.flatnonzero(limited), len(limited))] = kept
        return found[:, 0], found[:, 1] if self.paired else None

    def municipalities(self) -> tuple[Counted, Counted | None]:
        """The last period with municipalities in the place of periods; only MUNICIPAL and cost."""
        found = self.joined("by_municipality").astype(np.float64)
        arms, rows = found.shape[1], len(MUNICIPAL)
        table = np.zeros((len(found), arms, len(MEASURED), *found.shape[3:]))
        for k, name in enumerate(MUNICIPAL):
            table[:, :, MEASURED.index(name)] = found[:, :, k]
        inside = self.plan.spans.in_period
        table[:, :, MEASURED.index("cost")] = found[:, :, rows:][:, :, inside].sum(axis=2)
        days = np.full(found.shape[3], float("nan"))
        made = [Counted((table[:, arm],), days, self.plan.limited) for arm in range(arms)]
        return made[0], made[1] if self.paired else None

    def municipal_costs(self) -> Floats:
        """Cost of each span, shape (replications, arms, spans, municipalities, n)."""
        return self.joined("by_municipality")[:, :, len(MUNICIPAL) :].astype(np.float64)
