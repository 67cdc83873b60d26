"""What came true of what models expected, and how large a change must then have been.

Regions have care systems of their own, so the same change does not do the same everywhere, and
effects of regions cannot simply be taken together for a model. The size of the change itself
travels better. In each region its own model said which effect a change of some size would have, and
the pilot how much of it came: in that proportion the change was larger or smaller than was thought.
The sizes are pooled, and a next region asks its own model what they do there. The proportion is
exact where effects grow with the size of a change as a straight line, and near for small changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from .pooling import Pooled, pool

#: An expected effect smaller than this part of its band can be no measure for what came of it.
LEAST_EXPECTED = 0.25
LEVEL = 0.95
#: From so many regions on there is an interval for a next one.
FOR_A_NEXT = 3

Reach = Literal["next_region", "seen_so_far"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """An effect that a model expected in a region, and what was measured; on a scale that adds up.

    Attributes:
        expected, low, high: what was expected, with its band.
        measured, error: what was measured, with its standard error.
        size: the size of the change for which the effect was expected, 0 being no change.
    """

    region: str
    expected: float
    low: float
    high: float
    measured: float
    error: float
    size: float = 1.0

    @property
    def tells(self) -> bool:
        """Whether a change was expected to do enough, and it was measured with an error."""
        enough = abs(self.expected) >= LEAST_EXPECTED * (self.high - self.low)
        return self.error > 0 and self.size != 0 and enough and self.expected != 0

    @property
    def part(self) -> float:
        """Measured over expected; 1 is exactly as the model said."""
        return self.measured / self.expected

    @property
    def realised_size(self) -> float:
        """The size at which the model would have said what was measured."""
        return self.size * self.part

    @property
    def size_error(self) -> float:
        """Standard error of ``realised_size``; what was expected is taken as it was said."""
        return abs(self.size) * self.error / abs(self.expected)


@dataclass(frozen=True, slots=True)
class Realised:
    """The size of a change as it came true.

    ``low`` to ``high`` is, from three regions on, where the size in a next region lies (95 per
    cent, :func:`.pooling.pool`); with fewer it only spans the intervals of the regions themselves,
    as ``reach`` says. ``regions`` are those that tell something.
    """

    estimate: float
    low: float
    high: float
    reach: Reach
    regions: tuple[str, ...]
    pooled: Pooled | None


def realised(came: Sequence[Came]) -> Realised | None:
    """Take together what came true in regions; None when none of them tells anything."""
    told = [one for one in came if one.tells]
    if not told:
        return None
    names = tuple(one.region for one in told)
    sizes = np.array([one.realised_size for one in told])
    errors = np.array([one.size_error for one in told])
    pooled = pool(sizes, errors**2, level=LEVEL) if len(told) > 1 else None
    estimate = pooled.estimate if pooled is not None else float(sizes[0])
    if len(told) >= FOR_A_NEXT and pooled is not None:
        low, high = pooled.next_low, pooled.next_high
        if low is not None and high is not None:
            return Realised(estimate, low, high, "next_region", names, pooled)
    reach = float(ndtri((1.0 + LEVEL) / 2.0)) * errors
    low, high = float((sizes - reach).min()), float((sizes + reach).max())
    return Realised(estimate, low, high, "seen_so_far", names, pooled)
