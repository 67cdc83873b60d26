"""How long those have waited who wait at the end of the observation.

What comes from here may be told: it is made of means over ten youths or more, and of nothing else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.yardstick import LEAST_SHOWN

Floats: TypeAlias = NDArray[np.float64]

#: Where it is known of fewer of them it is left out: the others are likely the longest there.
_KNOWN = 0.9
#: Parts into which many youths are divided, at most.
_PARTS = 10
#: Counts are told to the nearest five: there are at most so many fewer than is told.
_STEP, _FEWER = 5, 2
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class SoFar:
    """Days so far: points of their distribution, at even shares from 0 to 1."""

    days: tuple[float, ...]

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Share and days of each point."""
        last = len(self.days) - 1
        return tuple((k / last, days) for k, days in enumerate(self.days))


def so_far(since: Floats, until: float) -> SoFar | None:
    """Days from each moment until another, in which nobody's own days can be found.

    The youths, in order, are divided into parts of ten or more. Where two parts meet stands the
    mean of the ten youths nearest, and at both ends what gives the outer parts their means; all to
    two digits. How many parts there are follows from the count to the nearest five, which is told.

    Args:
        since: the moment of each youth, minus infinity where it is not known; shape (youths,).

    Returns:
        None for fewer than ten youths, or when it is not known of too many.
    """
    days = np.sort(until - since[np.isfinite(since)])
    if len(days) < max(LEAST_SHOWN, _KNOWN * len(since)):
        return None
    parts = max(1, min(_PARTS, (_STEP * round(len(days) / _STEP) - _FEWER) // LEAST_SHOWN))
    edges = [round(k * len(days) / parts) for k in range(parts + 1)]
    half = LEAST_SHOWN // 2
    inner = [float(days[edge - half : edge + half].mean()) for edge in edges[1:-1]]
    means = [float(days[low:high].mean()) for low, high in pairwise(edges)]
    first = 2.0 * means[0] - inner[0] if inner else 0.0
    last = 2.0 * means[-1] - (inner[-1] if inner else 0.0)
    rising = np.maximum.accumulate(np.maximum([first, *inner, last], 0.0))
    return SoFar(tuple(_told(days) for days in rising.tolist()))


def _told(days: float) -> float:
    return round(days, _DIGITS - 1 - math.floor(math.log10(days))) if days > 0.0 else 0.0
