"""The days of knowledge that figures are made for: last days of months.

A fixed set of days is a part of the protection of small counts. With figures for any two days
somebody could see what one message changed.
"""

from collections.abc import Sequence
from datetime import date, timedelta


def month_ends(first: date | None, last: date | None) -> Sequence[date]:
    """The last days of the months between two days of which every day has come, newest first."""
    if first is None or last is None:
        return []
    found = []
    # The day before the first of the month after the last day.
    day = (last + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    while day >= first:
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return found
