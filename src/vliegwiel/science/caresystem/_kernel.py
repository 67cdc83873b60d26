"""The event loop: youths, one by one, through sources, queues, stays and what comes after.

Written as small functions on raw memory (see :mod:`._layout`), compiled by numba, without a lock.
Only :func:`run` is kept in numba's cache: a cached helper would outlive a change in what it uses.
``h`` is the address of the header, ``y`` the number of a youth's record, ``i`` a care type. Events
lie in a calendar: a bucket for each fraction of a day, put in order when its turn comes. Who stops
waiting and leaves youth care is taken from the queue when seen (the deadline is drawn on joining);
who then goes to another care type does so as an event of its own.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from numba import njit

from vliegwiel.science.kernel import Purpose, child_key, uniform

from . import _layout as at
from ._budgets import count_in_care, end_spending, new_month
from ._calendar import next_in_bucket, order_bucket, schedule
from ._draws import exponential, residual_stay, stay
from ._memory import (
    load_float,
    load_int,
    load_short,
    store_float,
    store_int,
    store_short,
)
from ._queues import choose_station, fill, gone_waiting, is_free, plan, start, wait
from ._recording import add_time, count, extra, tally
from ._youths import (
    choose,
    counter,
    dequeue,
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
_P_PATIENCE = int(Purpose.PATIENCE)
_P_STAY = int(Purpose.STAY)
_P_EXTEND = int(Purpose.EXTEND)
_P_EXTENSION = int(Purpose.EXTENSION)
_P_NEXT = int(Purpose.NEXT)
_P_RETURN = int(Purpose.RETURN)
_P_DELAY = int(Purpose.DELAY)
_P_BACK = int(Purpose.BACK)
_P_CENSUS_PHASE = int(Purpose.CENSUS_PHASE)
_P_CENSUS_STAY = int(Purpose.CENSUS_STAY)
_P_CENSUS_AGE = int(Purpose.CENSUS_AGE)
_P_CENSUS_WAIT = int(Purpose.CENSUS_WAIT)


@njit
def _arrive(h, f, y, i, now):
    """A youth comes to a care type and starts at once or waits."""
    r = record(h, y)
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


@njit
def _stop_waiting(h, f, y, now):
    """Patience ends and the youth goes to another care type, or away."""
    r = record(h, y)
    i = load_short(r + at.Y_TYPE)
    dequeue(h, f, y, i)
    month = load_int(h + at.MONTH)
    count(h, f, at.LEAVING, month, r, i, now)
    add_time(h, f, at.QUEUE_TIME, month, r, i, now)
    to = load_int(load_int(h + at.LEAVE_TO) + 8 * i)
    if to >= 0:
        _arrive(h, f, y, to, now)
    else:
        forget(h, y)


@njit
def _end_care(h, f, y, now):
    """Care ends, unless it is extended; the place goes on first, then the youth."""
    r = record(h, y)
    i = load_short(r + at.Y_TYPE)
    key, visit = load_int(r + at.Y_KEY), counter(r)
    row, n = row_of(h, r), load_int(h + at.TYPES)
    cell = 8 * (row * n + i)
    if load_short(r + at.Y_KIND) == at.STAY_ENDS:
        probability = load_float(load_int(h + at.EXTENSION_PROBABILITY) + cell)
        if probability > 0.0 and uniform(key, _P_EXTEND, visit) < probability:
            mean = load_float(load_int(h + at.EXTENSION_MEAN) + cell)
            plan(h, f, y, at.EXTENSION_ENDS, now + exponential(key, _P_EXTENSION, visit, mean))
            return
    s = i
    if f:
        s = load_short(extra(h, r) + at.X_STATION)
        end_spending(h, r, i, s, now)
    taken = load_int(h + at.IN_CARE) + 8 * s
    store_int(taken, load_int(taken) - 1)
    month = load_int(h + at.MONTH)
    count(h, f, at.ENDS, month, r, i, now)
    add_time(h, f, at.CARE_TIME, month, r, i, now)
    fill(h, f, i, s, now)
    to = choose(h, at.FOLLOWING_REFERENCE, i, n, row, n + 2, key, _P_NEXT, visit)
    if to < n:
        _arrive(h, f, y, to, now)
        return
    probability = load_float(load_int(h + at.RETURN_PROBABILITY) + 8 * row)
    if probability > 0.0 and uniform(key, _P_RETURN, visit) < probability:
        mean = load_float(load_int(h + at.RETURN_MEAN) + 8 * row)
        plan(h, f, y, at.COMES_BACK, now + exponential(key, _P_DELAY, visit, mean))
    else:
        forget(h, y)


@njit
def _come_back(h, f, y, now):
    r = record(h, y)
    n = load_int(h + at.TYPES)
    key = load_int(r + at.Y_KEY)
    to = choose(h, at.BACK_REFERENCE, 0, 1, row_of(h, r), n + 1, key, _P_BACK, counter(r))
    if to < n:
        _arrive(h, f, y, to, now)
    else:
        forget(h, y)


@njit
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


@njit
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
        return
    y = new_youth(h, f, key, group, s)
    if y != at.NOBODY:
        _arrive(h, f, y, to, now)


@njit
def _form_of(h, f, s):
    """Care type of a station."""
    if f:
        return load_int(load_int(h + at.FORM_OF) + 8 * s)
    return s


@njit
def _census_key_group(h, owner, c):
    key = child_key(load_int(h + at.KEY), owner, c)
    groups = load_int(h + at.GROUPS)
    return key, search(load_int(h + at.START_GROUPS), groups, uniform(key, _P_GROUP, 0))


@njit
def _begin_in_care(h, f, y, i, s):
    """A youth in care at the start: what is left of the stay, or of its extension."""
    r = record(h, y)
    key = load_int(r + at.Y_KEY)
    store_short(r + at.Y_TYPE, i)
    store_float(r + at.Y_SINCE, 0.0)
    if f:
        store_short(extra(h, r) + at.X_STATION, s)
        count_in_care(h, s, load_short(r + at.Y_GROUP), 1)
    tally(h, f, at.CENSUS, 0, r, i)
    taken = load_int(h + at.IN_CARE) + 8 * s
    store_int(taken, load_int(taken) + 1)
    cell = 8 * (row_of(h, r) * load_int(h + at.TYPES) + i)
    shape = load_int(load_int(h + at.SHAPE) + 8 * i)
    mean = load_float(load_int(h + at.STAY_MEAN) + cell)
    a = load_float(load_int(h + at.STAY_A) + cell)
    b = load_float(load_int(h + at.STAY_B) + cell)
    if load_int(h + at.FRESH) == 1:
        plan(h, f, y, at.STAY_ENDS, stay(key, _P_STAY, 0, shape, mean, a, b))
        return
    longer = load_float(load_int(h + at.EXTENSION_MEAN) + cell)
    prolonged = load_float(load_int(h + at.EXTENSION_PROBABILITY) + cell) * longer
    if uniform(key, _P_CENSUS_PHASE, 0) * (mean + prolonged) < mean:
        left = residual_stay(key, _P_CENSUS_STAY, 0, _P_CENSUS_AGE, shape, mean, a, b)
        plan(h, f, y, at.STAY_ENDS, left)
    else:
        plan(h, f, y, at.EXTENSION_ENDS, exponential(key, _P_CENSUS_STAY, 0, longer))


@njit
def _census(h, f):
    """Who is in care, waits (the longest first) or is on the way back on day 0."""
    n, sources = load_int(h + at.TYPES), load_int(h + at.SOURCES)
    before, c = -1, 0
    for s in range(load_int(h + at.STATIONS)):
        i = _form_of(h, f, s)
        if i != before:
            before, c = i, 0
        for _ in range(load_int(load_int(h + at.IN_CARE_START) + 8 * s)):
            key, group = _census_key_group(h, sources + i, c)
            y = new_youth(h, f, key, group, sources)
            if y == at.NOBODY:
                return
            _begin_in_care(h, f, y, i, s)
            c += 1
    for i in range(n):
        waiting = load_int(load_int(h + at.WAITING_START) + 8 * i)
        span = load_float(load_int(h + at.WAITING_SPAN) + 8 * i)
        for c in range(waiting):
            key, group = _census_key_group(h, sources + n + i, c)
            y = new_youth(h, f, key, group, sources)
            if y == at.NOBODY:
                return
            r = record(h, y)
            part = (waiting - c - uniform(key, _P_CENSUS_WAIT, 0)) / waiting
            store_float(r + at.Y_SINCE, -span * part)
            store_short(r + at.Y_TYPE, i)
            s = i
            if f:
                s = choose_station(h, f, r, i, 0.0, False)
            wait(h, f, y, i, s, 0.0)
    for c in range(load_int(h + at.RETURNING)):
        key, group = _census_key_group(h, sources + 2 * n, c)
        y = new_youth(h, f, key, group, sources)
        if y == at.NOBODY:
            return
        mean = load_float(load_int(h + at.RETURN_MEAN) + 8 * row_of(h, record(h, y)))
        plan(h, f, y, at.COMES_BACK, exponential(key, _P_DELAY, 0, mean))


@njit
def _sweep(h, f):
    """At the end, take from the queues who has left them and count who still waits."""
    horizon = load_float(load_int(h + at.SCALARS) + at.HORIZON)
    classes = load_int(h + at.CLASSES)
    for q in range(load_int(h + at.STATIONS) * classes):
        i = _form_of(h, f, q // classes)
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


@njit
def _happen(h, f, y, now):
    kind = load_short(record(h, y) + at.Y_KIND)
    if kind in (at.STAY_ENDS, at.EXTENSION_ENDS):
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
    _census(h, f)
    bucket = 0
    per_day = load_float(load_int(h + at.SCALARS) + at.BUCKETS_PER_DAY)
    for month in range(load_int(h + at.MONTHS)):
        store_int(h + at.MONTH, month)
        begin = 0.0 if month == 0 else load_float(load_int(h + at.MONTH_ENDS) + 8 * (month - 1))
        if f:
            new_month(h, begin)
        for s in range(stations):
            fill(h, f, _form_of(h, f, s), s, begin)
        last = int(load_float(load_int(h + at.MONTH_ENDS) + 8 * month) * per_day)
        while bucket < last and load_int(h + at.FAILED) == 0:
            order_bucket(h, bucket)
            y = next_in_bucket(h, bucket)
            while y != at.NOBODY:
                _happen(h, f, y, load_float(record(h, y) + at.Y_TIME))
                y = next_in_bucket(h, bucket)
            bucket += 1
    _sweep(h, f)
