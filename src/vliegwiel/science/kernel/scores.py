"""How good forecasts of numbers turned out to be.

The continuous ranked probability score is in the unit of the number and smaller when better; of a
forecast that is one number it is the absolute error. For a forecast that is a sample x_1 ... x_m of
which all are as likely, it is the mean of |x_i - y| less half the mean of |x_i - x_j| (Gneiting and
Raftery 2007, *JASA* 102:359-378, formula 21).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]


def crps(samples: ArrayLike, happened: ArrayLike) -> Floats:
    """The score of each of some forecasts, of the shape of ``happened``.

    Args:
        samples: the forecast, with the sample along the first axis.
        happened: what happened, of the shape of one of the samples.

    Raises:
        ValueError: for shapes that do not fit, or an empty sample.
    """
    drawn, seen = np.asarray(samples, dtype=np.float64), np.asarray(happened, dtype=np.float64)
    if drawn.shape[1:] != seen.shape or not len(drawn):
        raise ValueError("every sample has the shape of what happened")
    ordered = np.sort(drawn, axis=0)
    count = len(ordered)
    # Sum of |x_i - x_j| over all pairs, by the rank of each in order.
    weight = 2.0 * np.arange(1, count + 1) - count - 1.0
    between = 2.0 * np.tensordot(weight, ordered, axes=(0, 0)) / count**2
    score: Floats = np.abs(ordered - seen).mean(axis=0) - between / 2.0
    return score


def within(samples: ArrayLike, happened: ArrayLike, *, share: float = 0.8) -> NDArray[np.bool_]:
    """Whether what happened lies within the middle part of each forecast, bounds included.

    Raises:
        ValueError: for a share that does not lie between 0 and 1.
    """
    if not 0.0 < share < 1.0:
        raise ValueError("a share lies between 0 and 1")
    low, high = np.quantile(np.asarray(samples), [(1.0 - share) / 2, (1.0 + share) / 2], axis=0)
    seen = np.asarray(happened)
    return np.asarray((low <= seen) & (seen <= high))
