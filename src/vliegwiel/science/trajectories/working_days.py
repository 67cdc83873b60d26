"""Working days: neither weekend nor public holiday.

Holidays are those of the Dutch act on terms (Algemene termijnenwet, article 3): New Year, Good
Friday (put on a par with them), Easter Monday, King's Day, 5 May, Ascension, Whit Monday and both
days of Christmas.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, centuries_left = divmod(century, 4)
    moon = (century + 8) // 25
    correction = (century - moon + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, years_left = divmod(rest, 4)
    weekday = (32 + 2 * centuries_left + 2 * leap_years - epact - years_left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= _DAY
    fixed = {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)})


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def after_working_days(day: date, count: int) -> date:
    """The last of so many working days after a day; that day itself does not count."""
    while count > 0:
        day += _DAY
        if is_working_day(day):
            count -= 1
    return day
