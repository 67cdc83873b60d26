"""How long a youth stays: by the shape of the care type, or as was observed."""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import math

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._draws import OBSERVED, residual_stay, stay
from ._inlining import inlined, uniform
from ._memory import fixed_int, load_float, load_int
from ._recording import present
from ._youths import search

_P_STAY = int(Purpose.STAY)
_P_CENSUS_STAY = int(Purpose.CENSUS_STAY)
_P_CENSUS_AGE = int(Purpose.CENSUS_AGE)


@inlined
def new_stay(h, f, r, i, counter):
    """Length of a stay that begins."""
    return whole_stay(h, f, r, i, _P_STAY, counter)


@inlined
def whole_stay(h, f, r, i, purpose, counter):
    """Length of a stay, by the draw for a purpose."""
    p, key = present(h, r), load_int(r, at.Y_KEY)
    shape, mean = load_int(p, at.SHAPE), load_float(p, at.STAY_MEAN)
    if f is not None and shape == OBSERVED:
        return mean * _observed(h, i, uniform(key, purpose, counter), False)
    a, b = load_float(p, at.STAY_A), load_float(p, at.STAY_B)
    return stay(h, key, purpose, counter, shape, mean, a, b)


@inlined
def rest_of_stay(h, f, r, i):
    """What is left, at the start, of a stay under way."""
    p, key = present(h, r), load_int(r, at.Y_KEY)
    shape, mean = load_int(p, at.SHAPE), load_float(p, at.STAY_MEAN)
    if f is not None and shape == OBSERVED:
        length = mean * _observed(h, i, uniform(key, _P_CENSUS_STAY, 0), True)
        return length * uniform(key, _P_CENSUS_AGE, 0)
    a, b = load_float(p, at.STAY_A), load_float(p, at.STAY_B)
    return residual_stay(h, key, _P_CENSUS_STAY, 0, _P_CENSUS_AGE, shape, mean, a, b)


@inlined
def _observed(h, i, u, by_length):
    """An observed length of mean 1, evenly spread between neighbouring points of the table.

    ``by_length`` draws a stay in proportion to its length, as who is in care has one.
    """
    points = fixed_int(h, at.QUANTILES)
    table = fixed_int(h + at.OBSERVED_WEIGHT if by_length else h + at.OBSERVED_SHARE)
    table += 8 * i * points
    k = search(table + 8, points - 1, u)
    low, high = load_float(table, 8 * k), load_float(table, 8 * (k + 1))
    within = (u - low) / (high - low)
    lengths = fixed_int(h, at.OBSERVED_LENGTH) + 8 * (i * points + k)
    short, long = load_float(lengths), load_float(lengths, 8)
    if by_length:
        return math.sqrt(short * short + within * (long * long - short * short))
    return short + within * (long - short)
