"""Difference in differences: what changed in the pilot sites, against what changed elsewhere.

Of each municipality the outcome after the start less that before is one number, which weighs by the
youths behind it. A t test compares these numbers of pilot and comparison sites: with few clusters
the municipality is the unit, never the youth (Donald and Lang 2007, Review of Economics and
Statistics 89). It takes for granted that without the pilot both would have changed alike.
"""

from __future__ import annotations

import numpy as np

from .design import Design
from .regression import least_squares
from .seen import Floats, Seen, Tested, by_t, ratio


def changes(seen: Seen) -> tuple[Floats, Floats, Floats]:
    """Outcome before and after the start by group, and the weight of their difference; (R, G)."""
    before, after = seen.total(0, seen.before), seen.total(seen.before, seen.months)
    below = [np.where(seen.taking_part, part[1], 0.0) for part in (before, after)]
    both = below[0] + below[1]
    weights = np.divide(below[0] * below[1], both, out=np.zeros(both.shape), where=both > 0)
    return np.nan_to_num(ratio(*before)), np.nan_to_num(ratio(*after)), weights


def examine(seen: Seen) -> Tested:
    """The difference in differences, of each pilot."""
    before, after, weights = changes(seen)
    x = np.stack([seen.piloted, np.ones_like(weights)], axis=2).astype(np.float64)
    return by_t(*least_squares(after - before, x, weights, 0))


DESIGN = Design(
    id="differences",
    examine=examine,
    compares=True,
    drawn="none",
    least_before=3,
    least_after=3,
    least_sites=1,
    least_compared=2,
)
