"""What the kernel writes down: by month, counts for group and care type, flows, and waits.

With each count goes the time left until the end of its month; youths present through a month can
then be computed afterwards from a few sums, without looking at anybody twice. A month's part of
the counts is emptied when the month begins; where it lies stands in the header meanwhile. ``f`` is
None for a plain model and 1 for one with any of the features that need more than that, ``t`` None
in a kernel that cannot write events down (see :mod:`._kernel`).
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from . import _layout as at
from ._inlining import apart, inlined
from ._memory import (
    add_one,
    add_pair,
    clear,
    fixed_float,
    fixed_int,
    float_bits,
    larger,
    load_float,
    load_int,
    load_short,
    one_more,
    store_float,
    store_int,
    store_short,
    unlikely,
)

#: Sign, exponent and the leading four bits of a float are its first sixteen; of the lowest octave.
_BITS_BELOW = 48
_FIRST_BITS = (1023 + at.LOWEST_OCTAVE) * at.BINS_PER_OCTAVE


@inlined
def extra(h, r):
    """Address of what a youth's record has besides, in a model that is not plain."""
    return fixed_int(h, at.EXTRAS) + (r - fixed_int(h, at.RECORDS)) // (at.RECORD // at.EXTRA)


@inlined
def come_to(h, r, i):
    """A youth is at a care type from now on."""
    store_short(r, at.Y_TYPE, i)
    store_short(r, at.Y_CELL, at.CELL * (load_short(r, at.Y_GROUP) * fixed_int(h, at.TYPES) + i))


@inlined
def cell_now(h, r):
    """Cell of the counts of the present month for a youth's group at the youth's care type."""
    return load_int(h, at.MONTH_CELLS) + load_short(r, at.Y_CELL)


@inlined
def present(h, r):
    """Parameters of the present month for a youth's group at the youth's care type."""
    return fixed_int(h, at.PRESENT) + load_short(r, at.Y_CELL)


@inlined
def station_now(h, r):
    """Cell of the counts of the present month for where a youth is."""
    return load_int(h, at.MONTH_STATIONS) + at.CELL * load_short(extra(h, r), at.X_STATION)


@inlined
def _count(cell, what, left):
    add_pair(cell + what, 1.0, left)


@inlined
def count(h, f, t, what, r, i, now):
    """One event of a youth, and the time that was left of its month."""
    left = load_float(h, at.MONTH_END) - now
    _count(cell_now(h, r), what, left)
    if f is not None:
        _count(station_now(h, r), what, left)
    _trace(h, f, t, what, r, i, now)


@inlined
def tells_youths(h, t):
    """Whether youths are written down beside events; those who are there at the start then too."""
    return t is not None and load_int(h, at.TRACE_YOUTHS) > 0


@inlined
def trace_present(h, f, t, what, r, i, since):
    """Write down who is there at the start, and since when."""
    _trace(h, f, t, what, r, i, since)


@inlined
def _trace(h, f, t, what, r, i, now):
    """Write the event itself down, for whoever asks for events one by one."""
    if t is not None and unlikely(load_int(h, at.TRACE_ROOM) > 0):
        _write_down(h, f, what, r, i, now)


