"""Which months of a forecast are taken together: calendar years, and the last period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month

Ints = NDArray[np.int64]


def last_period(months: Sequence[Month]) -> tuple[int, int]:
    """First and last month number of the last whole calendar year, or of the last 12 months."""
    for last in range(len(months) - 1, 10, -1):
        if months[last].month == 12:
            return last - 11, last
    return max(0, len(months) - 12), len(months) - 1


def year_starts(months: Sequence[Month]) -> Ints:
    """Number of the first month of each calendar year."""
    found = [k for k, month in enumerate(months) if k == 0 or month.month == 1]
    return np.array(found, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of which both each calendar year and the last period are made up.

    Attributes:
        first, last: first and last month of the last period.
        starts: first month of each span.
    """

    first: int
    last: int
    starts: Ints

    @property
    def in_period(self) -> NDArray[np.bool_]:
        """Which spans make up the last period."""
        inside: NDArray[np.bool_] = (self.starts >= self.first) & (self.starts <= self.last)
        return inside

    def later(self, months: int) -> Spans:
        """The same spans where so many months come before the first."""
        return Spans(self.first + months, self.last + months, self.starts + months)


def spans(months: Sequence[Month]) -> Spans:
    """The spans of the months of a forecast."""
    first, last = last_period(months)
    cuts = {*(int(k) for k in year_starts(months)), first, last + 1}
    starts = np.array(sorted(cut for cut in cuts if cut < len(months)), dtype=np.int64)
    return Spans(first, last, starts)
