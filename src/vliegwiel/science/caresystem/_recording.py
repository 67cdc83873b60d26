"""What the kernel writes down: counts by month, group and care type, and a histogram of waits.

With each count goes the time left until the end of its month; youths present through a month can
then be computed afterwards from a few sums, without looking at anybody twice.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import math

from numba import njit

from . import _layout as at
from ._memory import load_float, load_int, load_short, store_float, store_int, store_short

_LEFT = at.ARRIVALS_LEFT - at.ARRIVALS


@njit
def _cell(h, month, r, i):
    """Cell of the counts for a youth's group in a month at a care type."""
    group = load_short(r + at.Y_GROUP)
    index = (month * load_int(h + at.GROUPS) + group) * load_int(h + at.TYPES) + i
    return load_int(h + at.COUNTS) + at.CELL * index


@njit
def count(h, what, month, r, i, now):
    """One event of a youth, and the time that was left of its month."""
    address = _cell(h, month, r, i) + what
    store_float(address, load_float(address) + 1.0)
    left = load_float(load_int(h + at.MONTH_ENDS) + 8 * month) - now
    store_float(address + _LEFT, load_float(address + _LEFT) + left)
    room = load_int(h + at.TRACE_ROOM)
    if room > 0:
        _trace(h, what, r, i, now, room)


@njit
def _trace(h, what, r, i, now, room):
    """Write the event itself down, for whoever compares events one by one."""
    line = load_int(h + at.TRACE)
    store_float(line, now)
    store_int(line + 8, load_int(r + at.Y_KEY))
    store_int(line + 16, what // 8)
    store_int(line + 24, i)
    store_int(h + at.TRACE, line + at.TRACE_LINE)
    store_int(h + at.TRACE_ROOM, room - 1)


@njit
def tally(h, what, month, r, i):
    """One more of a kind that has no moment of its own."""
    address = _cell(h, month, r, i) + what
    store_float(address, load_float(address) + 1.0)


@njit
def add_time(h, what, month, r, i, now):
    """Time within the run that a youth spent waiting or in care, on leaving it."""
    address = _cell(h, month, r, i) + what
    since = max(load_float(r + at.Y_SINCE), 0.0)
    store_float(address, load_float(address) + (now - since))


@njit
def count_wait(h, month, r, i, wait):
    """The wait of a youth who starts."""
    cell = _cell(h, month, r, i)
    store_float(cell + at.WAIT_SUM, load_float(cell + at.WAIT_SUM) + wait)
    store_float(cell + at.WAITS, load_float(cell + at.WAITS) + 1.0)
    if wait <= load_float(load_int(h + at.SCALARS) + at.NORM_DAYS):
        store_float(cell + at.WITHIN_NORM, load_float(cell + at.WITHIN_NORM) + 1.0)
    bins = load_int(h + at.HISTOGRAM) + 4 * (i * at.BINS + wait_bin(wait))
    store_short(bins, load_short(bins) + 1)


@njit
def wait_bin(wait):
    """Bin of a wait: 0 below the lowest octave, else by exponent and leading bits."""
    fraction, exponent = math.frexp(wait)
    octave = exponent - 1 - at.LOWEST_OCTAVE
    if wait <= 0.0 or octave < 0:
        return 0
    if octave >= at.OCTAVES:
        return at.BINS - 1
    within = int((fraction * 2.0 - 1.0) * at.BINS_PER_OCTAVE)
    return 1 + octave * at.BINS_PER_OCTAVE + within
