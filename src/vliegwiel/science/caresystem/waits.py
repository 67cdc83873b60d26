"""Waits in bins: what the kernel keeps of how long each youth waited, and its quantiles.

The bins of a histogram may be added up over months, stations or replications before a quantile is
taken; that is what they are for.
"""

# numba infers the types of compiled code.
# mypy: disable-error-code="no-untyped-def,untyped-decorator"

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ._layout import BINS, BINS_PER_OCTAVE, LOWEST_OCTAVE, OCTAVES

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
        histogram: numbers of youths, the bins along the last axis.
        shares: between 0 and 1, for instance 0.5 for the median.

    Returns:
        shape (shares, ...) with the other axes of the histogram; nan where nobody waited.

    Raises:
        ValueError: when the last axis does not have the kernel's bins.
    """
    if histogram.shape[-1] != BINS:
        raise ValueError(f"a histogram of waits has {BINS} bins, not {histogram.shape[-1]}")
    rows = np.ascontiguousarray(histogram).reshape(-1, BINS)
    found = np.empty((len(shares), len(rows)))
    _fill_quantiles(rows, np.asarray(shares, dtype=np.float64), wait_edges(), found)
    return found.reshape(len(shares), *histogram.shape[:-1])


@njit(cache=True, nogil=True, error_model="numpy")
def _fill_quantiles(rows, shares, edges, found):
    """Quantiles of each row, in one walk along its bins where the shares go up."""
    for r in range(len(rows)):
        row = rows[r]
        total = row.sum()
        k, below = 0, 0
        for q in range(len(shares)):
            wanted = shares[q] * total
            # The first bin that reaches the share, but never an empty one.
            youths = max(math.ceil(wanted), 1)
            if youths <= below:
                k, below = 0, 0
            while k < len(row) - 1 and below + row[k] < youths:
                below += row[k]
                k += 1
            if total == 0:
                found[q, r] = np.nan
            elif k == 0:
                found[q, r] = 0.0
            else:
                found[q, r] = edges[k] + (wanted - below) / row[k] * (edges[k + 1] - edges[k])
