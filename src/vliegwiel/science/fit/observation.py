"""Between which days messages tell everything: not before they begin, nor while they come in."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

from vliegwiel.science.ijw import Record
from vliegwiel.science.kernel import Month
from vliegwiel.science.trajectories import Trajectories, delivery_begin

#: Municipalities that send this share of the records must have begun.
_SHARE = 0.95


def observed_from(records: Iterable[Record]) -> date:
    """The first of the first month of which nearly all messages are there.

    A municipality counts by the number of its records, so that one that hardly sends any does not
    decide.

    Raises:
        ValueError: without records.
    """
    every = list(records)
    if not every:
        raise ValueError("there are no messages")
    counts = Counter(record.message.municipality for record in every)
    begins = sorted((day, name) for name, day in delivery_begin(every).items())
    sent = list(accumulate(counts[name] for _day, name in begins))
    day = begins[bisect_left(sent, _SHARE * counts.total())][0]
    month = Month.of(day)
    return month.first_day if day.day == 1 else month.plus(1).first_day


def observed_until(found: Trajectories) -> date:
    """The first of a month before which nearly all starts have become known."""
    late = found.delay.days_until(found.choices.delay_known_share)
    day = found.known + timedelta(days=1 - (late or 0))
    return day.replace(day=1)
