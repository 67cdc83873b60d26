"""Waits in bins: what the kernel keeps of how long each youth waited, and its quantiles.

The bins of a histogram may be added up over months, stations or replications before a quantile is
taken; that is what they are for.
"""

# numba infers the types of compiled code.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call"

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ._layout import BINS, BINS_PER_OCTAVE, LOWEST_OCTAVE, OCTAVES
from ._memory import larger, load_float, load_short, store_float

Floats = NDArray[np.float64]


@cache
def wait_edges() -> Floats:
    """The edges between the bins in days, with 0 before and the top after them; shape (bins + 1,).

    The last bin also holds what is longer than the top.
    """
    octaves = 2.0 ** np.arange(LOWEST_OCTAVE, LOWEST_OCTAVE + OCTAVES)
    steps = 1.0 + np.arange(BINS_PER_OCTAVE) / BINS_PER_OCTAVE
    top = 2.0 ** (LOWEST_OCTAVE + OCTAVES)
    edges = np.concatenate([[0.0], np.outer(octaves, steps).ravel(), [top]])
    edges.flags.writeable = False
    return edges


def wait_quantiles(histogram: NDArray[np.integer], shares: Sequence[float]) -> Floats:
    """Waits in days that these shares of the youths do not exceed.

    Within a bin the waits are taken as evenly spread; the first bin, below 23 minutes, counts as 0.
    The outcome lies within a bin's width (6 per cent at most) of that of the waits themselves.

    Args:
        histogram: numbers of youths, each below 2**31, the bins along the last axis.
        shares: between 0 and 1, for instance 0.5 for the median.

    Returns:
        shape (shares, ...) with the other axes of the histogram; nan where nobody waited.

    Raises:
        ValueError: when the last axis does not have the kernel's bins.
    """
    if histogram.shape[-1] != BINS:
        raise ValueError(f"a histogram of waits has {BINS} bins, not {histogram.shape[-1]}")
    rows = np.ascontiguousarray(histogram, dtype=np.int32).reshape(-1, BINS)
    asked = np.asarray(shares, dtype=np.float64)
    # An address keeps nothing alive, and two threads that ask first at once are given edges of
    # which the cache holds those of one.
    edges = wait_edges()
    found = np.empty((len(rows), len(asked)))
    _fill_quantiles(
        rows.ctypes.data, len(rows), BINS, asked.ctypes.data, len(asked),
        edges.ctypes.data, found.ctypes.data,
    )  # fmt: skip
    return found.T.reshape(len(asked), *histogram.shape[:-1])


@njit(cache=True, nogil=True, error_model="numpy")
def _fill_quantiles(rows, count, bins, shares, asked, edges, found):  # noqa: PLR0917
    """Quantiles of each row, in one walk along its bins where the shares go up.

    All but the numbers of rows and shares are addresses: compiled code that takes arrays loads
    slower than the kernel does.
    """
    for _ in range(count):
        total = 0
        for k in range(bins):
            total += load_short(rows, 4 * k)
        k, below = 0, 0
        for q in range(asked):
            wanted = load_float(shares, 8 * q) * total
            # The first bin that reaches the share, but never an empty one.
            youths = larger(math.ceil(wanted), 1.0)
            if youths <= below:
                k, below = 0, 0
            while k < bins - 1 and below + load_short(rows, 4 * k) < youths:
                below += load_short(rows, 4 * k)
                k += 1
            wait = 0.0
            if total == 0:
                wait = np.nan
            elif k > 0:
                low, high = load_float(edges, 8 * k), load_float(edges, 8 * k + 8)
                here = load_short(rows, 4 * k)
                wait = low + (wanted - below) / here * (high - low)
            store_float(found, 8 * q, wait)
        rows += 4 * bins
        found += 8 * asked
