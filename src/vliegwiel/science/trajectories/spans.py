"""Arithmetic of days. Dates are inclusive on both sides, as in the messages."""

from __future__ import annotations

from datetime import date, timedelta


def length(begin: date, end: date) -> int:
    """Days from the first to the last, both counted."""
    return (end - begin).days + 1


def gap(end: date, begin: date) -> int:
    """Days between the end of one and the begin of the next; 0 when they adjoin."""
    return (begin - end).days - 1


def plus(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


def month_end(day: date) -> date:
    """The last day of the month that a day lies in."""
    return plus((day.replace(day=1) + timedelta(days=31)).replace(day=1), -1)


def birthday(month: date, years: int) -> date:
    """First day of the month in which somebody born in a month becomes so many years old."""
    return month.replace(year=month.year + years)


def latest(left: date | None, right: date | None) -> date | None:
    """The later of two ends, where None is open."""
    return None if left is None or right is None else max(left, right)
