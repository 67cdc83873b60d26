"""Places and queues in the kernel: starting care, waiting for it, giving a free place away."""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import numpy as np
from numba import njit

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._calendar import cancel, schedule
from ._draws import exponential, stay
from ._memory import load_float, load_int, load_short, store_float, store_int, store_short
from ._recording import add_time, count, count_wait
from ._youths import counter, dequeue, enqueue, forget, record, row_of

_P_PATIENCE = int(Purpose.PATIENCE)
_P_STAY = int(Purpose.STAY)


@njit
def plan(h, y, kind, time):
    """Schedule the youth's next event; one past the horizon never happens."""
    r = record(h, y)
    horizon = load_float(load_int(h + at.SCALARS) + at.HORIZON)
    if time >= horizon:
        if kind != at.COMES_BACK:
            i = load_short(r + at.Y_TYPE)
            month = load_int(h + at.MONTH)
            add_time(h, at.CARE_TIME, month, r, i, horizon)
        forget(h, y)
        return
    store_short(r + at.Y_KIND, kind)
    schedule(h, y, time)


@njit
def start(h, y, i, now):
    """Care begins: the place is taken, the wait is counted, the end is drawn."""
    r = record(h, y)
    taken = load_int(h + at.IN_CARE) + 8 * i
    store_int(taken, load_int(taken) + 1)
    month = load_int(h + at.MONTH)
    count(h, at.STARTS, month, r, i, now)
    since = load_float(r + at.Y_SINCE)
    if since > load_float(load_int(h + at.SCALARS) + at.WAITS_FROM):
        count_wait(h, month, r, i, now - since)
    add_time(h, at.QUEUE_TIME, month, r, i, now)
    store_float(r + at.Y_SINCE, now)
    cell = 8 * (row_of(h, r) * load_int(h + at.TYPES) + i)
    length = stay(
        load_int(r + at.Y_KEY),
        _P_STAY,
        counter(r),
        load_int(load_int(h + at.SHAPE) + 8 * i),
        load_float(load_int(h + at.STAY_MEAN) + cell),
        load_float(load_int(h + at.STAY_A) + cell),
        load_float(load_int(h + at.STAY_B) + cell),
    )
    plan(h, y, at.STAY_ENDS, now + length)


@njit
def is_free(h, i):
    """Whether a place is free."""
    n = load_int(h + at.TYPES)
    limit = load_int(load_int(h + at.PLACES) + 8 * (load_int(h + at.MONTH) * n + i))
    return load_int(load_int(h + at.IN_CARE) + 8 * i) < limit


@njit
def wait(h, y, i, now):
    """Join the queue, with the moment at which patience ends."""
    r = record(h, y)
    enqueue(h, y, i)
    cell = 8 * (row_of(h, r) * load_int(h + at.TYPES) + i)
    patience = load_float(load_int(h + at.PATIENCE_MEAN) + cell)
    store_short(r + at.Y_KIND, at.NO_EVENT)
    if patience == np.inf:
        store_float(r + at.Y_TIME, np.inf)
        return
    end = now + exponential(load_int(r + at.Y_KEY), _P_PATIENCE, counter(r), patience)
    store_float(r + at.Y_TIME, end)
    if load_int(load_int(h + at.LEAVE_TO) + 8 * i) >= 0:
        horizon = load_float(load_int(h + at.SCALARS) + at.HORIZON)
        if end < horizon:
            store_short(r + at.Y_KIND, at.STOPS_WAITING)
            schedule(h, y, end)


@njit
def fill(h, i, now):
    """Give free places to the head of the queue, past those whose patience has ended."""
    heads = load_int(h + at.QUEUE_HEAD) + 4 * i
    while is_free(h, i):
        y = load_short(heads)
        if y == at.NOBODY:
            return
        dequeue(h, y, i)
        r = record(h, y)
        if load_short(r + at.Y_KIND) == at.STOPS_WAITING:
            cancel(h, y)
        elif load_float(r + at.Y_TIME) <= now:
            gone_waiting(h, y, i)
            continue
        start(h, y, i, now)


@njit
def gone_waiting(h, y, i):
    """A youth whose patience ended some time ago is out of care."""
    r = record(h, y)
    end = load_float(r + at.Y_TIME)
    month = load_short(load_int(h + at.MONTH_OF_DAY) + 4 * int(end))
    count(h, at.LEAVING, month, r, i, end)
    add_time(h, at.QUEUE_TIME, month, r, i, end)
    forget(h, y)
