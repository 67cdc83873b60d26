"""Places and queues in the kernel: starting care, waiting for it, giving a free place away.

``s`` is a station: a provider of a care type, or the care type itself when nobody tells providers
apart. In a plain model stations, queues and care types have the same numbers.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import numpy as np

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._ages import class_of, last_day
from ._budgets import begin_spending, is_spent
from ._calendar import cancel, schedule
from ._draws import exponential
from ._inlining import inlined, step
from ._memory import (
    fixed_float,
    fixed_int,
    larger,
    load_float,
    load_int,
    load_short,
    store_float,
    store_int,
    store_short,
    unlikely,
    whole,
)
from ._recording import (
    add_time,
    after_waiting,
    count_leaving,
    count_start,
    count_waiting,
    extra,
    flow_out,
    present,
)
from ._stays import new_stay
from ._youths import counter, dequeue, enqueue, forget, outcome, record, row_of

_P_PATIENCE = int(Purpose.PATIENCE)
_P_PROVIDER = int(Purpose.PROVIDER)


@inlined
def plan(h, f, y, kind, time):
    """Schedule the youth's next event; one past the horizon never happens."""
    r = record(h, y)
    horizon = fixed_float(h, at.HORIZON)
    if unlikely(time >= horizon):
        if kind != at.COMES_BACK:
            add_time(h, f, at.CARE_TIME, r, horizon)
        forget(h, y)
        return
    store_short(r, at.Y_KIND, kind)
    schedule(h, y, time)


@inlined
def plan_end(h, f, y, i, kind, now, length):
    """Schedule the end of a stay or its extension: not later than age allows."""
    time = now + length
    if f is not None:
        last = last_day(h, record(h, y), i)
        if last <= time:
            kind, time = at.AGE_ENDS, larger(last, now)
    plan(h, f, y, kind, time)


@inlined
def start(h, f, t, y, i, s, now):
    """Care begins: the place is taken, the wait is counted, the end is drawn."""
    r = record(h, y)
    taken = fixed_int(h, at.IN_CARE) + 8 * s
    store_int(taken, 0, load_int(taken) + 1)
    if f is not None:
        store_short(extra(h, r), at.X_STATION, s)
        begin_spending(h, r, i, s, now)
    count_start(h, f, t, r, i, s, now)
    store_float(r, at.Y_SINCE, now)
    length = new_stay(h, f, r, i, counter(r))
    plan_end(h, f, y, i, at.STAY_ENDS, now, length)


@inlined
def is_free(h, f, s, now):
    """Whether a place is free, and money for it."""
    limit = load_int(load_int(h, at.MONTH_PLACES), 8 * s)
    free = load_int(fixed_int(h, at.IN_CARE), 8 * s) < limit
    if f is not None:
        free = free and not is_spent(h, s, now)
    return free


@inlined
def choose_station(h, f, r, i, now, at_once):
    """The provider a youth comes to: drawn by share, or another that can help sooner.

    ``at_once`` tells whether the youth may start at once where a place is free.
    """
    stations = fixed_int(h, at.FIRST_STATION) + 8 * i
    first = load_int(stations)
    several = load_int(stations, 8) - first
    if several == 1:
        return first
    cell = row_of(h, r) * fixed_int(h, at.STATIONS) + first
    at_random = step(load_int(r, at.Y_KEY), _P_PROVIDER, counter(r))
    drawn = outcome(fixed_int(h, at.PROVIDER_CUM) + 8 * cell, several, at_random)
    rule = load_int(fixed_int(h, at.QUEUE_RULE), 8 * i)
    if rule == at.BY_SHARE:
        return first + drawn
    best, fewest = first + drawn, -1
    for k in range(several):
        s = first + (drawn + k) % several
        if at_once and is_free(h, f, s, now):
            return s
        waiting = load_int(fixed_int(h, at.QUEUE_LENGTH), 8 * s)
        if fewest < 0 or waiting < fewest:
            best, fewest = s, waiting
    return first if rule == at.ONE_QUEUE else best


@inlined
def _first_waiting(h, f, i, s):
    """Who is the first to start at a station: by class of priority, then by waiting."""
    heads = fixed_int(h, at.QUEUE_HEAD)
    if f is None:
        return load_short(heads, 4 * i)
    if load_int(fixed_int(h, at.QUEUE_RULE), 8 * i) == at.ONE_QUEUE:
        s = load_int(fixed_int(h, at.FIRST_STATION), 8 * i)
    classes = fixed_int(h, at.CLASSES)
    for q in range(s * classes, (s + 1) * classes):
        y = load_short(heads, 4 * q)
        if y != at.NOBODY:
            return y
    return at.NOBODY


@inlined
def wait(h, f, y, i, s, now):
    """Join the queue, with the moment at which patience ends."""
    r = record(h, y)
    urgency = 0
    if f is not None:
        urgency = class_of(h, r, now)
    enqueue(h, f, y, i, s, urgency)
    count_waiting(h, f, r, 1.0)
    p = present(h, r)
    patience = load_float(p, at.PATIENCE_MEAN)
    store_short(r, at.Y_KIND, at.NO_EVENT)
    end = np.inf
    if patience != np.inf:
        end = now + exponential(h, load_int(r, at.Y_KEY), _P_PATIENCE, counter(r), patience)
    if f is not None:
        last = last_day(h, r, i)
        store_short(extra(h, r), at.X_TOO_OLD, last <= end)
        if last <= end:
            end = larger(last, now)
    store_float(r, at.Y_TIME, end)
    horizon = fixed_float(h, at.HORIZON)
    if end < horizon and load_int(p, at.LEAVE_TO) != at.LEAVES:
        store_short(r, at.Y_KIND, at.STOPS_WAITING)
        schedule(h, y, end)


@inlined
def fill(h, f, t, i, s, now):
    """Give free places to who is first, until there is nobody or none."""
    while give_place(h, f, t, i, s, now):
        pass


@inlined
def give_place(h, f, t, i, s, now):
    """Give a free place to the first whose patience has not ended; whether that is so."""
    while is_free(h, f, s, now):
        y = _first_waiting(h, f, i, s)
        if y == at.NOBODY:
            return False
        dequeue(h, f, y, i)
        r = record(h, y)
        if load_short(r, at.Y_KIND) == at.STOPS_WAITING:
            cancel(h, y)
        # Whoever is too old on the first day is gone before a place is given away.
        if load_float(r, at.Y_TIME) <= now:
            gone_waiting(h, f, t, y, i)
            continue
        count_waiting(h, f, r, -1.0)
        start(h, f, t, y, i, s, now)
        return True
    return False


@inlined
def gone_waiting(h, f, t, y, i):
    """A youth whose patience ended some time ago is out of care."""
    r = record(h, y)
    end = load_float(r, at.Y_TIME)
    month = load_short(fixed_int(h, at.MONTH_OF_DAY), 4 * whole(end))
    count_leaving(h, f, t, month, r, i, end)
    flow_out(h, month, after_waiting(h, i))
    forget(h, y)
