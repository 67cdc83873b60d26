"""The replications of a plan, taken together by month, by period or over all of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .ensemble import Chunk, ForecastPlan
from .measures import Counted, over
from .measuring import MEASURED, MUNICIPAL, QUANTILES

Floats = NDArray[np.float64]
#: Numbers of the baseline, and of the scenario when there is one.
Pair = tuple[Floats, Floats | None]


@dataclass(frozen=True)
class Replicated:
    """The merged replications of a plan; ``chunk`` holds all of them."""

    plan: ForecastPlan
    chunk: Chunk

    @property
    def paired(self) -> bool:
        """Whether there is a scenario beside the baseline."""
        return bool(self.chunk.measured.shape[1] == 2)

    @cached_property
    def days(self) -> Floats:
        """Length of each month."""
        return np.array([float(month.days) for month in self.plan.frame.months])

    def arms(self, starts: NDArray[np.int64] | None = None) -> tuple[Counted, Counted | None]:
        """Baseline and scenario by month, or by the periods that begin at these months."""
        made: list[Counted] = []
        for arm in range(self.chunk.measured.shape[1]):
            months = self.chunk.measured[:, arm]
            table, days = (months, self.days) if starts is None else over(months, starts, self.days)
            made.append(Counted(table, days, self.plan.limited, self.plan.unknown))
        return made[0], made[1] if self.paired else None

    @cached_property
    def _by_month(self) -> tuple[Counted, Counted | None]:
        return self.arms()

    @cached_property
    def _in_spans(self) -> tuple[Counted, Counted | None]:
        first, last = self.plan.spans.first, self.plan.spans.last
        starts = np.unique(np.array([0, first, last + 1], dtype=np.int64))
        return self.arms(starts[starts < len(self.days)])

    def by_month(self, name: str) -> Pair:
        """A measure by month, shape (replications, M, n + 1)."""
        if name in QUANTILES:
            return self._waits(name, slice(0, -1))
        baseline, scenario = self._by_month
        return baseline.measure(name), scenario.measure(name) if scenario is not None else None

    def in_period(self, name: str) -> Pair:
        """A measure over the last period, shape (replications, n + 1)."""
        if name in QUANTILES:
            return self._waits(name, -1)
        at = int(self.plan.spans.first > 0)
        baseline, scenario = self._in_spans
        changed = scenario.measure(name)[:, at] if scenario is not None else None
        return baseline.measure(name)[:, at], changed

    def _waits(self, name: str, months: slice | int) -> Pair:
        found = self.chunk.waits[:, :, list(QUANTILES).index(name)].astype(np.float64)
        return found[:, 0, months], found[:, 1, months] if self.paired else None

    def municipalities(self) -> tuple[Counted, Counted | None]:
        """The last period with municipalities in the place of periods; only MUNICIPAL and cost."""
        found = self.chunk.by_municipality.astype(np.float64)
        arms, rows = found.shape[1], len(MUNICIPAL)
        table = np.zeros((len(found), arms, len(MEASURED), *found.shape[3:]))
        for k, name in enumerate(MUNICIPAL):
            table[:, :, MEASURED.index(name)] = found[:, :, k]
        inside = self.plan.spans.in_period
        table[:, :, MEASURED.index("cost")] = found[:, :, rows:][:, :, inside].sum(axis=2)
        days = np.full(found.shape[3], float("nan"))
        made = [Counted(table[:, arm], days, self.plan.limited) for arm in range(arms)]
        return made[0], made[1] if self.paired else None

    def municipal_costs(self) -> Floats:
        """Cost of each span, shape (replications, arms, spans, municipalities, n)."""
        return self.chunk.by_municipality[:, :, len(MUNICIPAL) :].astype(np.float64)
