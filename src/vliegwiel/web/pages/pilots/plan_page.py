"""A plan in words: what stands in it, who fixed it when, and what was done otherwise since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.queries import Claim, DesignId, LotId, OutcomeLine, PilotRow, Plan, Reach
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table

from .advising import advice_words
from .smallest import tests_of

_PERCENT = 100.0
NOT_YET = gettext_lazy("not filled in yet")


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """An outcome of a plan as somebody reads it."""

    line: OutcomeLine
    relevant: str
    claim: str
    expected: str


def plan_page(region: Any, pilot: PilotRow, user: Any) -> dict[str, Any]:
    """Everything on the page of a plan."""
    plan = queries.plan_of(pilot.id)
    assert plan is not None, "asked before"
    return {
        **plan_words(region, plan),
        "advice": advice_words(plan),
        "tests": tests_of(region, plan.initiative),
        "may_change": plan.registered_at is None and rights.may(user, "pilots.edit", region),
        "may_register": rights.may(user, "pilots.register", region),
    }


def plan_words(region: Any, plan: Plan) -> dict[str, Any]:
    """The plan with its groups and outcomes in words."""
    return {
        "plan": plan,
        "facts": facts_of(plan),
        "groups": groups_table(region, plan),
        "outcomes": [outcome_words(one) for one in plan.outcomes],
    }


def facts_of(plan: Plan) -> Sequence[tuple[str, str]]:
    """When it runs and how its effect is computed, as term and words."""
    chance = notation.percent(_PERCENT * plan.alpha, 0 if plan.alpha >= 0.01 else 1)
    size = plan.tuning_size
    return [
        (_("Start"), notation.day(plan.starts_on) if plan.starts_on else str(NOT_YET)),
        (_("End"), notation.day(plan.ends_on) if plan.ends_on else str(NOT_YET)),
        (_("Design"), str(DesignId(plan.design).label) if plan.design else str(NOT_YET)),
        (_("Drawn by lot"), str(LotId(plan.lot).label)),
        (_("Measurements expected"), notation.number(size) if size else str(NOT_YET)),
        (_("Chance of a false alarm"), chance),
        (_("Where it should hold"), str(Reach(plan.reach).label)),
    ]


def groups_table(region: Any, plan: Plan) -> Table:
    """Every group with its place, its side and its start."""
    places = {place.code: place.name for place in municipalities_of(region)}
    rows = [
        (
            group.name,
            group.key,
            places.get(group.municipality, notation.MISSING),
            _("With the initiative") if group.treated else _("To compare with"),
            (group.starts_on or plan.starts_on) if group.treated else None,
        )
        for group in plan.groups
    ]
    columns = [
        Column(_("Group")),
        Column(_("Name in files")),
        Column(_("Municipality")),
        Column(_("Side")),
        Column(_("Starts on"), "day"),
    ]
    return Table(_("Groups of the pilot"), columns, rows)


def amount(value: float) -> str:
    """A number as it was typed: no more decimals than it has."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return notation.number(value, decimals)


def outcome_words(one: OutcomeLine) -> OutcomeWords:
    """What of an outcome counts as an effect, and what was expected of it."""
    unit = _("percent") if one.relevant_per_cent else one.unit
    relevant = f"{amount(one.smallest_relevant)} {unit}"
    expected = ""
    if one.expected is not None:
        low, likely, high = map(amount, one.expected)
        words = _("%(likely)s %(unit)s (%(low)s to %(high)s)")
        expected = words % {"likely": likely, "low": low, "high": high, "unit": unit}
    return OutcomeWords(one, relevant, str(Claim(one.claim).label), expected)
