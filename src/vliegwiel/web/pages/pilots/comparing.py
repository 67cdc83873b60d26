"""Two versions of a draft side by side, line by line."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.apps.pilots import PlanFacts
from vliegwiel.apps.pilots.queries import DesignId, LotId, Reach
from vliegwiel.apps.yardstick.queries import library
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table


def plan_differences(region: Any, *, theirs: PlanFacts, yours: PlanFacts) -> Table:
    """What stands there now beside what you typed, where they differ."""
    names = {one.id: one.name for one in library(region)}
    left, right = _lines(theirs, names), _lines(yours, names)
    rows = [
        (label, left.get(label) or notation.MISSING, right.get(label) or notation.MISSING)
        for label in dict.fromkeys([*left, *right])
        if left.get(label) != right.get(label)
    ]
    columns = [Column(_("Part of the plan")), Column(_("Stands there now")), Column(_("Yours"))]
    return Table(_("What differs"), columns, rows)


def _lines(facts: PlanFacts, names: Mapping[int, str]) -> dict[str, str]:
    lines = {
        _("What the pilot is called"): facts.title,
        _("Starts on"): notation.day(facts.starts_on),
        _("Ends on"): notation.day(facts.ends_on),
        _("What the lot decides"): str(LotId(facts.lot).label),
        _("Design"): str(DesignId(facts.design).label) if facts.design else "",
        _("Measurements expected since the start"): notation.number(facts.tuning_size),
        _("Chance of a false alarm"): notation.number(facts.alpha, 3),
        _("Where it should hold"): str(Reach(facts.reach).label),
        _("How the effect is computed"): facts.analysis,
        _("When it stops early"): facts.stop_rule,
    }
    for group in facts.groups:
        side = _("With the initiative") if group.treated else _("To compare with")
        start = f", {notation.day(group.starts_on)}" if group.starts_on else ""
        lines[f"{_('Group')}: {group.name}"] = f"{side}{start}"
    for one in facts.outcomes:
        effect = notation.number(one.smallest_relevant, 3)
        name = names.get(one.version, _("An earlier version of an indicator"))
        lines[f"{_('Outcome')}: {name}"] = effect
    return lines
