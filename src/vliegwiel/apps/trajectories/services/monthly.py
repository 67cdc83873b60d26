"""Waiting times by municipality and month, worked out when a pilot asks for them."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from vliegwiel.apps.intake.queries import records_of
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories.queries import known_days
from vliegwiel.science.trajectories import (
    Choices,
    MonthlyWait,
    delivery_begin,
    derive,
    monthly_waits,
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

    Takes as long as the figures of a day do: ask for it in the background.
    """
    days = known_days(region)
    if not days:
        return MonthsRead(None, ())
    known = days[0]
    earliest = known.year * 12 + known.month - 1 - MOST_MONTHS
    begin = max(first, date(earliest // 12, earliest % 12 + 1, 1))
    # Closed here and now: a cursor that is cleaned up later waits for the connection for ever.
    with closing(records_of(region, known=known)) as rows:
        records = list(rows)
    found = derive(records, known=known, choices=Choices(observed_from=delivery_begin(records)))
    return MonthsRead(known, monthly_waits(found, known, places=places, first=begin))
