"""Numbers, tables and headings of a report in Markdown, in the language that is active now."""

import math
from collections.abc import Iterable, Sequence

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vliegwiel.science.caresystem import Assumed, Derived, Fitted, Printed, Quantity, Ranged


def number(value: float) -> str:
    """With the digits that say something: 4 of them, or all of a whole number."""
    if value == round(value):
        return number_format(round(value), 0, force_grouping=True)
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    text: str = number_format(round(value, digits), min(digits, 6), force_grouping=True)
    point = "," if "," in number_format(0.5, 1) else "."
    return text.rstrip("0").rstrip(point) if point in text else text


def amount(quantity: Quantity | None) -> str:
    """The number with the range that it is believed to lie in, when it is assumed or fitted."""
    if quantity is None:
        return "–"
    origin = quantity.provenance
    if isinstance(origin, Ranged) and origin.low < origin.high:
        words = {"value": number(quantity.value), "low": number(origin.low),
                 "high": number(origin.high)}  # fmt: skip
        return _("%(value)s (%(low)s to %(high)s)") % words
    return number(quantity.value)


def unit(name: str) -> str:
    """A unit of the document in words."""
    words = {
        "youths": _("youths"), "youths/month": _("youths a month"), "days": _("days"),
        "share": _("share"), "ratio": _("ratio"), "1/year": _("a year"), "places": _("places"),
        "euro": "€", "euro/day": _("€ a day"), "years": _("years"),
    }  # fmt: skip
    return words[name]


def origin(found: Printed | Derived | Assumed | Fitted) -> str:
    """Where a number comes from, in a few words; why it is assumed stands in another table."""
    if isinstance(found, Printed):
        return _("printed: %(source)s, %(place)s") % {"source": found.source, "place": found.place}
    if isinstance(found, Derived):
        return _("derived: %(formula)s") % {"formula": f"`{found.formula}`"}
    words = {"low": number(found.low), "high": number(found.high)}
    if isinstance(found, Fitted):
        return _("estimated from own data: %(low)s to %(high)s") % words
    return _("assumed: %(low)s to %(high)s") % words


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a line that says so when there is nothing in it."""
    body = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    if not body:
        return _("None.")
    top = [f"| {' | '.join(capfirst(word) for word in head)} |", "|" + " --- |" * len(head)]
    return "\n".join([*top, *body])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
