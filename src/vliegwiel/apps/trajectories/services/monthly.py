"""Waiting times by municipality and month, for who measures a pilot with them."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from vliegwiel.apps.intake.queries import records_of
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories.documents import months_of
from vliegwiel.apps.trajectories.queries import situation
from vliegwiel.science.trajectories import (
    MonthlyWait,
    Shown,
    derive,
    monthly_waits,
    whole_months,
)

#: Months before which nothing is read, counted from the last that is known.
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class MonthsRead:
    """What was read, and the day on which it was known; None without care messages."""

    known: date | None
    waits: Sequence[MonthlyWait]


def read_months(region: Region, *, places: Sequence[str], first: date) -> MonthsRead:
    """Median waits (W1) of municipalities by month of the decision, small ones left out.

    As they were kept with the figures of the newest day. Where these are not there yet, it takes as
    long as they do: ask for it in the background.
    """
    found = situation(region)
    if found.known is None:
        return MonthsRead(None, ())
    if found.snapshot is not None and found.made_at is not None:
        every = months_of(found.snapshot.months)
    else:
        every = _worked_out(region, found.known)
    begin = max(first, earliest_month(found.known)).replace(day=1)
    there = {(wait.month, wait.municipality): wait for wait in every}
    return MonthsRead(
        found.known,
        [
            # Of a place where nobody waited nothing was kept, nor of a month where nobody did.
            there.get((month, place)) or MonthlyWait(place, month, Shown.FEW, None)
            for month in whole_months(begin, found.known)
            for place in places
        ],
    )


def earliest_month(known: date) -> date:
    """The first month that is read of what was known on a day."""
    earliest = known.year * 12 + known.month - 1 - MOST_MONTHS
    return date(earliest // 12, earliest % 12 + 1, 1)


def _worked_out(region: Region, known: date) -> Sequence[MonthlyWait]:
    # Closed here and now: a cursor that is cleaned up later waits for the connection for ever.
    with closing(records_of(region, known=known)) as rows:
        found = derive(rows, known=known, as_delivered=True)
    return monthly_waits(found, known, first=earliest_month(known))
