"""The calendar of coming events: a linked list of youths for each fraction of a day.

A list is put in order when its bucket's turn comes; an event planned within the present bucket
goes straight to its place. Links lie in the youths' records, so nothing is allocated and an event
is cancelled in constant time. Events at the same moment happen in the order in which they were
planned.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from . import _layout as at
from ._inlining import inlined
from ._memory import load_float, load_int, load_short, store_float, store_int, store_short


@inlined
def _bucket_of(h, time):
    return int(time * load_float(load_int(h + at.SCALARS) + at.BUCKETS_PER_DAY))


@inlined
def _link(h, y, before, after, head):
    records = load_int(h + at.RECORDS)
    r = records + at.RECORD * y
    store_short(r + at.Y_BEFORE, before)
    store_short(r + at.Y_NEXT, after)
    if after != at.NOBODY:
        store_short(records + at.RECORD * after + at.Y_BEFORE, y)
    if before == at.NOBODY:
        store_short(head, y)
    else:
        store_short(records + at.RECORD * before + at.Y_NEXT, y)


@inlined
def _insert_in_order(h, y, head):
    records = load_int(h + at.RECORDS)
    r = records + at.RECORD * y
    time, order = load_float(r + at.Y_TIME), load_int(r + at.Y_ORDER)
    before, after = at.NOBODY, load_short(head)
    while after != at.NOBODY:
        other = records + at.RECORD * after
        moment = load_float(other + at.Y_TIME)
        if moment > time or (moment == time and load_int(other + at.Y_ORDER) > order):
            break
        before, after = after, load_short(other + at.Y_NEXT)
    _link(h, y, before, after, head)


@inlined
def schedule(h, y, time):
    """Plan the event of a youth at a time before the horizon."""
    r = load_int(h + at.RECORDS) + at.RECORD * y
    order = load_int(h + at.ORDER)
    store_int(h + at.ORDER, order + 1)
    store_float(r + at.Y_TIME, time)
    store_int(r + at.Y_ORDER, order)
    bucket = _bucket_of(h, time)
    head = load_int(h + at.BUCKET_HEADS) + 4 * bucket
    if bucket == load_int(h + at.PRESENT_BUCKET):
        _insert_in_order(h, y, head)
    else:
        _link(h, y, at.NOBODY, load_short(head), head)


@inlined
def cancel(h, y):
    """Take the planned event of a youth from the calendar."""
    records = load_int(h + at.RECORDS)
    r = records + at.RECORD * y
    before, after = load_short(r + at.Y_BEFORE), load_short(r + at.Y_NEXT)
    if after != at.NOBODY:
        store_short(records + at.RECORD * after + at.Y_BEFORE, before)
    if before == at.NOBODY:
        head = load_int(h + at.BUCKET_HEADS) + 4 * _bucket_of(h, load_float(r + at.Y_TIME))
        store_short(head, after)
    else:
        store_short(records + at.RECORD * before + at.Y_NEXT, after)


@inlined
def order_bucket(h, bucket):
    """Make a bucket the present one and put it in order."""
    store_int(h + at.PRESENT_BUCKET, bucket)
    head = load_int(h + at.BUCKET_HEADS) + 4 * bucket
    y = load_short(head)
    store_short(head, at.NOBODY)
    while y != at.NOBODY:
        after = load_short(load_int(h + at.RECORDS) + at.RECORD * y + at.Y_NEXT)
        _insert_in_order(h, y, head)
        y = after


@inlined
def next_in_bucket(h, bucket):
    """Take the first youth from the present bucket, or NOBODY."""
    head = load_int(h + at.BUCKET_HEADS) + 4 * bucket
    y = load_short(head)
    if y != at.NOBODY:
        records = load_int(h + at.RECORDS)
        after = load_short(records + at.RECORD * y + at.Y_NEXT)
        store_short(head, after)
        if after != at.NOBODY:
            store_short(records + at.RECORD * after + at.Y_BEFORE, at.NOBODY)
    return y
