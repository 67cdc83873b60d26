"""What the kernel writes down: by month, counts for group and care type, flows, and waits.

With each count goes the time left until the end of its month; youths present through a month can
then be computed afterwards from a few sums, without looking at anybody twice. ``f`` is 0 for a
plain model and 1 for one with any of the features that need more than that (see :mod:`._kernel`).
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import math

from . import _layout as at
from ._inlining import inlined
from ._memory import load_float, load_int, load_short, store_float, store_int, store_short

_LEFT = at.ARRIVALS_LEFT - at.ARRIVALS


@inlined
def extra(h, r):
    """Address of what a youth's record has besides, in a model that is not plain."""
    return load_int(h + at.EXTRAS) + (r - load_int(h + at.RECORDS)) // (at.RECORD // at.EXTRA)


@inlined
def _cell(h, month, r, i):
    """Cell of the counts for a youth's group in a month at a care type."""
    group = load_short(r + at.Y_GROUP)
    index = (month * load_int(h + at.GROUPS) + group) * load_int(h + at.TYPES) + i
    return load_int(h + at.COUNTS) + at.CELL * index


@inlined
def _station_cell(h, month, r):
    """Cell of the counts for where a youth is."""
    index = month * load_int(h + at.STATIONS) + load_short(extra(h, r) + at.X_STATION)
    return load_int(h + at.STATION_COUNTS) + at.CELL * index


@inlined
def _add(address, amount):
    store_float(address, load_float(address) + amount)


@inlined
def count(h, f, what, month, r, i, now):
    """One event of a youth, and the time that was left of its month."""
    address = _cell(h, month, r, i) + what
    left = load_float(load_int(h + at.MONTH_ENDS) + 8 * month) - now
    _add(address, 1.0)
    _add(address + _LEFT, left)
    if f:
        address = _station_cell(h, month, r) + what
        _add(address, 1.0)
        _add(address + _LEFT, left)
    room = load_int(h + at.TRACE_ROOM)
    if room > 0:
        _trace(h, what, r, i, now, room)


@inlined
def _trace(h, what, r, i, now, room):
    """Write the event itself down, for whoever compares events one by one."""
    line = load_int(h + at.TRACE)
    store_float(line, now)
    store_int(line + 8, load_int(r + at.Y_KEY))
    store_int(line + 16, what // 8)
    store_int(line + 24, i)
    store_int(h + at.TRACE, line + at.TRACE_LINE)
    store_int(h + at.TRACE_ROOM, room - 1)


@inlined
def tally(h, f, what, month, r, i):
    """One more of a kind that has no moment of its own."""
    _add(_cell(h, month, r, i) + what, 1.0)
    if f:
        _add(_station_cell(h, month, r) + what, 1.0)


@inlined
def add_time(h, f, what, month, r, i, now):
    """Time within the run that a youth spent waiting or in care, on leaving it."""
    since = max(load_float(r + at.Y_SINCE), 0.0)
    _add(_cell(h, month, r, i) + what, now - since)
    if f:
        _add(_station_cell(h, month, r) + what, now - since)


@inlined
def count_wait(h, f, month, r, i, wait):
    """The wait of a youth who starts."""
    within = wait <= load_float(load_int(h + at.SCALARS) + at.NORM_DAYS)
    _count_wait(_cell(h, month, r, i), wait, within)
    if f:
        _count_wait(_station_cell(h, month, r), wait, within)
    s = i
    if f:
        s = load_short(extra(h, r) + at.X_STATION)
    row = month * load_int(h + at.STATIONS) + s
    _one_more(load_int(h + at.HISTOGRAM) + 4 * (row * at.BINS + wait_bin(wait)))


@inlined
def _one_more(address):
    store_short(address, load_short(address) + 1)


@inlined
def count_flow(h, month, origin, to):
    """A youth went from an origin to a destination."""
    n, sources = load_int(h + at.TYPES), load_int(h + at.SOURCES)
    row = month * (sources + 2 * n + 1) + origin
    _one_more(load_int(h + at.FLOWS) + 4 * (row * (n + 2) + to))


@inlined
def flow_now(h, origin, to):
    """The same, in the present month."""
    count_flow(h, load_int(h + at.MONTH), origin, to)


@inlined
def after_care(h, i):
    """Origin of who has had care of a type."""
    return load_int(h + at.SOURCES) + i


@inlined
def after_waiting(h, i):
    """Origin of who has stopped waiting for care of a type."""
    return load_int(h + at.SOURCES) + load_int(h + at.TYPES) + i


@inlined
def count_waiting(h, f, month, r, i, sign):
    """A youth joins (1) or leaves (-1) the queue: the day of arrival of who waits."""
    since = sign * load_float(r + at.Y_SINCE)
    _add(_cell(h, month, r, i) + at.WAITING_SINCE, since)
    if f:
        _add(_station_cell(h, month, r) + at.WAITING_SINCE, since)


@inlined
def _count_wait(cell, wait, within):
    _add(cell + at.WAIT_SUM, wait)
    _add(cell + at.WAITS, 1.0)
    if within:
        _add(cell + at.WITHIN_NORM, 1.0)


@inlined
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
