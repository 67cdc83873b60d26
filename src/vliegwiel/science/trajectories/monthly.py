"""Waiting times by municipality and month of the decision, for measurements of a pilot.

Unlike the published set, whose windows of a year overlap, each wait stands in one month here: so
that months before a start hold nothing of those after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vliegwiel.science.yardstick import LEAST_SHOWN

from .deriving import Trajectories
from .waiting_figures import Selection, WaitClock, figure_of
from .waits import waits_of


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
    found: Trajectories, on: date, *, places: Sequence[str], first: date
) -> Sequence[MonthlyWait]:
    """The median wait from decision to start (W1), observed on a day, after Kaplan and Meier.

    ``places`` are codes of municipalities; months run from that of ``first`` to the last one that
    ended by ``on``. A median is in whole days, and only of ``LEAST_SHOWN`` youths or more. Raises
    ValueError for a day after the one that the trajectories were known on.
    """
    waits = waits_of(found, on).waits
    told = []
    for month in _months(first, on):
        last = _next(month) - timedelta(days=1)
        for place in places:
            selection = Selection(municipality=place, first=month, last=last)
            figure = figure_of(
                found, waits, on, selection, clock=WaitClock.DECISION_TO_START, norm_days=None
            )
            if figure.youths < LEAST_SHOWN:
                told.append(MonthlyWait(place, month, Shown.FEW, None))
            elif figure.median.value is None:
                told.append(MonthlyWait(place, month, Shown.NOT_YET, None))
            else:
                days = round(figure.median.value)
                told.append(MonthlyWait(place, month, Shown.SHOWN, days))
    return told


def _months(first: date, on: date) -> Sequence[date]:
    months, month = [], first.replace(day=1)
    while _next(month) - timedelta(days=1) <= on:
        months.append(month)
        month = _next(month)
    return months


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
