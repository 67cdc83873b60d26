"""The size of a change as people say it: percent more or less, part of a flow, or plain units."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer.edits import Size
from vliegwiel.science.caresystem import Intervention

_UNITS = {
    "days": _("days"),
    "places": _("places"),
    "youths/month": _("youths a month"),
    "euro": _("euros"),
    "euro/day": _("euros a day"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """From the number of the document to the one in the form: `shown = (value - zero) * factor`."""

    unit: str | Promise
    factor: float = 1.0
    zero: float = 0.0
    decimals: int = 1

    def show(self, value: float) -> float:
        return round((value - self.zero) * self.factor, self.decimals + 1)

    def read(self, shown: float) -> float:
        return round(shown / self.factor + self.zero, 10)

    def show_size(self, size: Size) -> Size:
        return Size(self.show(size.value), self.show(size.low), self.show(size.high))


def scale_of(intervention: Intervention) -> Scale:
    """How the size of this intervention is shown and typed."""
    if intervention.operation == "multiply":
        return Scale(_("% more (or less, with a minus)"), 100.0, 1.0)
    if intervention.operation == "move":
        return Scale(_("% of these youths"), 100.0)
    unit = intervention.size.unit
    if unit == "share":
        return Scale(_("percentage points"), 100.0)
    return Scale(_UNITS.get(unit, unit))
