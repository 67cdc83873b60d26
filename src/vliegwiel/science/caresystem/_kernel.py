"""The event loop: youths, one by one, through sources, queues, stays and what comes after.

Written as small functions on raw memory (see :mod:`._layout`), compiled by numba, without a lock.
Only :func:`run` is kept in numba's cache: a cached helper would outlive a change in what it uses.
``h`` is the address of the header, ``y`` the number of a youth's record, ``i`` a care type. Events
lie in a calendar: a bucket for each fraction of a day, put in order when its turn comes. Only the
sources, of which there are few, are looked at one by one for who sends somebody next. Who stops
waiting and leaves youth care is taken from the queue when seen (the deadline is drawn on joining);
who then goes to another care type does so as an event of its own.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import numpy as np
from numba import njit

from vliegwiel.science.kernel import ATTEMPTS, Purpose

from . import _layout as at
from ._ages import draw_birth, last_day
from ._budgets import end_spending, new_month
from ._calendar import first_in_bucket, leave_bucket, order_bucket
from ._census import census, form_of
from ._draws import exponential
from ._inlining import apart, inlined, owned_key, owner_key, step, uniform
from ._memory import (
    fixed_float,
    fixed_int,
    likely,
    load_float,
    load_int,
    load_short,
    store_float,
    store_int,
    store_short,
    unlikely,
    whole,
)
from ._queues import choose_station, fill, gone_waiting, is_free, plan, plan_end, start, wait
from ._recording import (
    add_time,
    after_care,
    after_waiting,
    begin_month,
    count,
    count_leaving,
    extra,
    flow_now,
    from_outside,
    tally,
)
from ._youths import (
    choose,
    counter,
    dequeue,
    draw_class,
    forget,
    happens,
    new_youth,
    outcome,
    record,
    row_of,
)

_P_GAP = int(Purpose.GAP)
_P_GROUP = int(Purpose.GROUP)
_P_ACCEPT = int(Purpose.ACCEPT)
_P_DESTINATION = int(Purpose.DESTINATION)
_P_EXTEND = int(Purpose.EXTEND)
_P_EXTENSION = int(Purpose.EXTENSION)
_P_NEXT = int(Purpose.NEXT)
_P_SUCCESS = int(Purpose.SUCCESS)
_P_LEAVE = int(Purpose.LEAVE)
_P_RETURN = int(Purpose.RETURN)
_P_DELAY = int(Purpose.DELAY)
_P_BACK = int(Purpose.BACK)


# What happens to whom next is told as (youth, origin, destination), with NOBODY for a destination
# when nobody goes anywhere, and for the youth when nobody is left to forget or to arrive.


@inlined
def _go(h, f, y, origin, to, now):
    """A youth goes from an origin to a destination; who is too old for it goes out of care."""
    n = fixed_int(h, at.TYPES)
    if f is not None and to < n and now >= last_day(h, record(h, y), to):
        to = n + 1
    flow_now(h, origin, to)
    if to < n:
        _arrive(h, f, y, to, now)
    elif y != at.NOBODY:
        forget(h, y)


@inlined
def _arrive(h, f, y, i, now):
    """A youth comes to a care type and starts at once or waits."""
    r, s = record(h, y), i
    store_short(r, at.Y_TYPE, i)
    store_short(r, at.Y_VISIT, load_short(r, at.Y_VISIT) + 1)
    store_float(r, at.Y_SINCE, now)
    if f is not None:
        s = choose_station(h, f, r, i, now, True)
        store_short(extra(h, r), at.X_STATION, s)
    count(h, f, at.ARRIVALS, r, i, now)
    if is_free(h, f, s, now):
        start(h, f, y, i, s, now)
    else:
        wait(h, f, y, i, s, now)


@inlined
def _stop_waiting(h, f, y, now):
    """Patience ends and the youth goes to another care type, or away."""
    r = record(h, y)
    i, n = load_short(r, at.Y_TYPE), fixed_int(h, at.TYPES)
    dequeue(h, f, y, i)
    too_old = count_leaving(h, f, load_int(h, at.MONTH), r, i, now)
    to = load_int(fixed_int(h, at.LEAVE_TO), 8 * i)
    if f is not None and to == at.CHOOSES:
        table, key = at.LEAVING_REFERENCE, load_int(r, at.Y_KEY)
        to = choose(h, table, i, n, row_of(h, r), n + 2, key, _P_LEAVE, counter(r), True)
    if to < 0 or too_old:
        to = n + 1
    return y, after_waiting(h, i), to


@inlined
def _is_extended(h, f, y, i, now):
    """Whether care goes on at the end of a stay; if so its end is planned."""
    r = record(h, y)
    cell = 8 * (row_of(h, r) * fixed_int(h, at.TYPES) + i)
    probability = load_float(fixed_int(h, at.EXTENSION_PROBABILITY), cell)
    key, visit = load_int(r, at.Y_KEY), counter(r)
    if probability > 0.0 and uniform(key, _P_EXTEND, visit) < probability:
        mean = load_float(fixed_int(h, at.EXTENSION_MEAN), cell)
        longer = exponential(h, key, _P_EXTENSION, visit, mean)
        plan_end(h, f, y, i, at.EXTENSION_ENDS, now, longer)
        return True
    return False


@inlined
def _end_care(h, f, y, now):
    """Care ends, unless it is extended; the place goes on first, then the youth."""
    r = record(h, y)
    i, kind = load_short(r, at.Y_TYPE), load_short(r, at.Y_KIND)
    origin, without = after_care(h, i), False
    if kind == at.STAY_ENDS and _is_extended(h, f, y, i, now):
        return at.NOBODY, origin, at.NOBODY
    s = i
    if f is not None:
        s = load_short(extra(h, r), at.X_STATION)
        end_spending(h, r, i, s, now)
        if kind == at.AGE_ENDS:
            tally(h, f, at.AGED_OUT, r, i)
        else:
            without = _is_without_success(h, f, r, i)
    taken = fixed_int(h, at.IN_CARE) + 8 * s
    store_int(taken, 0, load_int(taken) - 1)
    count(h, f, at.ENDS, r, i, now)
    add_time(h, f, at.CARE_TIME, r, i, now)
    fill(h, f, i, s, now)
    if f is not None and kind == at.AGE_ENDS:
        return y, origin, fixed_int(h, at.TYPES) + 1
    return _after_care(h, f, y, i, without, now)


@inlined
def _is_without_success(h, f, r, i):
    """Whether care ends without success, where the model knows of success."""
    cell = row_of(h, r) * fixed_int(h, at.TYPES) + i
    probability = load_float(fixed_int(h, at.SUCCESS), 8 * cell)
    if probability > 1.0:
        return False
    if uniform(load_int(r, at.Y_KEY), _P_SUCCESS, counter(r)) >= probability:
        return True
    tally(h, f, at.SUCCEEDED, r, i)
    return False


@inlined
def _after_care(h, f, y, i, without, now):
    """Where a youth goes when care has ended."""
    r = record(h, y)
    key, visit, row = load_int(r, at.Y_KEY), counter(r), row_of(h, r)
    n, origin, owner = fixed_int(h, at.TYPES), after_care(h, i), i
    owners, returns = n, at.RETURN_PROBABILITY
    if f is not None:
        owners = fixed_int(h, at.FOLLOWING_OWNERS)
        if without:
            owner, returns = n + i, at.RETURN_WITHOUT_SUCCESS
    to = choose(h, at.FOLLOWING_REFERENCE, owner, owners, row, n + 2, key, _P_NEXT, visit, True)
    if to < n:
        return y, origin, to
    if happens(key, _P_RETURN, visit, load_int(fixed_int(h, returns), 8 * row)):
        mean = load_float(fixed_int(h, at.RETURN_MEAN), 8 * row)
        plan(h, f, y, at.COMES_BACK, now + exponential(h, key, _P_DELAY, visit, mean))
        return at.NOBODY, origin, to
    return y, origin, to


@inlined
def _come_back(h, y):
    r = record(h, y)
    n, key = fixed_int(h, at.TYPES), load_int(r, at.Y_KEY)
    row = row_of(h, r)
    to = choose(h, at.BACK_REFERENCE, 0, 1, row, n + 1, key, _P_BACK, counter(r), False)
    return y, from_outside(h), to


@inlined
def _draw_gap(h, r, k):
    """Draw how far it is to the k-th candidate of a source, at a rate of one."""
    far = exponential(h, load_int(r, at.Y_KEY), _P_GAP, k * ATTEMPTS, 1.0)
    store_float(r, at.Y_GAP, far)


@inlined
def _next_candidate(h, s, now):
    """When a source sends its next candidate: unit-rate steps through the rates of the months.

    The gap after that is drawn meanwhile: whether the source or the calendar comes next waits for
    the time of the candidate, and so for nothing that takes as long as a draw.
    """
    r = record(h, s)
    k = load_short(r, at.Y_VISIT) + 1
    store_short(r, at.Y_VISIT, k)
    far = load_float(r, at.Y_GAP)
    _draw_gap(h, r, k + 1)
    months = fixed_int(h, at.MONTHS)
    month, time = load_int(h, at.MONTH), now
    while month < months:
        rate = load_float(fixed_int(h, at.CANDIDATES), 8 * (s * months + month))
        end = load_float(fixed_int(h, at.MONTH_ENDS), 8 * month)
        room = rate * (end - time)
        if likely(far < room):
            store_float(r, at.Y_TIME, time + far / rate)
            return
        far -= room
        time = end
        month += 1
    store_float(r, at.Y_TIME, np.inf)


@inlined
def _look_ahead(h):
    """Which source sends somebody next, and when."""
    first, soonest = 0, np.inf
    for s in range(fixed_int(h, at.SOURCES)):
        time = load_float(record(h, s), at.Y_TIME)
        if time < soonest:
            first, soonest = s, time
    store_int(h, at.NEXT_SOURCE, first)
    store_float(h, at.NEXT_CANDIDATE, soonest)


@inlined
def _candidate(h, f, s, now):
    """A source sends somebody: in this arm a youth, or nobody."""
    r = record(h, s)
    key = owned_key(load_int(r, at.Y_OWNER), load_short(r, at.Y_VISIT))
    _next_candidate(h, s, now)
    _look_ahead(h)
    groups, n = fixed_int(h, at.GROUPS), fixed_int(h, at.TYPES)
    cell = (s * fixed_int(h, at.MONTHS) + load_int(h, at.MONTH)) * groups
    group = 0
    if groups > 1:
        cumulative = fixed_int(h, at.GROUP_CUM) + 8 * cell
        group = outcome(cumulative, groups, step(key, _P_GROUP, 0))
    if not happens(key, _P_ACCEPT, 0, load_int(fixed_int(h, at.ACCEPT), 8 * (cell + group))):
        return at.NOBODY, s, at.NOBODY
    row, sources = load_int(load_int(h, at.MONTH_ROWS), 8 * group), fixed_int(h, at.SOURCES)
    table = at.DESTINATION_REFERENCE
    to = choose(h, table, s, sources, row, n + 1, key, _P_DESTINATION, 0, False)
    if to == n:
        return at.NOBODY, s, n
    y = new_youth(h, key, group)
    if y == at.NOBODY:
        return at.NOBODY, s, at.NOBODY
    if f is not None:
        draw_class(h, record(h, y), s)
        draw_birth(h, record(h, y), s, now)
    return y, s, to


@apart
def _sweep(h, f):
    """At the end, take from the queues who has left them and count who still waits."""
    horizon = fixed_float(h, at.HORIZON)
    classes = fixed_int(h, at.CLASSES)
    for q in range(fixed_int(h, at.STATIONS) * classes):
        i = form_of(h, f, q // classes)
        y = load_short(fixed_int(h, at.QUEUE_HEAD), 4 * q)
        while y != at.NOBODY:
            r = record(h, y)
            behind = load_short(r, at.Y_BEHIND)
            if load_float(r, at.Y_TIME) < horizon:
                dequeue(h, f, y, i)
                gone_waiting(h, f, y, i)
            else:
                tally(h, f, at.STILL_WAITING, r, i)
                add_time(h, f, at.QUEUE_TIME, r, i, horizon)
            y = behind


@inlined
def _happen(h, f, y, now):
    """The event of a youth, and who goes somewhere because of it."""
    kind = load_short(record(h, y), at.Y_KIND)
    if unlikely(kind == at.STOPS_WAITING):
        who, origin, to = _stop_waiting(h, f, y, now)
    elif unlikely(kind == at.COMES_BACK):
        who, origin, to = _come_back(h, y)
    else:
        who, origin, to = _end_care(h, f, y, now)
    return who, origin, to


@inlined
def _go_through(h, f, end):
    """Everything that happens in the present bucket: in its calendar, and by the sources."""
    while True:
        y = first_in_bucket(h)
        now, sent = end, load_float(h, at.NEXT_CANDIDATE)
        if y != at.NOBODY:
            now = load_float(record(h, y), at.Y_TIME)
        if sent < now:
            now = sent
            who, origin, to = _candidate(h, f, load_int(h, at.NEXT_SOURCE), now)
        elif y == at.NOBODY:
            return
        else:
            leave_bucket(h, y)
            who, origin, to = _happen(h, f, y, now)
        if to != at.NOBODY:
            _go(h, f, who, origin, to, now)


@apart
def _open(h, f, begin):
    """A month begins, with the places and the money that it has."""
    if f is not None:
        new_month(h, begin)
    for s in range(fixed_int(h, at.STATIONS)):
        fill(h, f, form_of(h, f, s), s, begin)


@njit(cache=True, nogil=True)
def run(h, build, f):  # noqa: ARG001  (it only takes part in the signature)
    """Simulate from day 0 to the horizon.

    Args:
        h: address of a header that :mod:`.workspace` has filled in.
        build: number of this build of the kernel. It takes part in the compiled signature, so that
            a cached compilation of older helper functions is never used.
        f: None for a plain model, 1 for one with budgets, priority, several providers or more. The
            plain kernel is compiled without any of it: numba leaves out what is asked of a None.
    """
    begin_month(h, f, 0)
    for s in range(fixed_int(h, at.SOURCES)):
        r = record(h, s)
        owner = owner_key(fixed_int(h, at.KEY), s)
        store_int(r, at.Y_OWNER, owner)
        store_int(r, at.Y_KEY, owned_key(owner, -1))
        store_short(r, at.Y_VISIT, 0)
        _draw_gap(h, r, 1)
        _next_candidate(h, s, 0.0)
    _look_ahead(h)
    census(h, f)
    bucket = 0
    begin, per_day = 0.0, fixed_float(h, at.BUCKETS_PER_DAY)
    for month in range(fixed_int(h, at.MONTHS)):
        if month > 0:
            begin = load_float(h, at.MONTH_END)
            begin_month(h, f, month)
        _open(h, f, begin)
        last = whole(load_float(h, at.MONTH_END) * per_day)
        while bucket < last and load_int(h, at.FAILED) == 0:
            order_bucket(h, bucket)
            _go_through(h, f, (bucket + 1) / per_day)
            bucket += 1
    _sweep(h, f)
