"""Municipalities drawn by lot: a cluster-randomised trial.

The lot says which municipalities get the pilot. Afterwards the outcome of each municipality is
compared by analysis of covariance at the level of the municipality, with its outcome before the
start as covariate, weighed by the youths behind it; the test is by t with as many degrees of
freedom as there are municipalities, less three (Hayes and Moulton 2017, Cluster Randomised Trials,
ch. 10 and 11). A trial by municipality that is read as one by youth would be far too sure.
"""

from __future__ import annotations

import numpy as np

from .design import Design
from .differences import changes
from .regression import least_squares
from .seen import Seen, Tested, by_t


def examine(seen: Seen) -> Tested:
    """The difference at equal outcomes before, of each pilot."""
    before, after, weights = changes(seen)
    columns = [seen.piloted, np.ones_like(weights), before]
    x = np.stack(columns, axis=2).astype(np.float64)
    return by_t(*least_squares(after, x, weights, 0))


DESIGN = Design(
    id="clusters",
    examine=examine,
    compares=True,
    drawn="sites",
    least_before=3,
    least_after=3,
    least_sites=2,
    least_compared=2,
)
