"""What a forecast tells, computed from what replications counted.

Waiting time, share within the norm and use of places are about care types with a limit on places:
elsewhere nobody waits, and counting them in would make every mean look better than it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .measuring import MEASURED

Floats = NDArray[np.float64]

#: Everything taken together, beside the ids of the care types.
ALL = "all"
#: Quantiles of a band: 80 per cent of the replications lie within it.
BAND = (0.1, 0.5, 0.9)

#: Measure -> its unit, in the order in which they are shown.
MEASURES: Mapping[str, str] = {
    "waiting_time": "days",
    "waiting_list": "youths",
    "in_care": "youths",
    "starts": "youths",
    "arrivals": "youths",
    "leaving": "youths",
    "cost": "euro",
    "share_within_norm": "share",
    "utilisation": "share",
}
_SUMS = {
    "starts": "starts",
    "arrivals": "arrivals",
    "leaving": "leaving",
    "cost": "cost",
}
_LEVELS = {"waiting_list": "waiting", "in_care": "in_care"}
_MEANS = {"mean_in_care": "care_days"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What one arm counted in a number of periods.

    ``table`` has shape (replications, measures, periods, care types); sums are over the period,
    numbers present are those at its end. ``days`` is the length of each period.
    """

    table: Floats
    days: Floats
    limited: NDArray[np.bool_]

    def _get(self, name: str) -> Floats:
        found: Floats = self.table[:, MEASURED.index(name)]
        return found

    def measure(self, name: str) -> Floats:
        """A measure for each care type and all together (last), shape (replications, P, n + 1).

        Beside those of ``MEASURES`` there is ``mean_in_care``: the youths in care at once, their
        mean over the days of a period. Not a number where nobody started, or where a care type has
        no limit on places.
        """
        if name in _MEANS:
            mean = self._get(_MEANS[name]) / self.days[:, None]
            return np.concatenate([mean, mean.sum(axis=2, keepdims=True)], axis=2)
        if name in _SUMS or name in _LEVELS:
            each = self._get(_SUMS.get(name) or _LEVELS[name])
            return np.concatenate([each, each.sum(axis=2, keepdims=True)], axis=2)
        if name == "utilisation":
            places = self._get("places")
            known = np.isfinite(places)  # a budget has no places
            care_days = np.where(known, self._get("care_days"), 0.0)
            return self._ratio(care_days, np.where(known, places, 0.0) * self.days[:, None])
        above = {"waiting_time": "wait_sum", "share_within_norm": "within_norm"}[name]
        return self._ratio(self._get(above), self._get("starts"))

    def _ratio(self, above: Floats, below: Floats) -> Floats:
        above, below = (np.where(self.limited, table, 0.0) for table in (above, below))
        above = np.concatenate([above, above.sum(axis=2, keepdims=True)], axis=2)
        below = np.concatenate([below, below.sum(axis=2, keepdims=True)], axis=2)
        ratio: Floats = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
        return ratio


def over(table: Floats, starts: NDArray[np.int64], days: Floats) -> tuple[Floats, Floats]:
    """Months taken together into periods that begin at the month numbers ``starts``.

    Args:
        table: shape (replications, measures, months, care types).
        starts: first month of each period, increasing; the last period runs to the end.
        days: length of each month.

    Returns:
        The table with periods instead of months, and the length of each period in days. Numbers
        present are those at the end of the period, places their mean by day.
    """
    summed = np.add.reduceat(table, starts, axis=2)
    length = np.add.reduceat(days, starts)
    ends = np.append(starts[1:], table.shape[2]) - 1
    for name in ("waiting", "in_care"):
        k = MEASURED.index(name)
        summed[:, k] = table[:, k][:, ends]
    k = MEASURED.index("places")
    weighted = np.add.reduceat(table[:, k] * days[:, None], starts, axis=1)
    summed[:, k] = weighted / length[:, None]
    return summed, length


@dataclass(frozen=True, slots=True)
class Band:
    """Median and the limits that hold 80 per cent of the replications; None where unknown."""

    median: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def quantiles(samples: Floats) -> Floats:
    """The quantiles of BAND over replications, leaving out what is not a number; shape (3, ...)."""
    finite = np.isfinite(samples)
    found: Floats = np.quantile(np.where(finite, samples, 0.0), BAND, axis=0)
    for where in np.argwhere(~finite.all(axis=0)):
        at = tuple(where)
        known = samples[(slice(None), *at)][finite[(slice(None), *at)]]
        found[(slice(None), *at)] = np.quantile(known, BAND) if known.size else np.nan
    return found


def bands(samples: Floats) -> list[Band]:
    """The band of each column of samples of shape (replications, periods, columns)."""
    low, median, high = quantiles(samples)
    return [
        Band(numbers(median[:, i]), numbers(low[:, i]), numbers(high[:, i]))
        for i in range(samples.shape[2])
    ]


def numbers(values: Floats) -> tuple[float | None, ...]:
    """To six digits, with None for what is not a number: more would be noise, and bulky."""
    return tuple(float(f"{v:.6g}") if np.isfinite(v) else None for v in values)
