"""Where youths go: shares of those of whom it is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.yardstick import share_interval

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareFit:
    """A share of ``total`` youths, ``count`` of whom went there.

    ``error`` is that of the share by itself. ``loose_error`` is what each share of a list must be
    drawn with when the list is scaled back to a sum of 1 afterwards: shares drawn so, and then
    scaled, vary and go together as those of a multinomial sample do. (A Dirichlet is a list of
    independent gamma numbers, each with a variance in proportion to its mean, over their sum.)

    ``rounding`` is the variance, in youths, that rounded counts add to that of chance.
    """

    count: float
    total: int
    rounding: float = 0.0

    @property
    def share(self) -> float:
        """The share itself."""
        return self.count / self.total

    @property
    def error(self) -> float:
        """Standard error; of a share of 0 or 1 as if half a youth had done otherwise."""
        return math.sqrt(self._chance + self._rounded)

    @property
    def loose_error(self) -> float:
        """Standard error before the list is scaled."""
        return math.sqrt(self.share / self.total + self._rounded)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 per cent interval by Wilson's score, of as many as would leave this error."""
        total = self.total * self._chance / (self._chance + self._rounded)
        return share_interval(self.share * total, total)

    @property
    def _chance(self) -> float:
        share = min(max(self.share, 0.5 / (self.total + 1)), 1.0 - 0.5 / (self.total + 1))
        return share * (1.0 - share) / self.total

    @property
    def _rounded(self) -> float:
        return self.rounding / self.total**2


def shares(went: Ints, names: Sequence[str]) -> Mapping[str, ShareFit]:
    """By name the share that went there, of those who went anywhere (numbers below 0 are left out).

    Names to which nobody went are left out; nobody at all gives nothing.
    """
    counts = np.bincount(went[went >= 0], minlength=len(names))
    total = int(counts.sum())
    return {
        name: ShareFit(count=int(count), total=total)
        for name, count in zip(names, counts, strict=True)
        if count > 0
    }
