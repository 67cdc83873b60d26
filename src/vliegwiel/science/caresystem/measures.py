"""What a forecast tells, computed from what replications counted.

Waiting time, share within the norm and use of places are about care types with a limit on places:
elsewhere nobody waits, and counting them in would make every mean look better than it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .measuring import MEASURED

Floats = NDArray[np.float64]

#: Everything taken together, beside the ids of the care types.
ALL = "all"
#: Quantiles of a band: 80 per cent of the replications lie within it.
BAND = (0.1, 0.5, 0.9)

#: Numbers of which quantiles are taken at once.
_NUMBERS_TOGETHER = 1 << 18

#: Measure -> its unit, in the order in which they are shown.
MEASURES: Mapping[str, str] = {
    "waiting_time": "days",
    "waiting_time_median": "days",
    "waiting_time_p90": "days",
    "wait_so_far": "days",
    "waiting_list": "youths",
    "in_care": "youths",
    "starts": "youths",
    "arrivals": "youths",
    "ends": "youths",
    "leaving": "youths",
    "succeeded": "youths",
    "aged_out": "youths",
    "cost": "euro",
    "share_within_norm": "share",
    "utilisation": "share",
}
_SUMS = ("starts", "arrivals", "ends", "leaving", "succeeded", "aged_out", "cost")
_LEVELS = {"waiting_list": "waiting", "in_care": "in_care"}
_MEANS = {"mean_in_care": "care_days"}
_RATIOS = {
    "waiting_time": ("wait_sum", "starts"),
    "share_within_norm": ("within_norm", "starts"),
    "wait_so_far": ("waited", "waiting"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What one arm counted in a number of periods.

    ``tables`` are of replications after each other, each of shape (replications, counts, periods,
    care types), floats of any size; sums are over the period, numbers present are those at its end.
    ``days`` is the length of each period, ``unknown`` which care types the model cannot tell a
    measure of, and ``counts`` which of MEASURED are there.
    """

    tables: tuple[NDArray[np.floating], ...]
    days: Floats
    limited: NDArray[np.bool_]
    unknown: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    counts: tuple[str, ...] = MEASURED

    def _get(self, name: str) -> Floats:
        # A measure at a time: all of a large forecast as 64-bit floats would take much memory.
        k = self.counts.index(name)
        if k >= self.tables[0].shape[1]:  # the model knows of no such thing
            replications = sum(len(table) for table in self.tables)
            return np.zeros((replications, *self.tables[0].shape[2:]))
        return np.concatenate([table[:, k] for table in self.tables], dtype=np.float64)

    def measure(self, name: str) -> Floats:
        """A measure for each care type and all together (last), shape (replications, P, n + 1).

        Those of ``MEASURES`` but ``QUANTILES``, and ``mean_in_care``: the youths in care at once,
        their mean over the days of a period. Not a number where nobody started (or waits), where a
        care type has no limit on places, or where the model does not know.
        """
        if name in _MEANS:
            mean = self._get(_MEANS[name]) / self.days[:, None]
            return with_all(mean)
        if name in _SUMS or name in _LEVELS:
            each = self._get(_LEVELS.get(name, name))
            if name in self.unknown:
                each[:, :, self.unknown[name]] = np.nan
            return with_all(each)
        if name == "utilisation":
            places = self._get("places")
            known = np.isfinite(places)  # a budget has no places
            care_days = np.where(known, self._get("care_days"), 0.0)
            return self._ratio(care_days, np.where(known, places, 0.0) * self.days[:, None])
        above, below = _RATIOS[name]
        return self._ratio(self._get(above), self._get(below))

    def _ratio(self, above: Floats, below: Floats) -> Floats:
        above, below = (with_all(np.where(self.limited, table, 0.0)) for table in (above, below))
        ratio: Floats = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
        return ratio


def counts_for(name: str) -> tuple[str, ...]:
    """What must be counted, of MEASURED, for a measure of :class:`Counted`."""
    if name == "utilisation":
        return ("care_days", "places")
    return _RATIOS.get(name) or (_MEANS.get(name) or _LEVELS.get(name, name),)


def with_all(each: Floats) -> Floats:
    """Columns with their sum last; what is not a number counts only where nothing else is."""
    known = np.isfinite(each)
    if known.all():
        return np.concatenate([each, each.sum(axis=-1, keepdims=True)], axis=-1)
    together = np.where(known, each, 0.0).sum(axis=-1, keepdims=True)
    together = np.where(known.any(axis=-1, keepdims=True), together, np.nan)
    return np.concatenate([each, together], axis=-1)


def over(
    table: NDArray[np.floating],
    starts: NDArray[np.int64],
    days: Floats,
    counts: tuple[str, ...] = MEASURED,
) -> tuple[Floats, Floats]:
    """Months taken together into periods that begin at the month numbers ``starts``.

    Args:
        table: shape (replications, counts, months, care types).
        starts: first month of each period, increasing; the last period runs to the end.
        days: length of each month.
        counts: which of MEASURED are in the table.

    Returns:
        The table with periods instead of months, and the length of each period in days. Numbers
        present are those at the end of the period, places their mean by day.
    """
    ends = np.append(starts[1:], table.shape[2]) - 1
    parts = [table[:, :, a : b + 1] for a, b in zip(starts, ends, strict=True)]
    summed = np.stack([part.sum(axis=2, dtype=np.float64) for part in parts], axis=2)
    length = np.add.reduceat(days, starts)
    for k, name in enumerate(counts[: table.shape[1]]):
        if name in ("waiting", "in_care", "waited"):
            summed[:, k] = table[:, k][:, ends]
        if name == "places":
            weighted = np.add.reduceat(table[:, k] * days[:, None], starts, axis=1)
            summed[:, k] = weighted / length[:, None]
    return summed, length


@dataclass(frozen=True, slots=True)
class Band:
    """Median and the limits that hold 80 per cent of the replications; None where unknown."""

    median: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def after_each_other(parts: Sequence[Band]) -> Band:
    """Bands of periods that follow each other, as one."""
    return Band(
        tuple(value for part in parts for value in part.median),
        tuple(value for part in parts for value in part.low),
        tuple(value for part in parts for value in part.high),
    )


def quantiles(samples: Floats) -> Floats:
    """The quantiles of BAND over replications, leaving out what is not a number; shape (3, ...)."""
    finite = np.isfinite(samples)
    known = finite.sum(axis=0)
    found: Floats = np.full((len(BAND), *samples.shape[1:]), np.nan)
    # Columns that know as many numbers are done together, with those numbers in front.
    for size in np.unique(known[known > 0]):
        columns = samples[:, known == size]
        if size < len(samples):
            columns = np.sort(np.where(finite[:, known == size], columns, np.inf), axis=0)[:size]
        found[:, known == size] = np.quantile(columns, BAND, axis=0)
    return found


def bands(samples: Floats) -> list[Band]:
    """The band of each column of samples of shape (replications, periods, columns)."""
    found = []
    # Of many replications a few columns at a time: all of them would take much memory.
    some = max(1, _NUMBERS_TOGETHER // samples[:, :, 0].size)
    for first in range(0, samples.shape[2], some):
        three = quantiles(samples[:, :, first : first + some])
        for low, median, high in three.transpose(2, 0, 1):
            found.append(Band(numbers(median), numbers(low), numbers(high)))
    return found


def numbers(values: Floats) -> tuple[float | None, ...]:
    """To six digits, with None for what is not a number: more would be noise, and bulky."""
    return tuple(float(f"{v:.6g}") if math.isfinite(v) else None for v in values.tolist())
