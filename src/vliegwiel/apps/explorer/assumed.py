"""An assumption in words: what it is about, and what a value of it means in its own unit."""

import math
import re
from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.science.caresystem import (
    AssumptionUsed,
    CareSystem,
    Forecast,
    Intervention,
    Scenario,
    Sensitivity,
    SensitivityRow,
)

from . import changes
from .descriptions import in_active_language
from .sentences import uncapitalised
from .sizes import Size, scale_of

Assumption = AssumptionUsed | SensitivityRow

_SIZE = re.compile(r"interventions\.(\d+)\.size")
_PERCENT = 100.0


def of_scenario(item: Assumption) -> bool:
    """Whether it is about the scenario, and not about the care system."""
    return _SIZE.fullmatch(item.address) is not None


def in_order(items: Sequence[AssumptionUsed]) -> list[AssumptionUsed]:
    """Assumptions as they are shown: those of the scenario first."""
    return sorted(items, key=lambda item: not of_scenario(item))


def untold(forecast: Forecast, found: Sensitivity) -> str:
    """Why there is no waiting time to compare, as the headline says it; empty where there is."""
    reasons = {
        "wait_free": _(
            "This form of care always has room in the model: nobody waits. So there is no waiting "
            "time to compare."
        ),
        "wait_nowhere": _(
            "All care always has room in the model: nobody waits. So there is no waiting time to "
            "compare."
        ),
        "wait_unknown": _(
            "Nobody is expected to start this care in this period. So there is no waiting time to "
            "compare."
        ),
        "wait_new": _(
            "Without the change nobody is expected to start this care in this period. So there is "
            "no difference in waiting to compare."
        ),
        "wait_ended": _(
            "With the change nobody is expected to start this care in this period. So there is no "
            "difference in waiting to compare."
        ),
    }
    few = _("Too few youths start this care in this period to compare how long they wait.")
    code = forecast.headline.code
    if code in ("wait_seldom", "wait_seldom_baseline"):
        return few
    # With every assumption at its likeliest there may be no starts where most outcomes have them.
    return reasons.get(code, "" if math.isfinite(found.outcome) else few)


def name(item: Assumption, scenario: Scenario, system: CareSystem) -> str:
    """What is assumed: a number of the care system, or how large a change is."""
    change = _intervention(item, scenario)
    if change is None:
        return capfirst(in_active_language(item.label))
    return _("Size of the change: %(what)s") % {"what": uncapitalised(changes.what(change, system))}


def in_words(item: Assumption, value: float, scenario: Scenario) -> str:
    """A value as people say it: 40% shorter, 30 days, 12% of these youths."""
    change = _intervention(item, scenario)
    if change is None:
        return _with_unit(value, item.unit)
    scale = scale_of(change)
    if scale.direction is not None and scale.show(value) == 0:
        return _("no change")
    return changes.how_much(change, Size(value, value, value))


def range_in_words(item: Assumption, scenario: Scenario) -> str:
    """Between which values it is believed to lie."""
    return _("%(low)s to %(high)s") % {
        "low": in_words(item, item.low, scenario),
        "high": in_words(item, item.high, scenario),
    }


def _intervention(item: Assumption, scenario: Scenario) -> Intervention | None:
    found = _SIZE.fullmatch(item.address)
    return scenario.interventions[int(found[1])] if found else None


def _with_unit(value: float, unit: str) -> str:
    if unit == "share":
        return f"{_figure(value * _PERCENT, 1)}%"
    if unit == "1/year":
        return _("%(number)s a year") % {"number": _with_unit(value, "share")}
    count = 1 if value == 1 else 2
    words: Mapping[str, str] = {
        "days": ngettext("%(number)s day", "%(number)s days", count),
        "youths": ngettext("%(number)s youth", "%(number)s youths", count),
        "youths/month": ngettext("%(number)s youth a month", "%(number)s youths a month", count),
        "places": ngettext("%(number)s place", "%(number)s places", count),
        "years": ngettext("%(number)s year", "%(number)s years", count),
        "euro": _("€ %(number)s"),
        "euro/day": _("€ %(number)s a day"),
    }
    return words.get(unit, "%(number)s") % {"number": _figure(value, _decimals(value))}


def _decimals(value: float) -> int:
    """As many as tell something."""
    size = abs(value)
    if size >= _PERCENT:
        return 0
    if 0 < size < 0.1:
        return 4
    return 1 if size >= 10 else 2


def _figure(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    # Without zeros at the end: 30%, not 30,0%.
    while decimals and round(rounded, decimals - 1) == rounded:
        decimals -= 1
    return number_format(rounded, decimals, force_grouping=True)
