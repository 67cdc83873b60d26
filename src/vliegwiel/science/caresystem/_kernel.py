"""The event loop: youths, one by one, through sources, queues, stays and what comes after.

Written as small functions on raw memory (see :mod:`._layout`), compiled by numba, without a lock.
Only :func:`run` is kept in numba's cache: a cached helper would outlive a change in what it uses.
``h`` is the address of the header, ``y`` the number of a youth's record, ``i`` a care type. Events
lie in a calendar: a bucket for each fraction of a day, put in order when its turn comes. Who stops
waiting and leaves youth care is taken from the queue when seen (the deadline is drawn on joining);
who then goes to another care type does so as an event of its own.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from numba import njit

from vliegwiel.science.kernel import Purpose, child_key

from . import _layout as at
from ._ages import draw_birth, last_day
from ._budgets import end_spending, new_month
from ._calendar import next_in_bucket, order_bucket, schedule
from ._census import census, form_of
from ._draws import exponential
from ._inlining import inlined, uniform
from ._memory import load_float, load_int, load_short, store_float, store_int, store_short
from ._queues import (
    choose_station,
    count_leaving,
    fill,
    gone_waiting,
    is_free,
    plan,
    plan_end,
    start,
    wait,
)
from ._recording import add_time, after_care, after_waiting, count, extra, flow_now, tally
from ._youths import (
    choose,
    counter,
    dequeue,
    draw_class,
    forget,
    new_youth,
    record,
    row_of,
    search,
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


@inlined
def _arrive(h, f, y, i, origin, now):
    """A youth comes to a care type and starts at once or waits; who is too old does neither."""
    r = record(h, y)
    if f and now >= last_day(h, r, i):
        flow_now(h, origin, load_int(h + at.TYPES) + 1)
        forget(h, y)
        return
    flow_now(h, origin, i)
    store_short(r + at.Y_TYPE, i)
    store_short(r + at.Y_VISIT, load_short(r + at.Y_VISIT) + 1)
    store_float(r + at.Y_SINCE, now)
    s = i
    if f:
        s = choose_station(h, f, r, i, now, True)
        store_short(extra(h, r) + at.X_STATION, s)
    count(h, f, at.ARRIVALS, load_int(h + at.MONTH), r, i, now)
    if is_free(h, f, s, now):
        start(h, f, y, i, s, now)
    else:
        wait(h, f, y, i, s, now)


@inlined
def _stop_waiting(h, f, y, now):
    """Patience ends and the youth goes to another care type, or away."""
    r = record(h, y)
    i = load_short(r + at.Y_TYPE)
    dequeue(h, f, y, i)
    too_old = count_leaving(h, f, load_int(h + at.MONTH), r, i, now)
    to, n = load_int(load_int(h + at.LEAVE_TO) + 8 * i), load_int(h + at.TYPES)
    if f and to == at.CHOOSES:
        table, key = at.LEAVING_REFERENCE, load_int(r + at.Y_KEY)
        to = choose(h, table, i, n, row_of(h, r), n + 2, key, _P_LEAVE, counter(r))
    if to < 0 or too_old:
        to = n + 1
    origin = after_waiting(h, i)
    if to < n:
        _arrive(h, f, y, to, origin, now)
    else:
        flow_now(h, origin, to)
        forget(h, y)


@inlined
def _is_extended(h, f, y, i, now):
    """Whether care goes on at the end of a stay; if so its end is planned."""
    r = record(h, y)
    cell = 8 * (row_of(h, r) * load_int(h + at.TYPES) + i)
    probability = load_float(load_int(h + at.EXTENSION_PROBABILITY) + cell)
    key, visit = load_int(r + at.Y_KEY), counter(r)
    if probability > 0.0 and uniform(key, _P_EXTEND, visit) < probability:
        mean = load_float(load_int(h + at.EXTENSION_MEAN) + cell)
        longer = exponential(key, _P_EXTENSION, visit, mean)
        plan_end(h, f, y, i, at.EXTENSION_ENDS, now, longer)
        return True
    return False


@inlined
def _end_care(h, f, y, now):
    """Care ends, unless it is extended; the place goes on first, then the youth."""
    r = record(h, y)
    i, kind = load_short(r + at.Y_TYPE), load_short(r + at.Y_KIND)
    if kind == at.STAY_ENDS and _is_extended(h, f, y, i, now):
        return
    s, month, without = i, load_int(h + at.MONTH), False
    if f:
        s = load_short(extra(h, r) + at.X_STATION)
        end_spending(h, r, i, s, now)
        if kind == at.AGE_ENDS:
            tally(h, f, at.AGED_OUT, month, r, i)
        else:
            without = _is_without_success(h, f, r, i)
    taken = load_int(h + at.IN_CARE) + 8 * s
    store_int(taken, load_int(taken) - 1)
    count(h, f, at.ENDS, month, r, i, now)
    add_time(h, f, at.CARE_TIME, month, r, i, now)
    fill(h, f, i, s, now)
    if f and kind == at.AGE_ENDS:
        flow_now(h, after_care(h, i), load_int(h + at.TYPES) + 1)
        forget(h, y)
    else:
        _after_care(h, f, y, i, without, now)


@inlined
def _is_without_success(h, f, r, i):
    """Whether care ends without success, where the model knows of success."""
    cell = row_of(h, r) * load_int(h + at.TYPES) + i
    probability = load_float(load_int(h + at.SUCCESS) + 8 * cell)
    if probability > 1.0:
        return False
    if uniform(load_int(r + at.Y_KEY), _P_SUCCESS, counter(r)) >= probability:
        return True
    tally(h, f, at.SUCCEEDED, load_int(h + at.MONTH), r, i)
    return False


@inlined
def _after_care(h, f, y, i, without, now):
    """Where a youth goes when care has ended."""
    r = record(h, y)
    key, visit, row = load_int(r + at.Y_KEY), counter(r), row_of(h, r)
    n, owner, owners, returns = (
        load_int(h + at.TYPES),
        i,
        load_int(h + at.TYPES),
        at.RETURN_PROBABILITY,
    )
    if f:
        owners = load_int(h + at.FOLLOWING_OWNERS)
        if without:
            owner, returns = n + i, at.RETURN_WITHOUT_SUCCESS
    to = choose(h, at.FOLLOWING_REFERENCE, owner, owners, row, n + 2, key, _P_NEXT, visit)
    origin = after_care(h, i)
    if to < n:
        _arrive(h, f, y, to, origin, now)
        return
    flow_now(h, origin, to)
    probability = load_float(load_int(h + returns) + 8 * row)
    if probability > 0.0 and uniform(key, _P_RETURN, visit) < probability:
        mean = load_float(load_int(h + at.RETURN_MEAN) + 8 * row)
        plan(h, f, y, at.COMES_BACK, now + exponential(key, _P_DELAY, visit, mean))
    else:
        forget(h, y)


@inlined
def _come_back(h, f, y, now):
    r = record(h, y)
    n = load_int(h + at.TYPES)
    key, origin = load_int(r + at.Y_KEY), load_int(h + at.SOURCES) + 2 * n
    to = choose(h, at.BACK_REFERENCE, 0, 1, row_of(h, r), n + 1, key, _P_BACK, counter(r))
    if to < n:
        _arrive(h, f, y, to, origin, now)
    else:
        flow_now(h, origin, to)
        forget(h, y)


@inlined
def _next_candidate(h, s, now):
    """Schedule the next candidate of a source: unit-rate steps through the rates of the months."""
    r = record(h, s)
    k = load_short(r + at.Y_VISIT) + 1
    store_short(r + at.Y_VISIT, k)
    step = exponential(load_int(r + at.Y_KEY), _P_GAP, k, 1.0)
    months = load_int(h + at.MONTHS)
    month, time = load_int(h + at.MONTH), now
    while month < months:
        rate = load_float(load_int(h + at.CANDIDATES) + 8 * (s * months + month))
        end = load_float(load_int(h + at.MONTH_ENDS) + 8 * month)
        room = rate * (end - time)
        if step < room:
            store_short(r + at.Y_KIND, at.CANDIDATE)
            schedule(h, s, time + step / rate)
            return
        step -= room
        time = end
        month += 1


@inlined
def _candidate(h, f, s, now):
    """A source sends somebody: in this arm a youth, or nobody."""
    r = record(h, s)
    key = child_key(load_int(h + at.KEY), s, load_short(r + at.Y_VISIT))
    _next_candidate(h, s, now)
    groups, n = load_int(h + at.GROUPS), load_int(h + at.TYPES)
    cell = (s * load_int(h + at.MONTHS) + load_int(h + at.MONTH)) * groups
    group = 0
    if groups > 1:
        cumulative = load_int(h + at.GROUP_CUM) + 8 * cell
        group = search(cumulative, groups, uniform(key, _P_GROUP, 0))
    accept = load_float(load_int(h + at.ACCEPT) + 8 * (cell + group))
    if accept < 1.0 and uniform(key, _P_ACCEPT, 0) >= accept:
        return
    where = 8 * (load_int(h + at.MONTH) * groups + group)
    row, sources = load_int(load_int(h + at.ROW) + where), load_int(h + at.SOURCES)
    table = at.DESTINATION_REFERENCE
    to = choose(h, table, s, sources, row, n + 1, key, _P_DESTINATION, 0)
    if to == n:
        flow_now(h, s, n)
        return
    y = new_youth(h, key, group)
    if y != at.NOBODY:
        if f:
            draw_class(h, record(h, y), s)
            draw_birth(h, record(h, y), s, now)
        _arrive(h, f, y, to, s, now)


@inlined
def _sweep(h, f):
    """At the end, take from the queues who has left them and count who still waits."""
    horizon = load_float(load_int(h + at.SCALARS) + at.HORIZON)
    classes = load_int(h + at.CLASSES)
    for q in range(load_int(h + at.STATIONS) * classes):
        i = form_of(h, f, q // classes)
        y = load_short(load_int(h + at.QUEUE_HEAD) + 4 * q)
        while y != at.NOBODY:
            r = record(h, y)
            behind = load_short(r + at.Y_BEHIND)
            if load_float(r + at.Y_TIME) < horizon:
                dequeue(h, f, y, i)
                gone_waiting(h, f, y, i)
            else:
                month = load_int(h + at.MONTH)
                tally(h, f, at.STILL_WAITING, month, r, i)
                add_time(h, f, at.QUEUE_TIME, month, r, i, horizon)
            y = behind


@inlined
def _happen(h, f, y, now):
    kind = load_short(record(h, y) + at.Y_KIND)
    if kind in (at.STAY_ENDS, at.EXTENSION_ENDS, at.AGE_ENDS):
        _end_care(h, f, y, now)
    elif kind == at.CANDIDATE:
        _candidate(h, f, y, now)
    elif kind == at.COMES_BACK:
        _come_back(h, f, y, now)
    else:
        _stop_waiting(h, f, y, now)


@njit(cache=True, nogil=True)
def run(h, build, f):  # noqa: ARG001  (it only takes part in the signature)
    """Simulate from day 0 to the horizon.

    Args:
        h: address of a header that :mod:`.workspace` has filled in.
        build: number of this build of the kernel. It takes part in the compiled signature, so that
            a cached compilation of older helper functions is never used.
        f: 0 for a plain model, 1 for one with budgets, priority or several providers. A literal
            type: the plain kernel is compiled without any of it.
    """
    sources, stations = load_int(h + at.SOURCES), load_int(h + at.STATIONS)
    store_int(h + at.MONTH, 0)
    for s in range(sources):
        r = record(h, s)
        store_int(r + at.Y_KEY, child_key(load_int(h + at.KEY), s, -1))
        store_short(r + at.Y_VISIT, 0)
        _next_candidate(h, s, 0.0)
    census(h, f)
    bucket = 0
    per_day = load_float(load_int(h + at.SCALARS) + at.BUCKETS_PER_DAY)
    for month in range(load_int(h + at.MONTHS)):
        store_int(h + at.MONTH, month)
        begin = 0.0 if month == 0 else load_float(load_int(h + at.MONTH_ENDS) + 8 * (month - 1))
        if f:
            new_month(h, begin)
        for s in range(stations):
            fill(h, f, form_of(h, f, s), s, begin)
        last = int(load_float(load_int(h + at.MONTH_ENDS) + 8 * month) * per_day)
        while bucket < last and load_int(h + at.FAILED) == 0:
            order_bucket(h, bucket)
            y = next_in_bucket(h, bucket)
            while y != at.NOBODY:
                _happen(h, f, y, load_float(record(h, y) + at.Y_TIME))
                y = next_in_bucket(h, bucket)
            bucket += 1
    _sweep(h, f)
