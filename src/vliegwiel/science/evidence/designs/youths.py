"""Youths drawn by lot within the pilot sites: half of them get what is new.

Each month both halves of a municipality are compared, and the municipalities taken together with
Mantel-Haenszel weights. The mean of the monthly differences is tested by t: who starts in one month
is somebody else than in the next. Of an outcome that lasts, such as the number in care, the
difference that chance made before the start is taken off, and errors hold when differences hang
together in time (Newey and West). Both halves use the same places: what the pilot frees, the other
half uses as well.
"""

from __future__ import annotations

import numpy as np

from .before_after import lags
from .design import Design
from .regression import autocorrelated, least_squares
from .seen import Floats, Seen, Tested, by_t, ratio


def differences(seen: Seen) -> tuple[Floats, Floats]:
    """Piloted less other half by month, over all sites, and the weight of it; shape (R, M)."""
    above = np.zeros(seen.above.shape[:2])
    weight = np.zeros(seen.above.shape[:2])
    for site in np.unique(seen.site):
        mine = seen.site == site
        one, other = (seen.series(half & mine) for half in (seen.piloted, seen.compared))
        both = one[1] + other[1]
        w = np.divide(one[1] * other[1], both, out=np.zeros(both.shape), where=both > 0)
        above += np.nan_to_num(w * (ratio(*one) - ratio(*other)))
        weight += w
    return np.nan_to_num(ratio(above, weight)), weight


def examine(seen: Seen) -> Tested:
    """The mean difference between the halves, of each pilot."""
    y, weight = differences(seen)
    after = (np.arange(seen.months) >= seen.before).astype(np.float64)[:, None]
    if seen.lasting:
        x = np.concatenate([after, np.ones_like(after)], axis=1)
        return by_t(*autocorrelated(y, x, weight, 0, lags(seen.months)))
    y, weight, x = y[:, seen.before :], weight[:, seen.before :], after[seen.before :]
    return by_t(*least_squares(y, x, weight, 0))


DESIGN = Design(
    id="youths",
    examine=examine,
    compares=True,
    drawn="youths",
    least_before=3,
    least_after=3,
    least_sites=1,
    least_compared=0,
)
