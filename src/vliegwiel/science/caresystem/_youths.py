"""Youths in the kernel's memory: their records, queues and choices."""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from vliegwiel.science.kernel import ATTEMPTS, STEPS, Purpose

from . import _layout as at
from ._inlining import inlined, step, uniform
from ._memory import (
    either,
    fixed_int,
    likely,
    load_float,
    load_int,
    load_short,
    store_int,
    store_short,
    unlikely,
)
from ._recording import extra

_P_PRIORITY = int(Purpose.PRIORITY)


@inlined
def record(h, y):
    """Address of a record."""
    return fixed_int(h, at.RECORDS) + y


@inlined
def source(h, s):
    """Address of the record of a source: they are the first."""
    return fixed_int(h, at.RECORDS) + at.RECORD * s


@inlined
def row_of(h, r):
    """Row of parameters for a youth's record in the present month."""
    return load_int(load_int(h, at.MONTH_ROWS), 8 * load_short(r, at.Y_GROUP))


@inlined
def search(address, length, u):
    """First outcome whose cumulative share lies above u.

    All are looked at: nobody can guess where to stop, and a wrong guess costs more than looking.
    """
    found = 0
    for k in range(length - 1):
        found += u >= load_float(address, 8 * k)
    return found


@inlined
def outcome(address, length, drawn):
    """The same where the table holds steps (see `kernel.steps_below`), by the step drawn.

    Whole numbers are compared sooner than fractions, and what a youth does next waits for it.
    """
    found = 0
    for k in range(length - 1):
        found += drawn >= load_int(address, 8 * k)
    return found


@inlined
def _outcome_out(address, length, drawn):
    """The same where the last two outcomes are not to go on: most often it is one of those.

    The steps of a row never go down, so that whoever is past the last but two is past all before.
    """
    further = length - 2
    if drawn >= load_int(address, 8 * (further - 1)):
        return further + (drawn >= load_int(address, 8 * further))
    return outcome(address, further, drawn)


@inlined
def happens(key, purpose, visit, steps):
    """Whether something happens that has a probability of so many steps."""
    return steps > 0 and (steps >= STEPS or step(key, purpose, visit) < steps)


@inlined
def choose(h, table, owner, owners, row, outcomes, key, purpose, visit, out):
    """Choice of a youth; purposes of keeping and changing follow the purpose itself.

    ``out`` tells that the last two outcomes are not to go on.
    """
    reference, keeping = fixed_int(h, table) + 8 * owner * outcomes, fixed_int(h, table + 8)
    if load_int(reference) >= STEPS:
        chosen = 0  # nothing to choose
    elif load_int(reference, 8 * (outcomes - 2)) <= 0:
        chosen = outcomes - 1
    elif out:
        chosen = _outcome_out(reference, outcomes, step(key, purpose, visit))
    else:
        chosen = outcome(reference, outcomes, step(key, purpose, visit))
    if likely(keeping == 0):  # nothing changes in this arm
        return chosen
    cell = (row * owners + owner) * outcomes
    keep = load_float(keeping, 8 * (cell + chosen))
    if keep >= 1.0 or uniform(key, purpose + 1, visit) < keep:
        return chosen
    change = fixed_int(h, table + 16) + 8 * cell
    return search(change, outcomes, uniform(key, purpose + 2, visit))


@inlined
def new_youth(h, key, group):
    """A free record for a youth, or NOBODY when the memory is full."""
    y = load_int(h, at.FREE_FIRST)
    if likely(y != at.NOBODY):
        store_int(h, at.FREE_FIRST, load_short(record(h, y), at.Y_NEXT))
    else:
        y = load_int(h, at.SLOTS_USED)
        if unlikely(y == fixed_int(h, at.SLOTS)):
            store_int(h, at.FAILED, 1)
            return at.NOBODY
        store_int(h, at.SLOTS_USED, y + at.RECORD)
    r = record(h, y)
    store_int(r, at.Y_KEY, key)
    store_short(r, at.Y_VISIT, 0)
    store_short(r, at.Y_GROUP, group)
    store_short(r, at.Y_KIND, at.NO_EVENT)
    return y


@inlined
def draw_class(h, r, owner):
    """Give a new youth a class of priority.

    ``owner`` is the source, or the number of sources for who is there at the start.
    """
    classes, urgency = fixed_int(h, at.CLASSES), 0
    if classes > 1:
        cell = (row_of(h, r) * (fixed_int(h, at.SOURCES) + 1) + owner) * classes
        drawn = step(load_int(r, at.Y_KEY), _P_PRIORITY, 0)
        urgency = outcome(fixed_int(h, at.CLASS_CUM) + 8 * cell, classes, drawn)
    store_short(extra(h, r), at.X_CLASS, urgency)


@inlined
def forget(h, y):
    """Give a record back."""
    store_short(record(h, y), at.Y_NEXT, load_int(h, at.FREE_FIRST))
    store_int(h, at.FREE_FIRST, y)


@inlined
def enqueue(h, f, y, i, s, urgency):
    """Put a youth at the end of a queue."""
    r, q = record(h, y), i
    if f is not None:
        x = extra(h, r)
        q = s * fixed_int(h, at.CLASSES) + urgency
        store_short(x, at.X_QUEUE, q)
        store_short(x, at.X_STATION, s)
        _lengthen(h, s, 1)
    tails = fixed_int(h, at.QUEUE_TAIL) + 4 * q
    last = load_short(tails)
    store_short(r, at.Y_AHEAD, last)
    store_short(r, at.Y_BEHIND, at.NOBODY)
    head = fixed_int(h, at.QUEUE_HEAD) + 4 * q
    store_short(either(last == at.NOBODY, head, record(h, last) + at.Y_BEHIND), 0, y)
    store_short(tails, 0, y)


@inlined
def dequeue(h, f, y, i):
    """Take a youth out of a queue, wherever in it."""
    r, q = record(h, y), i
    if f is not None:
        x = extra(h, r)
        q = load_short(x, at.X_QUEUE)
        _lengthen(h, load_short(x, at.X_STATION), -1)
    ahead, behind = load_short(r, at.Y_AHEAD), load_short(r, at.Y_BEHIND)
    head, tail = fixed_int(h, at.QUEUE_HEAD) + 4 * q, fixed_int(h, at.QUEUE_TAIL) + 4 * q
    store_short(either(ahead == at.NOBODY, head, record(h, ahead) + at.Y_BEHIND), 0, behind)
    store_short(either(behind == at.NOBODY, tail, record(h, behind) + at.Y_AHEAD), 0, ahead)


@inlined
def _lengthen(h, s, change):
    length = fixed_int(h, at.QUEUE_LENGTH) + 8 * s
    store_int(length, 0, load_int(length) + change)


@inlined
def counter(r):
    """Counter of the draws of the present visit, with room for draws by rejection."""
    return load_short(r, at.Y_VISIT) * ATTEMPTS
