"""Waiting times by municipality and month of the decision, for measurements of a pilot.

Unlike the published set, whose windows of a year overlap, each wait stands in one month here: so
that months before a start hold nothing of those after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vliegwiel.science.yardstick import LEAST_SHOWN

from .deriving import Trajectories
from .waiting_figures import Selection, WaitClock, figure_of
from .waits import Wait, waits_of


class Shown(StrEnum):
    """Whether the wait of a month can be told."""

    SHOWN = "shown"
    #: Fewer youths than may be shown.
    FEW = "few"
    #: Half of those that the month is about have not started yet.
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class MonthlyWait:
    """Days within which half of the waits that began in a month ended; None when not shown."""

    municipality: str
    month: date
    shown: Shown
    median: int | None


def monthly_waits(
    found: Trajectories, on: date, *, first: date, places: Sequence[str] | None = None
) -> Sequence[MonthlyWait]:
    """The median wait from decision to start (W1), observed on a day, after Kaplan and Meier.

    ``places`` are codes of municipalities, without them all that anybody waits in; months run from
    that of ``first`` to the last one that ended by ``on``. A median is in whole days, and only of
    ``LEAST_SHOWN`` youths or more. Raises ValueError for a day after the one that the trajectories
    were known on.
    """
    waits: dict[tuple[str, date], list[Wait]] = defaultdict(list)
    for wait in waits_of(found, on).waits:
        waits[wait.municipality, wait.origin.replace(day=1)].append(wait)
    every = sorted({place for place, _month in waits}) if places is None else places
    return [
        _told(found, on, place, month, waits.get((place, month), ()))
        for month in whole_months(first, on)
        for place in every
    ]


def _told(
    found: Trajectories, on: date, place: str, month: date, waits: Sequence[Wait]
) -> MonthlyWait:
    last = _next(month) - timedelta(days=1)
    selection = Selection(municipality=place, first=month, last=last)
    figure = figure_of(
        found, waits, on, selection, clock=WaitClock.DECISION_TO_START, norm_days=None
    )
    if figure.youths < LEAST_SHOWN:
        return MonthlyWait(place, month, Shown.FEW, None)
    if figure.median.value is None:
        return MonthlyWait(place, month, Shown.NOT_YET, None)
    return MonthlyWait(place, month, Shown.SHOWN, round(figure.median.value))


def whole_months(first: date, on: date) -> Sequence[date]:
    """The first days of months, from that of ``first`` to the last that ended by ``on``."""
    months, month = [], first.replace(day=1)
    while _next(month) - timedelta(days=1) <= on:
        months.append(month)
        month = _next(month)
    return months


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
