"""What is said, before a run and beside its outcome, of care that cannot keep up."""

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.descriptions import in_language
from vliegwiel.apps.explorer.sentences import uncapitalised
from vliegwiel.science.caresystem import CareSystem, Overload, Scenario, overloads


def warnings(system: CareSystem, scenario: Scenario | None, months: int) -> list[str]:
    """A sentence for each form of care and span of months; with the change first, then without."""
    found = overloads(system, scenario, months=months)
    return [in_words(one) for one in sorted(found, key=lambda one: one.side, reverse=True)]


def in_words(found: Overload) -> str:
    """Which form of care, from when, what it takes and what there is, and what follows."""
    words = {
        "care_type": uncapitalised(in_language(found.label)),
        "first": date_format(found.first, "F Y"),
        "until": date_format(found.until, "F Y") if found.until is not None else "",
        "needed": _number(found.needed),
        "there": _number(found.there),
    }
    return " ".join(part % words for part in _parts(found))


def _parts(found: Overload) -> Sequence[str]:
    if found.side == "scenario":
        where = _(
            "With the change %(care_type)s cannot keep up from %(first)s, while nobody stops "
            "waiting."
        )
    else:
        where = _(
            "Without the change %(care_type)s cannot keep up from %(first)s, while nobody stops "
            "waiting."
        )
    if found.unit == "euro":
        size = _("It takes € %(needed)s a year and there is € %(there)s.")
    else:
        size = _("It takes %(needed)s places and there are %(there)s.")
    if found.until is None:
        end = _(
            "As far as the forecast goes the waiting list grows without end: how long it then is "
            "depends on how far you look ahead."
        )
    else:
        end = _("The waiting list grows until %(until)s; after that there is room enough again.")
    return where, size, end


def _number(value: float) -> str:
    """Whole, unless it is too small for that."""
    if value >= 10 or value == round(value):
        return number_format(round(value), 0, force_grouping=True)
    return number_format(round(value, 1), 1)
