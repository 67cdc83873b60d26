"""The sources: when each sends its next candidate, and who that is.

Candidates come in unit-rate steps through the rates of the months. Times are worked out one
candidate ahead, so that whether a source or the calendar comes next waits for nothing that takes as
long as a draw.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import numpy as np

from vliegwiel.science.kernel import ATTEMPTS, Purpose

from . import _layout as at
from ._ages import draw_birth
from ._draws import exponential
from ._inlining import apart, inlined, owned_key, owner_key, step
from ._memory import (
    fixed_int,
    likely,
    load_float,
    load_int,
    load_short,
    store_float,
    store_int,
    store_moment,
    store_short,
    unlikely,
)
from ._moving import settle_down
from ._youths import choose, draw_class, happens, new_youth, outcome, record, source

_P_GAP = int(Purpose.GAP)
_P_GROUP = int(Purpose.GROUP)
_P_ACCEPT = int(Purpose.ACCEPT)
_P_DESTINATION = int(Purpose.DESTINATION)


@apart
def begin_sources(h):
    """Where the sources stand on day 0."""
    for s in range(fixed_int(h, at.SOURCES)):
        r = source(h, s)
        owner = owner_key(fixed_int(h, at.KEY), s)
        store_int(r, at.S_OWNER, owner)
        store_int(r, at.Y_KEY, owned_key(owner, -1))
        store_short(r, at.Y_VISIT, -1)
        store_short(r, at.S_MONTH, -1)
        store_float(r, at.S_AFTER, 0.0)
        _next_rate(h, s, r)
        _next_candidate(h, s)
        _next_candidate(h, s)
    store_moment(h, at.NEXT_CANDIDATE, np.inf)
    if fixed_int(h, at.SOURCES) > 0:
        _look_ahead(h)


@inlined
def _next_candidate(h, s):
    """The next candidate is the one after; when the one after that comes is worked out."""
    r = source(h, s)
    k = load_short(r, at.Y_VISIT) + 1
    store_short(r, at.Y_VISIT, k)
    time = load_float(r, at.S_AFTER)
    store_float(r, at.S_TIME, time)
    far = exponential(h, load_int(r, at.Y_KEY), _P_GAP, (k + 1) * ATTEMPTS, 1.0)
    while True:
        end, rate = load_float(r, at.S_END), load_float(r, at.S_RATE)
        room = rate * (end - time)
        if likely(far < room):
            store_float(r, at.S_AFTER, time + far / rate)
            return
        far -= room
        time = end
        if _next_rate(h, s, r):
            store_float(r, at.S_AFTER, np.inf)
            return


@apart
def _next_rate(h, s, r):
    """Go to the next month of a source; whether that is beyond the last one."""
    months, month = fixed_int(h, at.MONTHS), load_short(r, at.S_MONTH) + 1
    if month == months:
        return True
    store_short(r, at.S_MONTH, month)
    store_float(r, at.S_END, load_float(fixed_int(h, at.MONTH_ENDS), 8 * month))
    rate = load_float(fixed_int(h, at.CANDIDATES), 8 * (s * months + month))
    store_float(r, at.S_RATE, rate)
    return False


@inlined
def _look_ahead(h):
    """Which source sends somebody next, and when."""
    first, soonest = 0, load_float(source(h, 0), at.S_TIME)
    for s in range(1, fixed_int(h, at.SOURCES)):
        time = load_float(source(h, s), at.S_TIME)
        if time < soonest:
            first, soonest = s, time
    store_int(h, at.NEXT_SOURCE, first)
    store_moment(h, at.NEXT_CANDIDATE, soonest)


@inlined
def candidate(h, f, s, now):
    """A source sends somebody: in this arm a youth, or nobody."""
    r = source(h, s)
    key = owned_key(load_int(r, at.S_OWNER), load_short(r, at.Y_VISIT))
    _next_candidate(h, s)
    _look_ahead(h)
    groups, n = fixed_int(h, at.GROUPS), fixed_int(h, at.TYPES)
    cell = (s * fixed_int(h, at.MONTHS) + load_int(h, at.MONTH)) * groups
    group = 0
    if groups > 1:
        cumulative = fixed_int(h, at.GROUP_CUM) + 8 * cell
        group = outcome(cumulative, groups, step(key, _P_GROUP, 0))
    if unlikely(
        not happens(key, _P_ACCEPT, 0, load_int(fixed_int(h, at.ACCEPT), 8 * (cell + group)))
    ):
        return at.NOBODY, s, at.NOBODY
    row, sources = load_int(load_int(h, at.MONTH_ROWS), 8 * group), fixed_int(h, at.SOURCES)
    table = at.DESTINATION_REFERENCE
    to = choose(h, table, s, sources, row, n + 1, key, _P_DESTINATION, 0, False)
    if unlikely(to == n):
        return at.NOBODY, s, n
    y = new_youth(h, key, group)
    if y == at.NOBODY:
        return at.NOBODY, s, at.NOBODY
    if f is not None:
        draw_class(h, record(h, y), s)
        draw_birth(h, record(h, y), s, now)
        settle_down(h, record(h, y), now)
    return y, s, to