@apart
def _write_down(h, f, what, r, i, now):
    line = load_int(h, at.TRACE)
    store_float(line, 0, now)
    store_int(line, 8, load_int(r, at.Y_KEY))
    store_int(line, 16, what // 8)
    store_int(line, 24, i)
    store_int(h, at.TRACE, line + at.TRACE_LINE)
    store_int(h, at.TRACE_ROOM, load_int(h, at.TRACE_ROOM) - 1)
    if load_int(h, at.TRACE_YOUTHS) > 0:
        _trace_youth(h, f, r, i)


@inlined
def _trace_youth(h, f, r, i):
    """Write down whose event it is and where."""
    station, too_old, birth = i, 0, 0.0
    if f is not None:
        x = extra(h, r)
        station, too_old = load_short(x, at.X_STATION), load_short(x, at.X_TOO_OLD)
        birth = load_float(x, at.X_BIRTH)
    line = load_int(h, at.TRACE_YOUTHS)
    store_int(line, 0, load_short(r, at.Y_GROUP))
    store_int(line, 8, station)
    store_int(line, 16, load_short(r, at.Y_KIND))
    store_int(line, 24, too_old)
    store_float(line, 32, birth)
    store_int(h, at.TRACE_YOUTHS, line + at.YOUTH_LINE)


@inlined
def tally(h, f, what, r):
    """One more of a kind that has no moment of its own."""
    add_one(cell_now(h, r) + what, 1.0)
    if f is not None:
        add_one(station_now(h, r) + what, 1.0)


@inlined
def add_time(h, f, what, r, now):
    """Time within the run that a youth spent waiting or in care, on leaving it."""
    spent = now - larger(load_float(r, at.Y_SINCE), 0.0)
    add_one(cell_now(h, r) + what, spent)
    if f is not None:
        add_one(station_now(h, r) + what, spent)


@inlined
def count_start(h, f, t, r, i, s, now):
    """A youth starts: the event, and the wait when it is one that counts."""
    count(h, f, t, at.STARTS, r, i, now)
    since = load_float(r, at.Y_SINCE)
    wait, within_run, counts = now - since, now - larger(since, 0.0), 0
    if since > fixed_float(h, at.WAITS_FROM):
        counts = 1
        one_more(load_int(h, at.MONTH_WAITS) + 4 * (s * at.BINS + wait_bin(wait)))
    within = counts if wait <= fixed_float(h, at.NORM_DAYS) else 0
    _count_wait(cell_now(h, r), wait, within_run, counts, within)
    if f is not None:
        _count_wait(station_now(h, r), wait, within_run, counts, within)


@inlined
def _count_wait(cell, wait, within_run, counts, within):
    add_pair(cell + at.QUEUE_TIME, within_run, float(within))
    add_pair(cell + at.WAITS, float(counts), counts * wait)


@inlined
def wait_bin(wait):
    """Bin of a wait: 0 below the lowest octave, else by exponent and leading bits."""
    k = 1 + (float_bits(wait) >> _BITS_BELOW) - _FIRST_BITS
    if k < 0:
        return 0
    return k if k < at.BINS else at.BINS - 1


@inlined
def count_leaving(h, f, t, month, r, i, end):
    """A youth stopped waiting, in this month or an earlier one; whether because of age is told."""
    row = month * fixed_int(h, at.GROUPS) * fixed_int(h, at.TYPES)
    cell = fixed_int(h, at.COUNTS) + at.CELL * row + load_short(r, at.Y_CELL)
    left = load_float(fixed_int(h, at.MONTH_ENDS), 8 * month) - end
    since, too_old = load_float(r, at.Y_SINCE), 0
    if f is not None:
        too_old = load_short(extra(h, r), at.X_TOO_OLD)
        index = month * fixed_int(h, at.STATIONS) + load_short(extra(h, r), at.X_STATION)
        _count_leaving(fixed_int(h, at.STATION_COUNTS) + at.CELL * index, left, since, end)
        add_one(fixed_int(h, at.STATION_COUNTS) + at.CELL * index + at.AGED_OUT, float(too_old))
        add_one(cell + at.AGED_OUT, float(too_old))
    _count_leaving(cell, left, since, end)
    _trace(h, f, t, at.LEAVING, r, i, end)
    return too_old == 1


@inlined
def _count_leaving(cell, left, since, end):
    _count(cell, at.LEAVING, left)
    add_one(cell + at.QUEUE_TIME, end - larger(since, 0.0))
    add_one(cell + at.WAITING_SINCE, -since)


@inlined
def count_waiting(h, f, r, sign):
    """A youth joins (1) or leaves (-1) the queue: the day of arrival of who waits."""
    since = sign * load_float(r, at.Y_SINCE)
    add_one(cell_now(h, r) + at.WAITING_SINCE, since)
    if f is not None:
        add_one(station_now(h, r) + at.WAITING_SINCE, since)


@inlined
def _flow(h, flows, origin, to):
    one_more(flows + 4 * (origin * (fixed_int(h, at.TYPES) + 2) + to))


@inlined
def flow_now(h, origin, to):
    """A youth went from an origin to a destination in the present month."""
    _flow(h, load_int(h, at.MONTH_FLOWS), origin, to)


@inlined
def flow_out(h, month, origin):
    """A youth went out of care in a month."""
    n = fixed_int(h, at.TYPES)
    row = month * (fixed_int(h, at.SOURCES) + 2 * n + 1)
    _flow(h, fixed_int(h, at.FLOWS) + 4 * row * (n + 2), origin, n + 1)


@inlined
def after_care(h, i):
    """Origin of who has had care of a type."""
    return fixed_int(h, at.SOURCES) + i


@inlined
def after_waiting(h, i):
    """Origin of who has stopped waiting for care of a type."""
    return fixed_int(h, at.SOURCES) + fixed_int(h, at.TYPES) + i


@inlined
def from_outside(h):
    """Origin of who comes back."""
    return fixed_int(h, at.SOURCES) + 2 * fixed_int(h, at.TYPES)


@apart
def begin_month(h, f, month):
    """Make a month the present one and empty its part of the counts."""
    store_int(h, at.MONTH, month)
    store_float(h, at.MONTH_END, load_float(fixed_int(h, at.MONTH_ENDS), 8 * month))
    n, groups, stations = (
        fixed_int(h, at.TYPES), fixed_int(h, at.GROUPS), fixed_int(h, at.STATIONS),
    )  # fmt: skip
    flows = (fixed_int(h, at.SOURCES) + 2 * n + 1) * (n + 2)
    store_int(h, at.MONTH_ROWS, fixed_int(h, at.ROW) + 8 * month * groups)
    store_int(h, at.MONTH_PLACES, fixed_int(h, at.PLACES) + 8 * month * stations)
    _turn(h + at.MONTH_CELLS, fixed_int(h, at.COUNTS), month, at.CELL * groups * n)
    _turn(h + at.MONTH_FLOWS, fixed_int(h, at.FLOWS), month, 4 * flows)
    _turn(h + at.MONTH_WAITS, fixed_int(h, at.HISTOGRAM), month, 4 * at.BINS * stations)
    if f is not None:
        counts = fixed_int(h, at.STATION_COUNTS)
        _turn(h + at.MONTH_STATIONS, counts, month, at.CELL * stations)
    for group in range(groups):
        _turn_parameters(h, month, group)


@inlined
def _turn_parameters(h, month, group):
    """Put the parameters of a month where they are looked for, unless they are there."""
    n, size = fixed_int(h, at.TYPES), 8 * len(at.PARAMETER)
    rows = fixed_int(h, at.ROW) + 8 * group
    before = 8 * fixed_int(h, at.GROUPS)
    row = load_int(rows, before * month)
    if month > 0 and load_int(rows, before * (month - 1)) == row:
        return
    for i in range(n):
        to = fixed_int(h, at.PRESENT) + at.CELL * (group * n + i)
        of = fixed_int(h, at.PARAMETERS) + size * (row * n + i)
        for k in range(0, at.SHAPE, 8):
            store_float(to, k, load_float(of, k))
        for k in range(at.SHAPE, size, 8):
            store_int(to, k, load_int(of, k))


@inlined
def _turn(field, table, month, size):
    """Point to a month's part of a table, and fill it with zeros."""
    begin = table + month * size
    store_int(field, 0, begin)
    clear(begin, size)
