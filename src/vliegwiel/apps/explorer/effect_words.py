"""A measured effect in words: the same on pages and from the command."""

import math
import re
from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.quantity_words import (
    QUANTITY_LABELS,
    RATIOS_OF_COUNTS,
    SIDE_LABELS,
)
from vliegwiel.science.evidence.effects import SIZE_LABELS, Effect, Lot, Role
from vliegwiel.science.kernel import Check, Fault

Words = str | Promise

#: Design -> what it is called.
EFFECT_DESIGN_LABELS: Mapping[str, Words] = {
    "survival": gettext_lazy("Waiting times of two sides"),
    "clusters": gettext_lazy("Groups drawn by lot"),
    "randomised": gettext_lazy("Persons drawn by lot"),
    "stepped": gettext_lazy("Groups one after another, in an order by lot"),
    "differences": gettext_lazy("Change beside the change elsewhere"),
    "staggered": gettext_lazy("Change beside the change elsewhere, with different starts"),
    "synthetic": gettext_lazy("One place beside a mix of other places"),
    "interrupted": gettext_lazy("One series with a start"),
    "before_after": gettext_lazy("Before and after"),
}

#: The same where the table has two sides, but nothing was drawn by lot.
WITHOUT_LOT_LABELS: Mapping[str, Words] = {
    "clusters": gettext_lazy("Groups with and without it, not drawn by lot"),
    "randomised": gettext_lazy("Persons with and without it, not drawn by lot"),
    "stepped": gettext_lazy("Groups one after another, not in an order by lot"),
}

#: What was drawn by lot -> in words.
LOTS: Mapping[Lot, Words] = {
    Lot.NOTHING: gettext_lazy("nothing"),
    Lot.PERSONS: gettext_lazy("persons"),
    Lot.CLUSTERS: gettext_lazy("groups"),
    Lot.ORDER: gettext_lazy("the order of groups"),
}

#: Role of a column -> what it holds.
ROLE_LABELS: Mapping[Role, Words] = {
    Role.UNIT: gettext_lazy("Person or place that a row is about"),
    Role.CLUSTER: gettext_lazy("What stays together (municipality, team, school)"),
    Role.PERIOD: gettext_lazy("Period (2026, 2026-03, 2026-Q1 or a day)"),
    Role.START: gettext_lazy("First period with the initiative, empty for never"),
    Role.TREATED: gettext_lazy("With the initiative (1) or without it (0)"),
    Role.GROUP: gettext_lazy("Name of the arm"),
    Role.OUTCOME: gettext_lazy("Outcome"),
    Role.BASELINE: gettext_lazy("The same before the start"),
    Role.SIZE: gettext_lazy("Number that a count is of"),
    Role.TIME: gettext_lazy("Time waited or followed"),
    Role.EVENT: gettext_lazy("End seen (1) or not yet (0)"),
    Role.REGISTERED: gettext_lazy("Day of registration"),
    Role.MEASURED: gettext_lazy("Day of measurement"),
}

_MINUS = "\N{MINUS SIGN}"
_SPACES = re.compile(r" {2,}")
#: Numbers are told with so many digits that mean something.
_DIGITS = 3
_LEAST_P = 0.001


def headline(effect: Effect) -> str:
    """The effect in one sentence."""
    result = effect.headline
    return _sentence(result.template, result.params)


def check(found: Check) -> str:
    """What was looked at, why a design was chosen, or what would make the evidence stronger."""
    return _sentence(found.template, found.params)


def fault(found: Fault) -> str:
    """What is wrong with a table or a question."""
    return sentences.fault(found)


def design(effect: Effect) -> str:
    """The name of the design."""
    if effect.grading.lot is Lot.NOTHING and effect.design in WITHOUT_LOT_LABELS:
        return str(WITHOUT_LOT_LABELS[effect.design])
    return str(EFFECT_DESIGN_LABELS[effect.design])


def interval(effect: Effect) -> str:
    """Both ends of the interval, on the scale of the effect; empty without one."""
    if effect.low is None or effect.high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": number(effect.low), "high": number(effect.high)}


def quantity(name: str, *, of: Effect) -> str:
    """A further number of an effect as somebody reads it; an unknown name stays as it is."""
    what, _point, further = name.partition(".")
    if of.is_ratio and name in RATIOS_OF_COUNTS:
        return _("%(what)s (ratio)") % {"what": QUANTITY_LABELS[name]}
    if not further:
        return str(QUANTITY_LABELS.get(what, name))
    told = QUANTITY_LABELS.get(what) or SIDE_LABELS.get(what) or what
    return f"{told} {SIDE_LABELS.get(further, further)}"


def number(value: float | None) -> str:
    """A number with three digits that mean something, a whole one as it is; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    whole = float(value).is_integer() or size >= 10**_DIGITS
    decimals = 0 if whole else max(0, _DIGITS - 1 - math.floor(math.log10(size)))
    text = number_format(round(size, decimals), min(decimals, 6), force_grouping=True)
    return f"{_MINUS}{text}" if value < 0 else text


def chance(p: float | None) -> str:
    """A p-value: three decimals, or that it is smaller."""
    if p is None:
        return "–"
    if p < _LEAST_P:
        return _("less than %(number)s") % {"number": number_format(_LEAST_P, 3)}
    return number_format(round(p, 3), 3)


def _sentence(template: str, params: Mapping[str, float | str]) -> str:
    """A sentence of science in the active language; a unit without a name leaves no gap."""
    words = {name: _word(name, value) for name, value in params.items()}
    return _SPACES.sub(" ", _(template) % words).replace(" )", ")").replace(" .", ".")


def _word(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return _(SIZE_LABELS[value]) if name == "unit" and value in SIZE_LABELS else value
    return chance(value) if name == "p" else number(value)
