"""The event loop: youths, one by one, through sources, queues, stays and what comes after.

Written as small functions on raw memory (see :mod:`._layout`), compiled by numba, without a lock.
Only :func:`run` is kept in numba's cache: a cached helper would outlive a change in what it uses.
``h`` is the address of the header, ``y`` the place of a youth's record, ``i`` a care type. Events
lie in a calendar (:mod:`._calendar`), but for those of the sources (:mod:`._sources`), of which
there are few: they are looked at one by one for who sends somebody next. Who stops waiting and
leaves youth care is taken from the queue when seen (the deadline is drawn on joining); who then
goes to another care type does so as an event of its own.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from numba import njit

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._ages import last_day
from ._budgets import end_spending, new_month
from ._calendar import begin_calendar, open_span, spans_per_day, take
from ._census import census, form_of
from ._draws import exponential
from ._inlining import apart, inlined, uniform
from ._memory import (
    fixed_float,
    fixed_int,
    likely,
    load_float,
    load_int,
    load_short,
    moment,
    moment_order,
    store_float,
    store_int,
    store_short,
    whole,
)
from ._moving import move
from ._queues import (
    choose_station,
    fill,
    give_place,
    gone_waiting,
    is_free,
    plan,
    plan_end,
    start,
    wait,
)
from ._recording import (
    add_time,
    after_care,
    after_waiting,
    begin_month,
    come_to,
    count,
    count_leaving,
    extra,
    flow_now,
    from_outside,
    present,
    tally,
)
from ._sources import begin_sources, candidate
from ._youths import (
    choose,
    counter,
    dequeue,
    forget,
    happens,
    record,
    row_of,
)

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
def _go(h, f, t, y, origin, to, now):
    """A youth goes from an origin to a destination, as a youth of where it lives by then.

    Who is too old for it goes out of care.
    """
    n = fixed_int(h, at.TYPES)
    if f is not None and to < n:
        move(h, y, now)
        if now >= last_day(h, record(h, y), to):
            to = n + 1
    flow_now(h, origin, to)
    if to < n:
        _arrive(h, f, t, y, to, now)
    elif y != at.NOBODY:
        forget(h, y)


@inlined
def _arrive(h, f, t, y, i, now):
    """A youth comes to a care type and starts at once or waits."""
    r, s = record(h, y), i
    come_to(h, r, i)
    store_short(r, at.Y_VISIT, load_short(r, at.Y_VISIT) + 1)
    store_float(r, at.Y_SINCE, now)
    if f is not None:
        s = choose_station(h, f, r, i, now, True)
        store_short(extra(h, r), at.X_STATION, s)
    count(h, f, t, at.ARRIVALS, r, i, now)
    if is_free(h, f, s, now):
        start(h, f, t, y, i, s, now)
    else:
        wait(h, f, y, i, s, now)


@inlined
def _stop_waiting(h, f, t, y, now):
    """Patience ends and the youth goes to another care type, or away."""
    r = record(h, y)
    i, n = load_short(r, at.Y_TYPE), fixed_int(h, at.TYPES)
    dequeue(h, f, y, i)
    too_old = count_leaving(h, f, t, load_int(h, at.MONTH), r, i, now)
    to = load_int(present(h, r), at.LEAVE_TO)
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
    p = present(h, r)
    probability = load_float(p, at.EXTENSION_PROBABILITY)
    key, visit = load_int(r, at.Y_KEY), counter(r)
    if probability > 0.0 and uniform(key, _P_EXTEND, visit) < probability:
        mean = load_float(p, at.EXTENSION_MEAN)
        longer = exponential(h, key, _P_EXTENSION, visit, mean)
        plan_end(h, f, y, i, at.EXTENSION_ENDS, now, longer)
        return True
    return False


@inlined
def _end_care(h, f, t, y, now):
    """Care ends, unless it is extended; the place goes on first, then the youth."""
    r = record(h, y)
    i, kind = load_short(r, at.Y_TYPE), load_short(r, at.Y_KIND)
    origin, without = after_care(h, i), False
    if likely(kind == at.STAY_ENDS) and _is_extended(h, f, y, i, now):
        return at.NOBODY, origin, at.NOBODY
    s = i
    if f is not None:
        s = load_short(extra(h, r), at.X_STATION)
        end_spending(h, r, i, s, now)
        if kind == at.AGE_ENDS:
            tally(h, f, at.AGED_OUT, r)
        else:
            without = _is_without_success(h, f, r)
    taken = fixed_int(h, at.IN_CARE) + 8 * s
    store_int(taken, 0, load_int(taken) - 1)
    count(h, f, t, at.ENDS, r, i, now)
    add_time(h, f, at.CARE_TIME, r, now)
    if f is None:
        give_place(h, f, t, i, s, now)  # before this end none was free where somebody waits
    else:
        fill(h, f, t, i, s, now)
    if f is not None and kind == at.AGE_ENDS:
        return y, origin, fixed_int(h, at.TYPES) + 1
    return _after_care(h, f, y, i, without, now)


@inlined
def _is_without_success(h, f, r):
    """Whether care ends without success, where the model knows of success."""
    probability = load_float(present(h, r), at.SUCCESS)
    if probability > 1.0:
        return False
    if uniform(load_int(r, at.Y_KEY), _P_SUCCESS, counter(r)) >= probability:
        return True
    tally(h, f, at.SUCCEEDED, r)
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


@apart
def _sweep(h, f, t):
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
                gone_waiting(h, f, t, y, i)
            else:
                tally(h, f, at.STILL_WAITING, r)
                add_time(h, f, at.QUEUE_TIME, r, horizon)
            y = behind


@inlined
def _happen(h, f, t, y, now):
    """The event of a youth, and who goes somewhere because of it."""
    kind = load_short(record(h, y), at.Y_KIND)
    if likely(kind < at.STOPS_WAITING):
        who, origin, to = _end_care(h, f, t, y, now)
    elif kind == at.STOPS_WAITING:
        who, origin, to = _stop_waiting(h, f, t, y, now)
    else:
        who, origin, to = _come_back(h, y)
    return who, origin, to


@inlined
def _go_through(h, f, t):
    """Everything that happens in the present span of the calendar, sources included."""
    while True:
        y = load_int(h, at.NEXT_YOUTH)
        if moment_order(h, at.NEXT_CANDIDATE) < moment_order(h, at.NEXT_EVENT):
            now = moment(h, at.NEXT_CANDIDATE)
            who, origin, to = candidate(h, f, load_int(h, at.NEXT_SOURCE), now)
        elif y == at.NOBODY:
            return
        else:
            now = moment(h, at.NEXT_EVENT)
            take(h, y)
            who, origin, to = _happen(h, f, t, y, now)
        if to != at.NOBODY:
            _go(h, f, t, who, origin, to, now)


@apart
def _open(h, f, t, begin):
    """A month begins, with the places and the money that it has."""
    if f is not None:
        new_month(h, begin)
    for s in range(fixed_int(h, at.STATIONS)):
        fill(h, f, t, form_of(h, f, s), s, begin)


@njit(cache=True, nogil=True)
def run(h, build, f, t):  # noqa: ARG001  (it only takes part in the signature)
    """Simulate from day 0 to the horizon.

    Args:
        h: address of a header that :mod:`.workspace` has filled in.
        build: number of this build of the kernel. It takes part in the compiled signature, so that
            a cached compilation of older helper functions is never used.
        f: None for a plain model, 1 for one with budgets, priority, several providers or more. The
            plain kernel is compiled without any of it: numba leaves out what is asked of a None.
        t: None, or 1 for a kernel that can write events down for who asks for them one by one.
    """
    begin_month(h, f, 0)
    begin_sources(h)
    begin_calendar(h)
    census(h, f, t)
    begin, span, per_day = 0.0, 0, spans_per_day(h)
    for month in range(fixed_int(h, at.MONTHS)):
        if month > 0:
            begin = load_float(h, at.MONTH_END)
            begin_month(h, f, month)
        _open(h, f, t, begin)
        last = whole(load_float(h, at.MONTH_END) * per_day)
        while span < last and load_int(h, at.FAILED) == 0:
            open_span(h, span, (span + 1) / per_day)
            _go_through(h, f, t)
            span += 1
    _sweep(h, f, t)
