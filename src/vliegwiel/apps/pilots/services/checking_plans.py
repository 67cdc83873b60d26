"""What is wrong with a plan: as a draft, and for being registered."""

import math
from datetime import date

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.facts import OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.pilots.vocabulary import (
    ASKS,
    LONGEST_PILOT,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_GROUPS,
    MOST_OUTCOMES,
    PLANNED_IN,
    Claim,
    DesignId,
    LotId,
    Reach,
)
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.yardstick import Direction, Kind
from vliegwiel.apps.yardstick.models import IndicatorVersion


def draft_problems(facts: PlanFacts, *, region: Region) -> dict[str, str]:
    """What of a draft cannot be kept, in words per field; what is lacking is no problem yet."""
    problems = {}
    unknown = _("Choose from the list.")
    if not 0 < len(facts.title.strip()) <= LONGEST_TITLE:
        problems["title"] = _("Use %(least)s to %(most)s characters.") % {
            "least": 1,
            "most": LONGEST_TITLE,
        }
    for name in ("analysis", "stop_rule"):
        if len(getattr(facts, name)) > LONGEST_TEXT:
            problems[name] = _("Use at most %(n)s characters.") % {"n": LONGEST_TEXT}
    lists = {"design": ["", *DesignId.values], "lot": LotId.values, "reach": Reach.values}
    problems |= {
        name: unknown for name, known in lists.items() if getattr(facts, name) not in known
    }
    if not 0.001 <= facts.alpha <= 0.2:
        problems["alpha"] = _("Choose a chance between 0.001 and 0.2; 0.05 is usual.")
    if facts.tuning_size is not None and not 0 < facts.tuning_size <= 10_000_000:
        problems["tuning_size"] = _("Type how many measurements you expect since the start.")
    if facts.starts_on and facts.ends_on and facts.ends_on <= facts.starts_on:
        problems["ends_on"] = _("Choose a day after the start.")
    elif facts.starts_on and facts.ends_on and facts.ends_on - facts.starts_on > LONGEST_PILOT:
        problems["ends_on"] = _("Choose a day at most ten years after the start.")
    return problems | _group_problems(facts) | _outcome_problems(facts, region)


def stage_problems(initiative: Initiative) -> dict[str, str]:
    """Why no pilot of this initiative begins now, or nothing."""
    if initiative.stage in PLANNED_IN:
        return {}
    sentence = _(
        "It stands at “%(stage)s”. A pilot is planned when the region explores the initiative, "
        "or has gone further and not yet scaled it up."
    )
    return {"stage": sentence % {"stage": initiative.get_stage_display()}}


def registration_problems(pilot: Pilot, *, today: date) -> dict[str, str]:
    """What keeps a draft from being registered, in words per field."""
    fill = _("Fill this in before the plan is registered.")
    needed = ("starts_on", "ends_on", "design", "tuning_size", "analysis", "stop_rule")
    problems = {name: fill for name in needed if getattr(pilot, name) in (None, "")}
    problems |= stage_problems(pilot.initiative)
    groups, outcomes = list(pilot.groups.all()), list(pilot.outcomes.select_related("version"))
    if not any(group.treated for group in groups):
        problems["groups"] = _("Name at least one group with the initiative.")
    if not outcomes:
        problems["outcomes"] = _("Choose at least one outcome.")
    if any(outcome.version.better == Direction.UNKNOWN for outcome in outcomes):
        problems["outcomes"] = _("An outcome must have a direction that is better.")
    starts = [one.starts_on or pilot.starts_on for one in groups if one.treated]
    if pilot.starts_on is not None:
        if pilot.starts_on < today:
            problems["starts_on"] = _("A plan is registered before the pilot starts.")
        elif any(start is not None and start < pilot.starts_on for start in starts):
            problems["groups"] = _("No group starts before the pilot does.")
    if pilot.design:
        asks = ASKS[DesignId(pilot.design)]
        if asks.compared and not any(not group.treated for group in groups):
            problems["groups"] = _("This design needs a group without the initiative.")
        if pilot.lot not in asks.lots:
            problems["lot"] = _("This draw by lot does not go with this design.")
        waits = pilot.design == DesignId.SURVIVAL
        if any((outcome.version.kind == Kind.TIME) is not waits for outcome in outcomes) and waits:
            problems["outcomes"] = _("This design is for times only.")
    return problems


def _group_problems(facts: PlanFacts) -> dict[str, str]:
    keys = [group.key for group in facts.groups]
    if len(keys) > MOST_GROUPS:
        return {"groups": _("Use at most %(n)s groups.") % {"n": MOST_GROUPS}}
    if any(key != slugify(key) or not 0 < len(key) <= 40 for key in keys):
        return {"groups": _("Write names in files with small letters, digits and dashes.")}
    if len(set(keys)) < len(keys):
        return {"groups": _("Each group has its own name in files.")}
    if any(not 0 < len(group.name.strip()) <= 120 for group in facts.groups):
        return {"groups": _("Give each group a name.")}
    if any(group.starts_on and not group.treated for group in facts.groups):
        return {"groups": _("A group without the initiative has no start.")}
    return {}


def _outcome_problems(facts: PlanFacts, region: Region) -> dict[str, str]:
    chosen = [outcome.version for outcome in facts.outcomes]
    if len(chosen) > MOST_OUTCOMES:
        return {"outcomes": _("Use at most %(n)s outcomes.") % {"n": MOST_OUTCOMES}}
    if len(set(chosen)) < len(chosen):
        return {"outcomes": _("Each outcome stands there once.")}
    usable = Q(indicator__region__isnull=True) | Q(indicator__region=region)
    if IndicatorVersion.objects.filter(usable, pk__in=chosen).count() < len(chosen):
        return {"outcomes": _("Choose from the list.")}
    told = [problem for one in facts.outcomes if (problem := _outcome_problem(one))]
    return {"outcomes": told[0]} if told else {}


def _outcome_problem(outcome: OutcomeFacts) -> str:
    if not 0 < outcome.smallest_relevant < math.inf:
        return _("Type the smallest effect that matters, above 0.")
    if outcome.claim not in Claim.values:
        return _("Choose from the list.")
    if not _is_band(outcome):
        return _("The expected effect must lie between its lowest and its highest.")
    return ""


def _is_band(outcome: OutcomeFacts) -> bool:
    """Nothing at all, or three numbers in order that are not one number."""
    low, likely, high = outcome.expected_low, outcome.expected, outcome.expected_high
    if low is None or likely is None or high is None:
        return low is likely is high is None
    return all(map(math.isfinite, (low, likely, high))) and low <= likely <= high and low < high
