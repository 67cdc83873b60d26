"""Persons who do not exist: numbers, birth days, names.

A citizen service number (burgerservicenummer, BSN) has eight or nine digits, and one of eight is
written with a zero before it. So no number that begins with two zeros was ever given to anybody,
though a tenth of those pass the eleven test as every reader asks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import Histories

from .chances import Chances, Draw, Owner
from .errors import BoxError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Numbers of nine digits that begin with two zeros, without the digit that the test decides.
_BEFORE_CHECK = 1_000_000
_WEIGHTS = (7, 6, 5, 4, 3, 2)
_DAYS_PER_YEAR = 365.25
#: Ages at which somebody is first seen, where the care system has no ages.
_YOUNGEST, _OLDEST = 2.0, 17.8
#: Nobody is in care before this many days of life.
_FIRST_CARE = 30


@dataclass(frozen=True, slots=True)
class Persons:
    """The youths of a region: shape (N,) each.

    Attributes:
        bsn: citizen service number as a whole number, below 010000000.
        born: day of birth, from the start of the region.
        girl: whether the youth is one.
    """

    bsn: Ints
    born: Ints
    girl: NDArray[np.bool_]

    @property
    def first_care(self) -> Ints:
        """The first day on which each can be in care."""
        return self.born + _FIRST_CARE


def persons_of(found: Histories, seed: int) -> Persons:
    """A person for each youth.

    Raises :class:`.errors.BoxError` for more youths than there are numbers nobody has.
    """
    chances = Chances.of(seed, Owner.YOUTH, found.youths)
    seen = np.full(found.youths, np.inf)
    first = np.fmin(found.arrived, found.started)
    np.minimum.at(seen, found.youth, first)
    born = np.full(found.youths, np.nan)
    born[found.youth] = found.born
    age = _YOUNGEST + (_OLDEST - _YOUNGEST) * chances.uniform(Draw.AGE)
    drawn = np.maximum(seen, 0.0) - age * _DAYS_PER_YEAR
    return Persons(
        bsn=_numbers(found.youths, int(chances.whole(Draw.NUMBER, _BEFORE_CHECK)[0])),
        born=np.floor(np.where(np.isnan(born), drawn, born)).astype(np.int64),
        girl=chances.happens(Draw.SEX, 0.5),
    )


def _numbers(count: int, offset: int) -> Ints:
    """So many different numbers that pass the eleven test, scattered over their range."""
    # One stem in eleven has no number that passes: mostly a fifth more of them is enough.
    enough = min(_BEFORE_CHECK, count + count // 5 + 100)
    for tried in dict.fromkeys((enough, _BEFORE_CHECK)):
        found = _passing(tried, offset)
        if len(found) >= count:
            return found[:count]
    raise BoxError("too_many_youths", most=len(found), count=count)


def _passing(tried: int, offset: int) -> Ints:
    """The numbers among so many stems."""
    # A step without a divisor in common with the size of the range comes by each stem once.
    stem = (offset + np.arange(tried, dtype=np.int64) * 618_033) % _BEFORE_CHECK
    total = sum(weight * (stem // 10 ** (5 - at) % 10) for at, weight in enumerate(_WEIGHTS))
    check = total % 11
    found: Ints = (10 * stem + check)[(check < 10) & (stem > 0)]
    return found


def surname(youth: int) -> str:
    """A surname nobody has, which says so."""
    letters = ""
    left = youth
    while True:
        left, digit = divmod(left, 26)
        letters = chr(ord("a") + digit) + letters
        if left == 0:
            return f"Verzonnen-{letters.capitalize()}"
        left -= 1
