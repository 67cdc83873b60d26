"""How long those who are there at the start have waited, or been in care, so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Points of a distribution for each of n care types, straight lines between them.

    Attributes:
        share: share of the youths not longer than each point, from 0 to 1; all 0 for a care type of
            which nothing was observed; shape (n, K).
        days: days at each point, shape (n, K).
    """

    share: Floats
    days: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Of which care types something was observed, shape (n,)."""
        seen: NDArray[np.bool_] = self.share[:, -1] > 0.0
        return seen

    def at(self, i: int, part: Floats) -> Floats:
        """The days at some shares, in a care type of which they are known; shape of ``part``."""
        days: Floats = np.interp(part, self.share[i], self.days[i])
        return days


def elapsed(points: Sequence[Sequence[tuple[float, float]]]) -> Elapsed | None:
    """The points (share, days) of each care type as tables; None when there are none of any."""
    most = max(len(line) for line in points)
    if most == 0:
        return None
    tables = np.zeros((2, len(points), most))
    for i, line in enumerate(points):
        if line:
            # Points that are not needed lie at the end.
            tables[:, i] = np.transpose([*line, *[line[-1]] * (most - len(line))])
    return Elapsed(*tables)


def elapsed_tables(
    waited: Elapsed | None, in_care_since: Elapsed | None, waiting_span: Floats
) -> dict[str, Floats]:
    """The tables of the kernel, of the same number of points each.

    Args:
        waiting_span: how long ago the first of those who wait came, where their waits were not
            observed: the waits then lie evenly over it.
    """
    kinds = len(waiting_span)
    tables = [one or Elapsed(*np.zeros((2, kinds, 2))) for one in (waited, in_care_since)]
    most = max(2, *(one.share.shape[1] for one in tables))
    (share, days), since = (
        tuple(np.pad(table, ((0, 0), (0, most - table.shape[1])), mode="edge")
              for table in (one.share, one.days))
        for one in tables
    )  # fmt: skip
    even = share[:, -1] == 0.0
    share[even, 1:], days[even, 1:] = 1.0, waiting_span[even, None]
    return {
        "waited_share": share, "waited_days": days,
        "in_care_since_share": since[0], "in_care_since_days": since[1],
    }  # fmt: skip
