"""Numbers of the model with their unit, as a reader expects them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.science.caresystem import Interval
from vliegwiel.web import notation

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure is called, and how its numbers are shown: times `factor`, in `unit`."""

    key: str
    label: str | Promise
    unit: str | Promise
    factor: float = 1.0
    decimals: int = 0
    #: Only for care types where youths can wait.
    limited: bool = False

    def show(self, value: float | None) -> float | None:
        return None if value is None else value * self.factor

    @property
    def title(self) -> str:
        return f"{self.label} ({self.unit})"


MEASURES: Mapping[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "waiting_time",
            gettext_lazy("Waiting time of youths who start"),
            gettext_lazy("days"),
            limited=True,
        ),
        Measure("waiting_list", gettext_lazy("Waiting list"), gettext_lazy("youths"), limited=True),
        Measure("in_care", gettext_lazy("Youths in care"), gettext_lazy("youths")),
        Measure("cost", gettext_lazy("Cost"), gettext_lazy("thousand euros a month"), factor=0.001),
        Measure("arrivals", gettext_lazy("Youths who come"), gettext_lazy("youths a month")),
        Measure("starts", gettext_lazy("Youths who start"), gettext_lazy("youths a month")),
        Measure(
            "leaving",
            gettext_lazy("Youths who stop waiting"),
            gettext_lazy("youths a month"),
            decimals=1,
            limited=True,
        ),
        Measure(
            "share_within_norm",
            gettext_lazy("Starts within the norm"),
            gettext_lazy("percent"),
            factor=_PERCENT,
            limited=True,
        ),
        Measure(
            "utilisation",
            gettext_lazy("Use of places"),
            gettext_lazy("percent"),
            factor=_PERCENT,
            limited=True,
        ),
    )
}


def amount(value: float, unit: str) -> str:
    """A number of a document with its unit in words."""
    words = {
        "days": _("%(number)s days"),
        "youths": _("%(number)s youths"),
        "youths/month": _("%(number)s youths a month"),
        "places": _("%(number)s places"),
        "years": _("%(number)s years"),
        "1/year": _("%(number)s a year"),
        "euro": _("€ %(number)s"),
        "euro/day": _("€ %(number)s a day"),
    }
    if unit == "share":
        return notation.percent(value * _PERCENT, 1)
    return words.get(unit, "%(number)s") % {"number": plain(value)}


def plain(value: float) -> str:
    """A number with as many decimals as tell something."""
    size = abs(value)
    decimals = 0 if size >= 100 or float(value).is_integer() else 1 if size >= 10 else 2
    if 0 < size < 0.1:
        decimals = 4
    return notation.number(value, decimals)


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
