"""Numbers over the replications as intervals: one, many at once, or without and with a scenario."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .forecast_rows import Interval
from .measures import BAND, quantiles

Floats = NDArray[np.float64]
#: Without the scenario, with it, and the difference; the last two None without one.
Three = tuple[Interval, Interval | None, Interval | None]
#: Least share of the replications that must have a number for it to be known. No more may lack it
#: than lie beyond either end of a band: what is missing could all lie on one side of it.
KNOWN = 1.0 - BAND[0]


def share_known(samples: Floats) -> Floats:
    """Share of the replications (first axis) that have a number."""
    share: Floats = np.isfinite(samples).mean(axis=0, dtype=np.float64)
    return share


def interval(samples: Floats) -> Interval:
    """Median, low and high of one number over the replications."""
    return intervals(samples)[()]


def intervals(samples: Floats, least: float = KNOWN) -> dict[tuple[int, ...], Interval]:
    """Those of each number of samples of shape (replications, ...), by its place in the rest.

    Args:
        least: share of the replications that must have the number; below it the interval is empty.
            Only a number that is about the replications that have it takes less than ``KNOWN``.
    """
    found = np.where(share_known(samples) >= least, quantiles(samples), np.nan)
    return {at: _interval(*found[(slice(None), *at)]) for at in np.ndindex(samples.shape[1:])}


def compared(baseline: Floats, scenario: Floats | None) -> dict[tuple[int, ...], Three]:
    """Both arms and their paired difference, each of shape (replications, ...)."""
    plain = intervals(baseline)
    if scenario is None:
        return {at: (found, None, None) for at, found in plain.items()}
    changed, difference = intervals(scenario), intervals(scenario - baseline)
    return {at: (found, changed[at], difference[at]) for at, found in plain.items()}


def _interval(low: float, median: float, high: float) -> Interval:
    return Interval(*(float(f"{v:.6g}") if math.isfinite(v) else None for v in (median, low, high)))
