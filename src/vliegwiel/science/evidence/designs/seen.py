"""What is seen of a pilot, for many simulated pilots at once, and what a test makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Month of the start at a site that is compared with: none.
NEVER = 10_000


@dataclass(frozen=True, slots=True)
class Seen:
    """The months of R pilots, of G groups of youths.

    Attributes:
        above, below: the outcome as two sums, shape (R, M, G).
        starts: number of the month in which the pilot begins in a group, or NEVER; shape (R, G).
        taking_part: whether a group is looked at, shape (R, G).
        site: number of the municipality of each group, shape (G,).
        before: months before the first start.
        lasting: whether who is counted in one month is mostly there in the next as well.
    """

    above: Floats
    below: Floats
    starts: Ints
    taking_part: Flags
    site: Ints
    before: int
    lasting: bool = False

    @property
    def months(self) -> int:
        """How many months are seen."""
        return int(self.above.shape[1])

    @property
    def piloted(self) -> Flags:
        """Where the pilot takes place, shape (R, G)."""
        there: Flags = self.taking_part & (self.starts < NEVER)
        return there

    @property
    def compared(self) -> Flags:
        """What it is compared with, shape (R, G)."""
        there: Flags = self.taking_part & (self.starts == NEVER)
        return there

    def until(self, after: int) -> Seen:
        """What is seen until so many months after the first start."""
        last = self.before + after
        return replace(self, above=self.above[:, :last], below=self.below[:, :last])

    def cells(self) -> tuple[Flags, Flags]:
        """Months and groups with the pilot on, and those without it since the first; (R, M, G)."""
        month = np.arange(self.months)[None, :, None]
        on = month >= self.starts[:, None, :]
        since = (month >= self.before) & self.taking_part[:, None, :]
        return on & since, ~on & since

    def series(self, groups: Flags) -> tuple[Floats, Floats]:
        """Both sums over some groups by month, shape (R, M)."""
        weights = groups.astype(np.float64)
        above = np.einsum("rmg,rg->rm", self.above, weights)
        return above, np.einsum("rmg,rg->rm", self.below, weights)

    def total(self, first: int, last: int) -> tuple[Floats, Floats]:
        """Both sums over the months first up to last by group, shape (R, G)."""
        return self.above[:, first:last].sum(axis=1), self.below[:, first:last].sum(axis=1)


@dataclass(frozen=True, slots=True)
class Tested:
    """What the test of a design says of R pilots, shape (R,).

    ``statistic`` has the sign of the estimate; p is two-sided, 1 where nothing can be tested.
    """

    estimate: Floats
    statistic: Floats
    p: Floats


def ratio(above: Floats, below: Floats) -> Floats:
    """Above over below, not a number where there is nothing below."""
    found: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return found


def by_t(estimate: Floats, error: Floats, freedom: Floats) -> Tested:
    """The t test of an estimate with a standard error and degrees of freedom, shape (R,) each."""
    sure = np.isfinite(estimate) & np.isfinite(error) & (error > 0) & (freedom >= 1)
    statistic = np.divide(estimate, error, out=np.zeros(estimate.shape), where=sure)
    p = np.where(sure, 2.0 * stdtr(np.maximum(freedom, 1.0), -np.abs(statistic)), 1.0)
    return Tested(np.where(sure, estimate, np.nan), statistic, p)
