"""Numbers over the replications as intervals: one, many at once, or without and with a scenario."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .forecast_rows import Interval
from .measures import quantiles

Floats = NDArray[np.float64]
#: Without the scenario, with it, and the difference; the last two None without one.
Three = tuple[Interval, Interval | None, Interval | None]


def interval(samples: Floats) -> Interval:
    """Median, low and high of one number over the replications."""
    return _interval(*quantiles(samples))


def intervals(samples: Floats) -> dict[tuple[int, ...], Interval]:
    """Those of each number of samples of shape (replications, ...), by its place in the rest."""
    found = quantiles(samples)
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
