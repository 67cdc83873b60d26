"""The size of a change as people say it: 25% shorter, 15% of these youths, 10 days longer.

In a document a size is a factor, a share or an amount. People say how much and which way; the
number they see is never negative, and the two ends of a range have no order to get wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.science.caresystem import Assumed, Intervention, Quantity

from .kinds import Direction, kind_of

_PERCENT = "%"
_SAME = 1e-9
_ENDLESS = float("inf")


class Size(NamedTuple):
    """How large a change is thought to be: likeliest, and the two ends of its range."""

    value: float
    low: float
    high: float


def size_of(quantity: Quantity) -> Size:
    """The size as the document has it; a size without a range has an empty one."""
    origin = quantity.provenance
    if isinstance(origin, Assumed):
        return Size(quantity.value, origin.low, origin.high)
    return Size(quantity.value, quantity.value, quantity.value)


@dataclass(frozen=True, slots=True)
class Scale:
    """From the number of the document to the one people see: `shown = (value - zero) * factor`.

    `direction` holds the words for a shown number below and above zero; None where there is only
    one way. `least` and `most` are the bounds of a shown number that any document has.
    """

    unit: str | Promise
    count: Callable[[float], str] | None = None
    factor: float = 1.0
    zero: float = 0.0
    decimals: int = 1
    direction: Direction | None = None
    least: float = -_ENDLESS
    most: float = _ENDLESS

    def show(self, value: float) -> float:
        shown = round((value - self.zero) * self.factor, self.decimals + 1)
        # A whole number is written without decimals, in a field as well.
        return int(shown) if shown == int(shown) else shown

    def read(self, shown: float) -> float:
        return round(shown / self.factor + self.zero, 10)

    def show_size(self, size: Size) -> Size:
        return Size(*(self.show(number) for number in size))

    def read_size(self, shown: Size) -> Size:
        return Size(*(self.read(number) for number in shown))

    def possible(self, shown: float) -> float:
        """The number itself, or the nearest that a document can have."""
        return max(self.least, min(self.most, shown))

    def follow(self, old: Size, value: float) -> Size:
        """The range of `old` around another likeliest number, as wide in proportion; all shown.

        A range around zero has no proportion and only shifts.
        """
        if abs(old.value) < _SAME:
            low, high = value + old.low, value + old.high
        else:
            ends = (old.low * value / old.value, old.high * value / old.value)
            low, high = min(ends), max(ends)
        low, high = (round(self.possible(end), self.decimals) for end in (low, high))
        return Size(value, min(low, value), max(high, value))

    def ends(self, shown: Size) -> tuple[float, float]:
        """The end of the range with the smaller effect, then the one with the larger."""
        return (shown.high, shown.low) if self._downwards(shown) else (shown.low, shown.high)

    def _downwards(self, shown: Size) -> bool:
        if self.direction is None:
            return False
        return shown.value < 0 or (shown.value == 0 and shown.low + shown.high < 0)

    def words(self, shown: float) -> str:
        """25% shorter"""
        number = self._number(shown)
        return number if self.direction is None else f"{number} {self._way(shown)}"

    def range_words(self, shown: Size) -> str:
        """5 to 40% shorter; when it may go both ways: 3% shorter to 10% longer."""
        if shown.low == shown.high:
            return self.words(shown.low)
        small, large = self.ends(shown)
        if self.direction is not None and shown.low < 0 < shown.high:
            return _("%(low)s to %(high)s") % {
                "low": self.words(small),
                "high": self.words(large),
            }
        # The way is that of the end away from zero: nothing is not shorter, nor longer.
        words = {"low": _figure(abs(small), self.decimals), "high": self.words(large)}
        return _("%(low)s to %(high)s") % words

    def _way(self, shown: float) -> str:
        if self.direction is None:
            return ""
        return str(self.direction.less if shown < 0 else self.direction.more)

    def _number(self, shown: float) -> str:
        size = abs(shown) if self.direction is not None else shown
        text = _figure(size, self.decimals)
        if self.unit == _PERCENT:
            return f"{text}%"
        return f"{text} {self.count(size) if self.count is not None else self.unit}"


def _figure(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    return number_format(rounded, 0 if rounded == int(rounded) else decimals, force_grouping=True)


def _one_or_more(value: float) -> int:
    return 1 if value == 1 else 2


_UNITS: Mapping[str, tuple[Promise, Callable[[float], str]]] = {
    "days": (gettext_lazy("days"), lambda n: ngettext("day", "days", _one_or_more(n))),
    "places": (gettext_lazy("places"), lambda n: ngettext("place", "places", _one_or_more(n))),
    "youths/month": (
        gettext_lazy("youths a month"),
        lambda n: ngettext("youth a month", "youths a month", _one_or_more(n)),
    ),
    "euro": (gettext_lazy("euros"), lambda n: ngettext("euro", "euros", _one_or_more(n))),
    "euro/day": (
        gettext_lazy("euros a day"),
        lambda n: ngettext("euro a day", "euros a day", _one_or_more(n)),
    ),
    "share": (
        gettext_lazy("percentage points"),
        lambda n: ngettext("percentage point", "percentage points", _one_or_more(n)),
    ),
    "years": (gettext_lazy("years"), lambda n: _("year") if n == 1 else _("years")),
    "1/year": (
        gettext_lazy("percentage points a year"),
        lambda n: ngettext("percentage point a year", "percentage points a year", _one_or_more(n)),
    ),
    # The spread of a length is its standard deviation as a part of its mean.
    "ratio": (gettext_lazy("times the mean"), lambda _number: _("times the mean")),
}
#: Numbers so small that a tenth tells too little.
_DECIMALS: Mapping[str, int] = {"ratio": 2}


def scale_of(item: Intervention) -> Scale:
    """How the size of this intervention is shown and typed."""
    way = kind_of(item).direction
    if item.operation == "multiply":
        return Scale(_PERCENT, factor=100.0, zero=1.0, direction=way, least=-100.0)
    if item.operation == "move":
        return Scale(_PERCENT, factor=100.0, least=0.0, most=100.0)
    unit = item.size.unit
    percent = 100.0 if unit in ("share", "1/year") else 1.0
    name, count = _UNITS.get(unit, (unit, None))
    decimals = _DECIMALS.get(unit, 1)
    if item.operation == "add":
        return Scale(name, count, factor=percent, decimals=decimals, direction=way)
    if unit == "share":
        return Scale(_PERCENT, factor=percent, least=0.0, most=100.0)
    if unit == "1/year":
        # A growth that is set may lie below zero: fewer youths every year.
        return Scale(_PERCENT, factor=percent, least=-99.0)
    return Scale(name, count, decimals=decimals, least=0.0)
