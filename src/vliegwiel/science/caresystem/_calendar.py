"""The calendar of coming events: a list for each span of time, and the present span in order.

A span is a linked list of youths in the opposite order to that in which their events were planned.
The link lies in the youth's record, so nothing is allocated, and planning an event touches the
first of a list and the youth. When its turn comes a span is spread over 64 buckets, each in order
of time; most hold one youth or none. A word has a bit for each of them: the lowest bit that is set
tells where the soonest event is, without looking at empty buckets.

Whose event is the next stands ready before the one before it happens, so that the loop knows at
once whether the calendar or a source comes next. What is planned or cancelled in the present span
meanwhile puts that right.

Events at the same moment happen in the order in which they were planned.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from . import _layout as at
from ._inlining import apart, inlined
from ._memory import (
    either,
    fixed_float,
    fixed_int,
    load_float,
    load_int,
    load_short,
    lowest,
    moment,
    store_float,
    store_int,
    store_moment,
    store_short,
    unlikely,
    whole,
)


@inlined
def spans_per_day(h):
    """Spans of the calendar in a day: a power of two."""
    return fixed_float(h, at.BUCKETS_PER_DAY) / at.BUCKETS


@inlined
def begin_calendar(h):
    """No span is the present one."""
    store_int(h, at.PRESENT_SPAN, -1)


@inlined
def _bucket(h, time):
    """Number of the bucket of a time, counted from the beginning of the run."""
    return whole(time * fixed_float(h, at.BUCKETS_PER_DAY))


@inlined
def _span(h, number):
    """Address of the first of a span."""
    return fixed_int(h, at.SPAN_HEADS) + 4 * number


@inlined
def _head(h, place):
    """Address of the first of a bucket of the present span."""
    return fixed_int(h, at.BUCKET_HEADS) + 4 * place


@inlined
def schedule(h, y, time):
    """Plan the event of a youth at a time before the horizon."""
    number = _bucket(h, time) >> at.BUCKET_BITS
    r = fixed_int(h, at.RECORDS) + y
    store_float(r, at.Y_TIME, time)
    if unlikely(number == load_int(h, at.PRESENT_SPAN)):
        _join(h, y, time)
    else:
        span = _span(h, number)
        store_short(r, at.Y_NEXT, load_short(span))
        store_short(span, 0, y)


@apart
def _join(h, y, time):
    """Plan an event in the present span."""
    place = _bucket(h, time) & (at.BUCKETS - 1)
    _put(fixed_int(h, at.RECORDS), _head(h, place), y, time, True)
    store_int(h, at.PRESENT_TAKEN, load_int(h, at.PRESENT_TAKEN) | (1 << place))
    if time < moment(h, at.NEXT_EVENT):
        _look(h)


@inlined
def _put(records, head, y, time, last):
    """Put a youth in a bucket in order of time; ``last`` of those at the same moment, or first."""
    link = head
    after = load_short(link)
    while after != at.NOBODY and _is_before(load_float(records, after + at.Y_TIME), time, last):
        link = records + after + at.Y_NEXT
        after = load_short(link)
    store_short(records + y, at.Y_NEXT, after)
    store_short(link, 0, y)


@inlined
def _is_before(other, time, last):
    return other <= time if last else other < time


@inlined
def cancel(h, y):
    """Take the planned event of a youth from the calendar."""
    records = fixed_int(h, at.RECORDS)
    bucket = _bucket(h, load_float(records, y + at.Y_TIME))
    number, place = bucket >> at.BUCKET_BITS, bucket & (at.BUCKETS - 1)
    is_present = number == load_int(h, at.PRESENT_SPAN)
    head = _head(h, place) if is_present else _span(h, number)
    link = head
    other = load_short(link)
    while other != y:
        link = records + other + at.Y_NEXT
        other = load_short(link)
    store_short(link, 0, load_short(records, y + at.Y_NEXT))
    if is_present:
        if load_short(head) == at.NOBODY:
            store_int(h, at.PRESENT_TAKEN, load_int(h, at.PRESENT_TAKEN) & ~(1 << place))
        _look(h)


@inlined
def open_span(h, number, end):
    """Make a span the present one and put it in order; ``end`` is the day on which it ends."""
    records, span = fixed_int(h, at.RECORDS), _span(h, number)
    y, taken = load_short(span), 0
    store_short(span, 0, at.NOBODY)
    while y != at.NOBODY:
        time, following = load_float(records, y + at.Y_TIME), load_short(records, y + at.Y_NEXT)
        place = _bucket(h, time) & (at.BUCKETS - 1)
        # Who comes from the list later was planned earlier.
        _put(records, _head(h, place), y, time, False)
        taken |= 1 << place
        y = following
    store_int(h, at.PRESENT_SPAN, number)
    store_int(h, at.PRESENT_TAKEN, taken)
    # When nobody is left in the span, the next event is nobody's, at its end.
    store_float(records, at.NOBODY + at.Y_TIME, end)
    _look(h)


@inlined
def _look(h):
    """See whose event is the soonest of the present span: nobody's when none is left."""
    head = _head(h, lowest(load_int(h, at.PRESENT_TAKEN)))
    y = load_short(head)
    store_int(h, at.NEXT_LINK, head)
    store_int(h, at.NEXT_YOUTH, y)
    store_moment(h, at.NEXT_EVENT, load_float(fixed_int(h, at.RECORDS), y + at.Y_TIME))


@inlined
def take(h, y):
    """Take the youth with the next event out of the calendar, and see who is the one after."""
    after = load_short(fixed_int(h, at.RECORDS), y + at.Y_NEXT)
    store_short(load_int(h, at.NEXT_LINK), 0, after)
    taken = load_int(h, at.PRESENT_TAKEN)
    store_int(h, at.PRESENT_TAKEN, either(after == at.NOBODY, taken & (taken - 1), taken))
    _look(h)
