"""Counts by calendar year of every replication: few enough to keep, and to add up over regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import pack, unpack

from .ensemble import Chunk, ForecastPlan
from .measures import ALL, Band, bands, over
from .measuring import MEASURED
from .spans import year_starts
from .stations import is_limited

Floats = NDArray[np.float64]

#: What is kept of a year. The last three are of care types with a limit only: elsewhere nobody
#: waits.
_KEPT = ("starts", "waiting", "care_days", "cost")
_LIMITED = ("starts", "wait_sum", "within_norm")
#: What can be told of a year -> its unit, in the order in which it is shown.
YEAR_MEASURES: Mapping[str, str] = {
    "waiting_time": "days",
    "waiting_list": "youths",
    "in_care": "youths",
    "starts": "youths",
    "cost": "euro",
    "share_within_norm": "share",
}
_STORED = ("plan", "years", "days", "names", "table")


@dataclass(frozen=True)
class YearCounts:
    """What every replication counted in each calendar year.

    Attributes:
        plan: hash of the plan it belongs to, or what tells the plans apart that it is the sum of.
        years: the calendar years; the first and last may not be whole.
        days: how many days of each year, shape (Y,).
        names: the care types, and ``all`` last.
        table: shape (replications, arms, counts, Y, names).
    """

    plan: str
    years: tuple[int, ...]
    days: Floats
    names: tuple[str, ...]
    table: Floats

    def measure(self, name: str) -> Floats:
        """One of YEAR_MEASURES, shape (replications, arms, Y, names); not a number where unknown.

        The waiting time is that of youths who started in the year, the waiting list that at its
        end, and youths in care their mean over its days.
        """
        starts, waiting, care_days, cost, limited, waited, within = (
            self.table[:, :, k] for k in range(len(_KEPT) + len(_LIMITED))
        )
        if name in ("waiting_time", "share_within_norm"):
            above = waited if name == "waiting_time" else within
            unknown = np.full(above.shape, np.nan)
            ratio: Floats = np.divide(above, limited, out=unknown, where=limited > 0)
            return ratio
        found = {
            "starts": starts, "waiting_list": waiting, "cost": cost,
            "in_care": care_days / self.days[:, None],
        }  # fmt: skip
        return found[name]

    def bands(self, name: str) -> tuple[Mapping[str, Band], ...]:
        """A measure by name, with a value for each year: of the baseline, then, with a scenario,
        of the scenario and of the difference within replications."""
        samples = self.measure(name)
        arms = [samples[:, arm] for arm in range(samples.shape[1])]
        if len(arms) > 1:
            arms.append(arms[1] - arms[0])
        return tuple(dict(zip(self.names, bands(part), strict=True)) for part in arms)

    def plus(self, other: YearCounts) -> YearCounts:
        """Both added up, replication by replication; a care type that one lacks counts for nothing.

        Raises:
            ValueError: when they are not about the same years, arms and replications.
        """
        if (self.years, self.table.shape[:2]) != (other.years, other.table.shape[:2]):
            raise ValueError("only the same years, arms and replications can be added up")
        mine, theirs = self.names[:-1], other.names[:-1]
        names = (*mine, *(name for name in theirs if name not in mine), ALL)
        total = np.zeros((*self.table.shape[:-1], len(names)))
        for part in (self, other):
            total[..., [names.index(name) for name in part.names]] += part.table
        return YearCounts(f"{self.plan} {other.plan}", self.years, self.days, names, total)

    def to_bytes(self) -> bytes:
        """As bytes that :meth:`from_bytes` reads: every count to seven digits."""
        return pack(
            plan=np.array(self.plan), years=np.array(self.years), days=self.days,
            names=np.array(self.names), table=self.table.astype(np.float32),
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> YearCounts:
        """What :meth:`to_bytes` wrote.

        Raises:
            ValueError: when the bytes are something else, or damaged.
        """
        plan, years, days, names, table = unpack(data, *_STORED)
        return cls(
            plan=str(plan),
            years=tuple(int(year) for year in years),
            days=days.astype(np.float64),
            names=tuple(str(name) for name in names),
            table=table.astype(np.float64),
        )


def count_years(plan: ForecastPlan, chunks: Sequence[Chunk]) -> YearCounts:
    """The counts by year of chunks of a plan, in the order in which they are given.

    One chunk after another is reduced, so that chunks that are read when they are needed are not in
    memory together.
    """
    months = plan.frame.told
    starts = year_starts(months)
    days = np.array([float(month.days) for month in months])
    limited = np.array([is_limited(care) for care in plan.whole.care_types])
    return YearCounts(
        plan=plan.hash,
        years=tuple(months[start].year for start in starts),
        days=np.add.reduceat(days, starts),
        names=(*plan.whole.care_type_ids, ALL),
        table=np.concatenate([_of_years(chunk, starts, days, limited) for chunk in chunks]),
    )


def _of_years(
    chunk: Chunk, starts: NDArray[np.int64], days: Floats, limited: NDArray[np.bool_]
) -> Floats:
    arms = []
    for arm in range(chunk.measured.shape[1]):
        table, _days = over(chunk.measured[:, arm], starts, days)
        kept = [table[:, MEASURED.index(name)] for name in _KEPT]
        kept += [np.where(limited, table[:, MEASURED.index(name)], 0.0) for name in _LIMITED]
        each = np.stack(kept, axis=1)
        arms.append(np.concatenate([each, each.sum(axis=-1, keepdims=True)], axis=-1))
    return np.stack(arms, axis=1)
