"""Numbers, amounts and dates in the visitor's notation: 1.234,5; € 36 mln; 22 november 2026."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from vliegwiel.science.yardstick import LEAST_SHOWN

Number: TypeAlias = int | float | Decimal

MISSING = "–"
_MINUS = "\N{MINUS SIGN}"
_NBSP = "\N{NO-BREAK SPACE}"


def number(value: Number | None, decimals: int = 0) -> str:
    """A number with `decimals` places, grouped by thousands; a dash for no value."""
    if value is None:
        return MISSING
    rounded = round(Decimal(str(value)), decimals)
    text = number_format(abs(rounded), decimals, force_grouping=True)
    return f"{_MINUS}{text}" if rounded < 0 else text


def persons(value: float) -> str:
    """A count of persons: of a small one no more than that it is."""
    return (
        number(value)
        if value >= LEAST_SHOWN
        else _("fewer than %(least)s") % {"least": number(LEAST_SHOWN)}
    )


def signed(value: Number | None, decimals: int = 0) -> str:
    """A difference: always with its sign, save for zero."""
    if value is None:
        return MISSING
    text = number(value, decimals)
    return f"+{text}" if round(Decimal(str(value)), decimals) > 0 else text


def percent(value: Number | None, decimals: int = 1) -> str:
    """A share that is already in percent."""
    return MISSING if value is None else f"{number(value, decimals)}%"


def euro(value: Number | None) -> str:
    """An amount in euros, shortened from a million on: € 36 mln, € 1,2 mld."""
    if value is None:
        return MISSING
    size = abs(float(value))
    if size >= 1e9:
        text = _("%(amount)s bn") % {"amount": _decimals(size / 1e9)}
    elif size >= 1e6:
        text = _("%(amount)s mln") % {"amount": _decimals(size / 1e6)}
    else:
        text = number(size)
    sign = _MINUS if value < 0 else ""
    return f"{sign}€ {text}".replace(" ", _NBSP)


def _decimals(size: float) -> str:
    return number(size, 1 if size < 10 else 0)


def day(value: date | datetime | None) -> str:
    """22 november 2026"""
    if value is None:
        return MISSING
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(value, "j F Y")


def moment(value: datetime | None) -> str:
    """22 november 2026, 14:05"""
    if value is None:
        return MISSING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{date_format(local, 'j F Y')}, {date_format(local, 'H:i')}"


def month(value: date | None) -> str:
    """november 2026"""
    return MISSING if value is None else date_format(value, "F Y")


def month_short(value: date | None) -> str:
    """nov 2026"""
    return (
        MISSING if value is None else f"{date_format(value, 'M').rstrip('.').lower()} {value.year}"
    )


def interval(low: Number | None, high: Number | None, decimals: int = 0) -> str:
    """5 tot 20"""
    if low is None or high is None:
        return MISSING
    return _("%(low)s to %(high)s") % {"low": number(low, decimals), "high": number(high, decimals)}
