"""Draws of a generated region: for each youth or visit, purpose by purpose, and nothing else.

They have a key of their own, apart from that of the simulation, so that another trait of the
messages never changes what happened to youths.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import child_key, child_keys, uniforms

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Beyond the streams of simulations.
_STREAM = 1_000_001


@unique
class Draw(IntEnum):
    """What a draw decides. The numbers are part of the meaning of a seed: never reuse one."""

    SEX = 1
    AGE = 2
    PROVIDER = 3
    DECISION = 4
    LEAD = 5
    ASSIGNMENT_DELAY = 6
    START_DELAY = 7
    STOP_DELAY = 8
    WITHOUT_START = 9
    SILENT = 10
    PRESUMED = 11
    LATE_STOP = 12
    LATE_STOP_DAYS = 13
    MOVE = 14
    MOVE_DAY = 15
    MOVE_TO = 16
    NEW_CONTRACT = 17
    RENUMBERED = 18
    CORRECTED = 19
    CORRECTED_BY = 20
    REMOVED = 21
    REJECTED = 22
    INVESTIGATED = 23
    STOP_REASON = 24
    VOLUME = 25
    NUMBER = 26
    PAUSED = 27
    PAUSED_FOR = 28
    LINE_REFUSED = 29


@unique
class Owner(IntEnum):
    """Whose draws they are."""

    YOUTH = 0
    VISIT = 1
    PERIOD = 2
    VERSION = 3
    PROVIDER = 4


@dataclass(frozen=True, slots=True)
class Chances:
    """The keys of so many owners of one kind."""

    keys: Ints

    @classmethod
    def of(cls, seed: int, owner: Owner, count: int) -> Chances:
        """Those of the owners 0 up to ``count``."""
        return cls(child_keys(int(child_key(seed, _STREAM, 0)), int(owner), count))

    def uniform(self, what: Draw, counter: int = 0) -> Floats:
        """A number between 0 and 1 for each."""
        return uniforms(self.keys, int(what), counter)

    def happens(self, what: Draw, share: float, counter: int = 0) -> Bools:
        """Whether it happens to each."""
        found: Bools = self.uniform(what, counter) < share
        return found

    def days(self, what: Draw, mean: float, most: int) -> Ints:
        """Whole days, geometric with this mean, of which none is above ``most``."""
        if mean <= 0 or most <= 0:
            return np.zeros(len(self.keys), dtype=np.int64)
        rate = -np.log1p(-1.0 / (1.0 + mean))
        drawn: Floats = np.floor(-np.log(self.uniform(what)) / rate)
        found: Ints = np.minimum(drawn, most).astype(np.int64)
        return found

    def whole(self, what: Draw, below: int) -> Ints:
        """A whole number from 0, below this one."""
        drawn: Ints = np.floor(self.uniform(what) * below).astype(np.int64)
        return drawn
