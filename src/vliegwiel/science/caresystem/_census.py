"""Who is in care, waits or is on the way back when the simulation begins."""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._ages import draw_birth
from ._budgets import count_in_care
from ._draws import EXPONENTIAL, exponential
from ._elapsed import elapsed_days, in_care_so_far, knows_since, left_after
from ._inlining import apart, inlined, owned_key, owner_key, step, uniform
from ._memory import (
    fixed_int,
    load_float,
    load_int,
    load_short,
    store_float,
    store_int,
    store_short,
)
from ._moving import settle_down
from ._queues import choose_station, plan, plan_end, wait
from ._recording import come_to, extra, present, tally, tells_youths, trace_present
from ._stays import new_stay, rest_of_stay
from ._youths import draw_class, new_youth, outcome, record, row_of

_P_GROUP = int(Purpose.GROUP)
_P_DELAY = int(Purpose.DELAY)
_P_CENSUS_PHASE = int(Purpose.CENSUS_PHASE)
_P_CENSUS_STAY = int(Purpose.CENSUS_STAY)
_P_CENSUS_AGE = int(Purpose.CENSUS_AGE)
_P_CENSUS_WAIT = int(Purpose.CENSUS_WAIT)


@inlined
def form_of(h, f, s):
    """Care type of a station."""
    if f is not None:
        return load_int(fixed_int(h, at.FORM_OF), 8 * s)
    return s


@inlined
def _present(h, f, owner, c, origin):
    """A youth who is there at the start, or NOBODY when the memory is full."""
    key = owned_key(owner_key(fixed_int(h, at.KEY), owner), c)
    groups, sources = fixed_int(h, at.GROUPS), fixed_int(h, at.SOURCES)
    group = outcome(fixed_int(h, at.START_GROUPS), groups, step(key, _P_GROUP, 0))
    y = new_youth(h, key, group)
    if f is not None and y != at.NOBODY:
        draw_class(h, record(h, y), sources)
        draw_birth(h, record(h, y), sources + origin, 0.0)
        settle_down(h, record(h, y), 0.0)
    return y


@inlined
def _begin_in_care(h, f, t, y, i, s):
    """A youth in care at the start: what is left of the stay, or of its extension."""
    r = record(h, y)
    come_to(h, r, i)
    store_float(r, at.Y_SINCE, 0.0)
    if f is not None:
        store_short(extra(h, r), at.X_STATION, s)
        count_in_care(h, s, load_short(r, at.Y_GROUP), 1)
    tally(h, f, at.CENSUS, r)
    taken = fixed_int(h, at.IN_CARE) + 8 * s
    store_int(taken, 0, load_int(taken) + 1)
    kind, left = _left(h, f, r, i)
    if tells_youths(h, t):
        trace_present(h, f, t, at.CENSUS, r, i, -_past(h, f, r, i, kind, left))
    plan_end(h, f, y, i, kind, 0.0, left)


@inlined
def _left(h, f, r, i):
    """What is left of the stay of a youth in care at the start, or of its extension."""
    if fixed_int(h, at.FRESH) == 1:
        return at.STAY_ENDS, new_stay(h, f, r, i, 0)
    if knows_since(h, i):
        return left_after(h, f, r, i)
    p, key = present(h, r), load_int(r, at.Y_KEY)
    mean, longer = load_float(p, at.STAY_MEAN), load_float(p, at.EXTENSION_MEAN)
    prolonged = load_float(p, at.EXTENSION_PROBABILITY) * longer
    if uniform(key, _P_CENSUS_PHASE, 0) * (mean + prolonged) < mean:
        return at.STAY_ENDS, rest_of_stay(h, f, r, i)
    return at.EXTENSION_ENDS, exponential(h, key, _P_CENSUS_STAY, 0, longer)


@inlined
def _past(h, f, r, i, kind, left):
    """How long a youth in care at the start has been there: what belongs to what is left.

    The start lies anywhere within the stay under way, so the two parts of it follow from one draw;
    of an exponential stay they are apart. Before an extension lies a whole stay.
    """
    if fixed_int(h, at.FRESH) == 1:
        return 0.0
    if knows_since(h, i):
        return in_care_so_far(h, r, i)
    p, key = present(h, r), load_int(r, at.Y_KEY)
    if kind == at.EXTENSION_ENDS:
        longer = load_float(p, at.EXTENSION_MEAN)
        return exponential(h, key, _P_CENSUS_AGE, 0, longer) + new_stay(h, f, r, i, 0)
    if load_int(p, at.SHAPE) == EXPONENTIAL:
        mean = load_float(p, at.STAY_MEAN)
        return exponential(h, key, _P_CENSUS_AGE, 0, mean)
    u = uniform(key, _P_CENSUS_AGE, 0)
    return left * (1.0 - u) / u


@apart
def census(h, f, t):
    """Who is in care, waits (the longest first) or is on the way back on day 0."""
    n, sources = fixed_int(h, at.TYPES), fixed_int(h, at.SOURCES)
    known = fixed_int(h, at.KNOWN_TYPES)
    before, c = -1, 0
    for s in range(fixed_int(h, at.STATIONS)):
        i = form_of(h, f, s)
        if i != before:
            before, c = i, 0
        for _ in range(load_int(fixed_int(h, at.IN_CARE_START), 8 * s)):
            y = _present(h, f, sources + i, c, i)
            if y == at.NOBODY:
                return
            _begin_in_care(h, f, t, y, i, s)
            c += 1
    for i in range(n):
        waiting = load_int(fixed_int(h, at.WAITING_START), 8 * i)
        for c in range(waiting):
            y = _present(h, f, sources + known + i, c, i)
            if y == at.NOBODY:
                return
            r = record(h, y)
            part = (waiting - c - uniform(load_int(r, at.Y_KEY), _P_CENSUS_WAIT, 0)) / waiting
            store_float(r, at.Y_SINCE, -elapsed_days(h, at.WAITED_SHARE, i, part))
            come_to(h, r, i)
            s = i
            if f is not None:
                s = choose_station(h, f, r, i, 0.0, False)
            wait(h, f, y, i, s, 0.0)
            if tells_youths(h, t):
                trace_present(h, f, t, at.WAITING_SINCE, r, i, load_float(r, at.Y_SINCE))
    for c in range(fixed_int(h, at.RETURNING)):
        y = _present(h, f, sources + 2 * known, c, n)
        if y == at.NOBODY:
            return
        r = record(h, y)
        mean = load_float(fixed_int(h, at.RETURN_MEAN), 8 * row_of(h, r))
        delay = exponential(h, load_int(r, at.Y_KEY), _P_DELAY, 0, mean)
        plan(h, f, y, at.COMES_BACK, delay)
