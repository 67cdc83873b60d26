"""Waits in bins: what the kernel keeps of how long each youth waited, and its quantiles.

The bins of a histogram may be added up over months, stations or replications before a quantile is
taken; that is what they are for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Scratch

from ._layout import BINS, BINS_PER_OCTAVE, LOWEST_OCTAVE, OCTAVES

Floats = NDArray[np.float64]
_scratch = Scratch()


def wait_edges() -> Floats:
    """The edges between the bins in days, with 0 before and the top after them; shape (bins + 1,).

    The last bin also holds what is longer than the top.
    """
    octaves = 2.0 ** np.arange(LOWEST_OCTAVE, LOWEST_OCTAVE + OCTAVES)
    steps = 1.0 + np.arange(BINS_PER_OCTAVE) / BINS_PER_OCTAVE
    top = 2.0 ** (LOWEST_OCTAVE + OCTAVES)
    return np.concatenate([[0.0], np.outer(octaves, steps).ravel(), [top]])


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
    edges = wait_edges()
    # Added up through all rows, so that one search finds the bins of all of them.
    cumulative = _scratch.array("cumulative", (histogram.size,), np.int64)
    np.cumsum(histogram, out=cumulative)
    ends = cumulative[BINS - 1 :: BINS]
    before = np.concatenate([[0], ends[:-1]])
    total = ends - before
    wanted = np.multiply.outer(np.asarray(shares, dtype=np.float64), total)
    # The first bin that reaches the share, but never an empty one.
    youths = np.maximum(np.ceil(wanted), 1).astype(np.int64)
    first = np.arange(0, cumulative.size, BINS)
    bins = np.minimum(np.searchsorted(cumulative, before + youths) - first, BINS - 1)
    here = histogram.reshape(-1)[first + bins]
    below = cumulative[first + bins] - here - before
    waits = edges[bins] + (wanted - below) / np.maximum(here, 1) * (edges[bins + 1] - edges[bins])
    found = np.where(total > 0, np.where(bins > 0, waits, 0.0), np.nan)
    return found.reshape(len(shares), *histogram.shape[:-1])
