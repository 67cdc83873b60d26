"""Before and after in the pilot sites: an interrupted time series.

The outcome by month, all pilot sites together, is a straight line through time (with the seasons,
when at least two years came before) that jumps by the effect when the pilot begins; months count by
how many youths they hold. Errors hold under autocorrelation (Newey and West), with as many lags as
Lazarus, Lewis, Stock and Watson (2018, Journal of Business & Economic Statistics 36) advise; the
test is by t. What else changed at the start of the pilot cannot be told from its effect.
"""

from __future__ import annotations

import math

import numpy as np

from .design import Design
from .regression import autocorrelated
from .seen import Seen, Tested, by_t, ratio

#: Months before from which the seasons can be told from the trend.
_TWO_YEARS = 24


def lags(months: int) -> int:
    """Over how many months what is left over may hang together."""
    return math.ceil(1.3 * math.sqrt(months))


def examine(seen: Seen) -> Tested:
    """The jump at the start of the pilot, of each pilot."""
    above, below = seen.series(seen.piloted)
    month = np.arange(seen.months, dtype=np.float64)
    after = (month >= seen.before).astype(np.float64)
    columns = [after, np.ones_like(month), month / 12.0]
    if seen.before >= _TWO_YEARS:
        columns += [np.sin(2 * np.pi * month / 12), np.cos(2 * np.pi * month / 12)]
    y = np.nan_to_num(ratio(above, below))
    return by_t(*autocorrelated(y, np.stack(columns, axis=1), below, 0, lags(seen.months)))


DESIGN = Design(
    id="before_after",
    examine=examine,
    compares=False,
    drawn="none",
    least_before=12,
    least_after=3,
    least_sites=1,
    least_compared=0,
)
