"""Numbers of the model with their unit, as a reader expects them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.science.caresystem import Interval
from vliegwiel.web import notation

_PERCENT = 100.0


def amount(value: float, unit: str) -> str:
    """A number of a document with its unit in words."""
    if unit == "share":
        return notation.percent(value * _PERCENT, 1)
    if unit == "1/year":
        return _("%(number)s a year") % {"number": notation.percent(value * _PERCENT, 1)}
    shown = plain(value)
    count = 1 if shown == "1" else 2
    words = {
        "days": ngettext("%(number)s day", "%(number)s days", count),
        "youths": ngettext("%(number)s youth", "%(number)s youths", count),
        "youths/month": ngettext("%(number)s youth a month", "%(number)s youths a month", count),
        "places": ngettext("%(number)s place", "%(number)s places", count),
        "years": ngettext("%(number)s year", "%(number)s years", count),
        "euro": _("€ %(number)s"),
        "euro/day": _("€ %(number)s a day"),
    }
    return words.get(unit, "%(number)s") % {"number": shown}


def plain(value: float) -> str:
    """A number with as many decimals as tell something."""
    size = abs(value)
    decimals = 0 if size >= 100 or float(value).is_integer() else 1 if size >= 10 else 2
    if 0 < size < 0.1:
        decimals = 4
    return notation.number(value, decimals)


def plain_interval(found: Interval | None, decimals: int = 0) -> str:
    """120 (100 to 140); a dash where nothing is known."""
    if found is None or found.median is None or found.low is None or found.high is None:
        return notation.MISSING
    return _("%(mid)s (%(low)s to %(high)s)") % {
        "mid": notation.number(found.median, decimals),
        "low": notation.number(found.low, decimals),
        "high": notation.number(found.high, decimals),
    }


def signed_interval(found: Interval, *, factor: float = 1.0, decimals: int = 0) -> str:
    """−12 (−20 to −5): a difference with its band; a dash where nothing is known."""
    if found.median is None or found.low is None or found.high is None:
        return notation.MISSING
    return _("%(mid)s (%(low)s to %(high)s)") % {
        "mid": notation.signed(found.median * factor, decimals),
        "low": notation.signed(found.low * factor, decimals),
        "high": notation.signed(found.high * factor, decimals),
    }


def euro_interval(found: Interval | None, *, signed: bool = False) -> str:
    """€ 36 mln (€ 30 mln to € 40 mln)."""
    if found is None or found.median is None or found.low is None or found.high is None:
        return notation.MISSING
    parts = {"mid": found.median, "low": found.low, "high": found.high}
    return _("%(mid)s (%(low)s to %(high)s)") % {
        name: _euro(value, signed=signed) for name, value in parts.items()
    }


def rounded_euro(value: float) -> str:
    """An amount to three digits: more would say that the model knows it to the euro."""
    return notation.euro(float(f"{value:.3g}"))


def _euro(value: float, *, signed: bool) -> str:
    text = rounded_euro(value)
    return f"+{text}" if signed and value > 0 else text
