"""Ages in the kernel: a day of birth for each youth, and the last day in each care type."""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._inlining import inlined, uniform
from ._memory import fixed_int, load_float, load_int, load_short, store_float
from ._recording import extra
from ._youths import row_of, search

_P_AGE = int(Purpose.AGE)
_DAYS_PER_YEAR = 365.25


@inlined
def draw_birth(h, r, owner, now):
    """Give a new youth a day of birth: an age by the shares of the years of life of its origin.

    ``owner`` is the source, or beyond the sources the care type in which somebody is or waits at
    the start, or after those who is on the way back.
    """
    bands = fixed_int(h, at.AGE_BANDS)
    birth = 0.0
    if bands > 0:
        u = uniform(load_int(r, at.Y_KEY), _P_AGE, 0)
        table = fixed_int(h, at.AGE_CUM) + 8 * owner * bands
        table += fixed_int(h, at.AGE_STRIDE) * row_of(h, r)  # nothing when no row differs
        year = search(table, bands, u)
        below = 0.0 if year == 0 else load_float(table, 8 * (year - 1))
        age = year + (u - below) / (load_float(table, 8 * year) - below)
        birth = now - age * _DAYS_PER_YEAR
    store_float(extra(h, r), at.X_BIRTH, birth)


@inlined
def last_day(h, r, i):
    """The day on which a youth becomes too old for a care type; infinite when ages do not count."""
    place = load_short(r, at.Y_GROUP) * fixed_int(h, at.TYPES) + i
    until = load_float(fixed_int(h, at.PRESENT) + at.CELL * place, at.UNTIL_DAYS)
    return load_float(extra(h, r), at.X_BIRTH) + until


@inlined
def class_of(h, r, now):
    """Class of priority on joining a queue: that of the youth, or a more urgent one by age."""
    x = extra(h, r)
    own, age = load_short(x, at.X_CLASS), now - load_float(x, at.X_BIRTH)
    for k in range(own):
        from_ = load_float(fixed_int(h, at.CLASS_FROM), 8 * k)
        if from_ <= age < load_float(fixed_int(h, at.CLASS_TO), 8 * k):
            return k
    return own
