"""The calendar of coming events: a linked list of youths for each fraction of a day.

A list is put in order when its bucket's turn comes; an event planned within the present bucket
goes straight to its place. The link lies in the youth's record, so nothing is allocated. Events at
the same moment happen in the order in which they were planned: a later one is always put before
the earlier ones of a list, and turning the list around while putting it in order keeps that.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from . import _layout as at
from ._inlining import inlined
from ._memory import (
    fixed_float,
    fixed_int,
    load_float,
    load_int,
    load_short,
    prefetch,
    store_float,
    store_int,
    store_short,
    unlikely,
    whole,
)


@inlined
def _head(h, time):
    """Address of the first of a bucket."""
    return fixed_int(h, at.BUCKET_HEADS) + 4 * whole(time * fixed_float(h, at.BUCKETS_PER_DAY))


@inlined
def schedule(h, y, time):
    """Plan the event of a youth at a time before the horizon."""
    records, head = fixed_int(h, at.RECORDS), _head(h, time)
    r = records + at.RECORD * y
    store_float(r, at.Y_TIME, time)
    link = head
    after = load_short(link)
    if unlikely(head == load_int(h, at.PRESENT_HEAD)):
        while after != at.NOBODY and load_float(records, at.RECORD * after + at.Y_TIME) <= time:
            link = records + at.RECORD * after + at.Y_NEXT
            after = load_short(link)
    store_short(r, at.Y_NEXT, after)
    store_short(link, 0, y)


@inlined
def cancel(h, y):
    """Take the planned event of a youth from the calendar."""
    records = fixed_int(h, at.RECORDS)
    r = records + at.RECORD * y
    link = _head(h, load_float(r, at.Y_TIME))
    other = load_short(link)
    while other != y:
        link = records + at.RECORD * other + at.Y_NEXT
        other = load_short(link)
    store_short(link, 0, load_short(r, at.Y_NEXT))


@inlined
def order_bucket(h, bucket):
    """Make a bucket the present one and put it in order."""
    records = fixed_int(h, at.RECORDS)
    head = fixed_int(h, at.BUCKET_HEADS) + 4 * bucket
    # The first records of the buckets to come are on their way from memory meanwhile. There are
    # more buckets than days, and a record before the first one.
    prefetch(records + at.RECORD * load_short(head, 8))
    soon = records + at.RECORD * load_short(head, 4)
    prefetch(records + at.RECORD * load_short(soon, at.Y_NEXT))
    store_int(h, at.PRESENT_HEAD, head)
    y = load_short(head)
    store_short(head, 0, at.NOBODY)
    while y != at.NOBODY:
        r = records + at.RECORD * y
        time, following = load_float(r, at.Y_TIME), load_short(r, at.Y_NEXT)
        link = head
        after = load_short(link)
        while after != at.NOBODY and load_float(records, at.RECORD * after + at.Y_TIME) < time:
            link = records + at.RECORD * after + at.Y_NEXT
            after = load_short(link)
        store_short(r, at.Y_NEXT, after)
        store_short(link, 0, y)
        y = following


@inlined
def first_in_bucket(h):
    """The first youth of the present bucket, or NOBODY."""
    return load_short(load_int(h, at.PRESENT_HEAD))


@inlined
def leave_bucket(h, y):
    """Take the first youth from the present bucket."""
    r = fixed_int(h, at.RECORDS) + at.RECORD * y
    store_short(load_int(h, at.PRESENT_HEAD), 0, load_short(r, at.Y_NEXT))
