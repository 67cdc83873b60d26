"""The size of a change as people say it: percent more or less, part of a flow, or plain units."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer.edits import Size
from vliegwiel.science.caresystem import Intervention
from vliegwiel.web import notation

_UNITS = {
    "days": _("days"),
    "places": _("places"),
    "youths/month": _("youths a month"),
    "euro": _("euros"),
    "euro/day": _("euros a day"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """From the number of the document to the one in the form: `shown = (value - zero) * factor`.

    `unit` stands behind the number, `meaning` says in words what the number is.
    """

    unit: str | Promise
    meaning: str | Promise = ""
    factor: float = 1.0
    zero: float = 0.0
    decimals: int = 1

    def show(self, value: float) -> float:
        shown = round((value - self.zero) * self.factor, self.decimals + 1)
        # A whole number is written without decimals, in a field as well.
        return int(shown) if shown == int(shown) else shown

    def read(self, shown: float) -> float:
        return round(shown / self.factor + self.zero, 10)

    def write(self, value: float) -> str:
        """The number as it stands in a table."""
        shown = self.show(value)
        return notation.signed(shown, 0 if float(shown).is_integer() else self.decimals)

    def show_size(self, size: Size) -> Size:
        return Size(self.show(size.value), self.show(size.low), self.show(size.high))


def scale_of(intervention: Intervention) -> Scale:
    """How the size of this intervention is shown and typed."""
    if intervention.operation == "multiply":
        return Scale("%", _("Percent more; with a minus it is less."), 100.0, 1.0)
    if intervention.operation == "move":
        return Scale("%", _("Percent of these youths."), 100.0)
    unit = intervention.size.unit
    if unit == "share":
        return Scale(_("points"), _("Percentage points more; with a minus it is less."), 100.0)
    return Scale(_UNITS.get(unit, unit))
