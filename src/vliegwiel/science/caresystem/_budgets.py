"""Money in the kernel: what a budget of a year has left.

Care in progress spends by the day, a start at once. What is spent is brought up to date when
somebody starts or ends and when a month begins, so that nothing has to happen in between: a
station (a care type, or one of its providers) is closed from the moment at which its spending
reaches the ceiling, and opens again in January.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import numpy as np

from . import _layout as at
from ._inlining import inlined
from ._memory import fixed_int, load_float, load_int, load_short, store_float, store_int


@inlined
def _spent(h, s, now):
    """What a station has spent this year."""
    by_day = load_float(fixed_int(h, at.SPENDING), 8 * s)
    since = load_float(fixed_int(h, at.SPENT_AT), 8 * s)
    return load_float(fixed_int(h, at.SPENT), 8 * s) + by_day * (now - since)


@inlined
def is_spent(h, s, now):
    """Whether the ceiling of the year has been reached."""
    index = load_int(h, at.MONTH) * fixed_int(h, at.STATIONS) + s
    ceiling = load_float(fixed_int(h, at.CEILING), 8 * index)
    return ceiling != np.inf and _spent(h, s, now) >= ceiling


@inlined
def _settle(h, s, now, more):
    store_float(fixed_int(h, at.SPENT), 8 * s, _spent(h, s, now) + more)
    store_float(fixed_int(h, at.SPENT_AT), 8 * s, now)


@inlined
def _price(h, table, group, i):
    cell = load_int(h, at.MONTH) * fixed_int(h, at.GROUPS) + group
    return load_float(fixed_int(h, table), 8 * (cell * fixed_int(h, at.TYPES) + i))


@inlined
def count_in_care(h, s, group, change):
    """One youth of a group more or less in care at a station."""
    address = fixed_int(h, at.IN_CARE_OF) + 8 * (s * fixed_int(h, at.GROUPS) + group)
    store_int(address, 0, load_int(address) + change)


@inlined
def begin_spending(h, r, i, s, now):
    """A youth starts."""
    group = load_short(r, at.Y_GROUP)
    _settle(h, s, now, _price(h, at.PRICE_PER_START, group, i))
    spending = fixed_int(h, at.SPENDING) + 8 * s
    store_float(spending, 0, load_float(spending) + _price(h, at.PRICE_PER_DAY, group, i))
    count_in_care(h, s, group, 1)


@inlined
def end_spending(h, r, i, s, now):
    """A youth ends."""
    group = load_short(r, at.Y_GROUP)
    _settle(h, s, now, 0.0)
    spending = fixed_int(h, at.SPENDING) + 8 * s
    store_float(spending, 0, load_float(spending) - _price(h, at.PRICE_PER_DAY, group, i))
    count_in_care(h, s, group, -1)


@inlined
def new_month(h, begin):
    """Prices may change with the month; in January the spending starts again."""
    groups = fixed_int(h, at.GROUPS)
    fresh = load_int(fixed_int(h, at.NEW_YEAR), 8 * load_int(h, at.MONTH)) == 1
    for s in range(fixed_int(h, at.STATIONS)):
        _settle(h, s, begin, 0.0)
        if fresh:
            store_float(fixed_int(h, at.SPENT), 8 * s, 0.0)
        i = load_int(fixed_int(h, at.FORM_OF), 8 * s)
        by_day = 0.0
        for group in range(groups):
            present = load_int(fixed_int(h, at.IN_CARE_OF), 8 * (s * groups + group))
            by_day += present * _price(h, at.PRICE_PER_DAY, group, i)
        store_float(fixed_int(h, at.SPENDING), 8 * s, by_day)
