"""The calendar of coming events: a bucket for each fraction of a day, a bit for each bucket.

A bucket is a linked list of youths; most hold one or none. The bits of 64 buckets make a word: the
lowest bit that is set tells where the soonest event of the present word is, without looking at
empty buckets. The link lies in the youth's record, so nothing is allocated.

Whose event is the next stands ready before the one before it happens, so that the loop knows at
once whether the calendar or a source comes next. What is planned or cancelled in the present word
meanwhile puts that right.

A list with more than one is put in order when it is the next; what is planned in it after that goes
straight to its place. Events at the same moment happen in the order in which they were planned: a
later one is always put before the earlier ones of a list, and turning the list around while putting
it in order keeps that.
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

_WORD = 1 << at.WORD_BITS


@inlined
def words_per_day(h):
    """Words of the calendar in a day: a power of two."""
    return fixed_float(h, at.BUCKETS_PER_DAY) / _WORD


@inlined
def begin_calendar(h):
    """No word is the present one."""
    store_int(h, at.PRESENT_WORD, -1)


@inlined
def _bucket(h, time):
    return whole(time * fixed_float(h, at.BUCKETS_PER_DAY))


@inlined
def _word(h, number):
    """Address of the first of a word."""
    return fixed_int(h, at.WORDS) + 4 * number


@inlined
def schedule(h, y, time):
    """Plan the event of a youth at a time before the horizon."""
    number = _bucket(h, time) >> at.WORD_BITS
    r = fixed_int(h, at.RECORDS) + y
    store_float(r, at.Y_TIME, time)
    if unlikely(number == load_int(h, at.PRESENT_WORD)):
        _join(h, y, time)
    else:
        word = _word(h, number)
        store_short(r, at.Y_NEXT, load_short(word))
        store_short(word, 0, y)


@apart
def _join(h, y, time):
    """Plan an event in the present word."""
    place = _bucket(h, time) & (_WORD - 1)
    records, link = fixed_int(h, at.RECORDS), fixed_int(h, at.BUCKETS) + 4 * place
    store_int(h, at.PRESENT_TAKEN, load_int(h, at.PRESENT_TAKEN) | (1 << place))
    after = load_short(link)
    while after != at.NOBODY and load_float(records, after + at.Y_TIME) <= time:
        link = records + after + at.Y_NEXT
        after = load_short(link)
    store_short(records + y, at.Y_NEXT, after)
    store_short(link, 0, y)
    if time < moment(h, at.NEXT_EVENT):
        _look(h)


@inlined
def cancel(h, y):
    """Take the planned event of a youth from the calendar."""
    records = fixed_int(h, at.RECORDS)
    r = records + y
    bucket = _bucket(h, load_float(r, at.Y_TIME))
    number = bucket >> at.WORD_BITS
    present, place = number == load_int(h, at.PRESENT_WORD), bucket & (_WORD - 1)
    first = _word(h, number)
    if present:
        first = fixed_int(h, at.BUCKETS) + 4 * place
    link = first
    other = load_short(link)
    while other != y:
        link = records + other + at.Y_NEXT
        other = load_short(link)
    store_short(link, 0, load_short(r, at.Y_NEXT))
    if present:
        if load_short(first) == at.NOBODY:
            store_int(h, at.PRESENT_TAKEN, load_int(h, at.PRESENT_TAKEN) & ~(1 << place))
        _look(h)


@inlined
def open_word(h, number, end):
    """Make a word the present one, in order; ``end`` is the day on which it ends."""
    word, records = _word(h, number), fixed_int(h, at.RECORDS)
    y = load_short(word)
    store_short(word, 0, at.NOBODY)
    store_int(h, at.PRESENT_WORD, number)
    taken = 0
    while y != at.NOBODY:
        r = records + y
        time, following = load_float(r, at.Y_TIME), load_short(r, at.Y_NEXT)
        place = _bucket(h, time) & (_WORD - 1)
        taken |= 1 << place
        link = fixed_int(h, at.BUCKETS) + 4 * place
        after = load_short(link)
        while after != at.NOBODY and load_float(records, after + at.Y_TIME) < time:
            link = records + after + at.Y_NEXT
            after = load_short(link)
        store_short(r, at.Y_NEXT, after)
        store_short(link, 0, y)
        y = following
    store_int(h, at.PRESENT_TAKEN, taken)
    # When nobody is left in the word, the next event is nobody's, at its end.
    store_float(records, at.NOBODY + at.Y_TIME, end)
    _look(h)


@inlined
def _look(h):
    """See whose event is the soonest of the present word: nobody's when none is left."""
    records = fixed_int(h, at.RECORDS)
    taken = load_int(h, at.PRESENT_TAKEN)
    link = fixed_int(h, at.BUCKETS) + 4 * lowest(taken)
    y = load_short(link)
    store_int(h, at.NEXT_LINK, link)
    store_int(h, at.NEXT_YOUTH, y)
    store_moment(h, at.NEXT_EVENT, load_float(records, y + at.Y_TIME))


@inlined
def take(h, y):
    """Take the youth with the next event out of the calendar, and see who is the one after."""
    after = load_short(fixed_int(h, at.RECORDS), y + at.Y_NEXT)
    store_short(load_int(h, at.NEXT_LINK), 0, after)
    taken = load_int(h, at.PRESENT_TAKEN)
    store_int(h, at.PRESENT_TAKEN, either(after == at.NOBODY, taken & (taken - 1), taken))
    _look(h)
