"""A plan: drafted, registered, and from then on amended."""

import hashlib
import json
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.errors import ChangedMeanwhile, Frozen, NotRegistered, PilotRefused
from vliegwiel.apps.pilots.facts import PlanFacts
from vliegwiel.apps.pilots.models import Amendment, Pilot, PilotGroup, PlannedOutcome
from vliegwiel.apps.pilots.vocabulary import LONGEST_TEXT, Subject
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require

from .checking_plans import draft_problems, registration_problems, stage_problems

_COPIED = (
    *("title", "starts_on", "ends_on", "design", "lot", "alpha", "tuning_size", "reach"),
    *("analysis", "stop_rule"),
)


@transaction.atomic
def draft(*, initiative_id: int, facts: PlanFacts, by: User) -> Pilot:
    """Begins a plan for an initiative of a region that explores it or has gone further.

    Raises PilotRefused with a sentence per field (`stage` for an initiative that is not there),
    Initiative.DoesNotExist, and NotAllowed.
    """
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative_id)
    if initiative.region is None:
        raise NotAllowed("pilots.edit", "")
    require(by, "pilots.edit", initiative.region)
    problems = stage_problems(initiative) | draft_problems(facts, region=initiative.region)
    if initiative.pilots.filter(title__iexact=facts.title.strip()).exists():
        problems["title"] = _("This initiative has a pilot with this title already.")
    if problems:
        raise PilotRefused(problems)
    pilot = Pilot(initiative=initiative, made_by=by)
    _keep(pilot, facts)
    return pilot


@transaction.atomic
def redraft(*, pilot_id: int, facts: PlanFacts, seen: int, by: User) -> None:
    """Changes a draft. Raises Frozen for a registered plan, ChangedMeanwhile when version `seen` is
    not the newest any more, PilotRefused with a sentence per field, and NotAllowed.
    """
    pilot = locked(pilot_id, "pilots.edit", by=by)
    if pilot.registered_at is not None:
        raise Frozen
    if pilot.version != seen:
        raise ChangedMeanwhile
    assert pilot.initiative.region is not None, "only those of a region have pilots"
    problems = draft_problems(facts, region=pilot.initiative.region)
    if problems:
        raise PilotRefused(problems)
    pilot.version += 1
    pilot.groups.all().delete()
    pilot.outcomes.all().delete()
    _keep(pilot, facts)


@transaction.atomic
def register(*, pilot_id: int, by: User) -> None:
    """Fixes the plan before anything is measured; from now on nothing in it changes.

    Registering again changes nothing. Raises PilotRefused with what is lacking, and NotAllowed
    without the right `pilots.register`.
    """
    pilot = locked(pilot_id, "pilots.register", by=by)
    if pilot.registered_at is not None:
        return
    problems = registration_problems(pilot, today=timezone.localdate())
    if problems:
        raise PilotRefused(problems)
    pilot.registered_at, pilot.registered_by = timezone.now(), by
    pilot.fingerprint = fingerprint(pilot)
    pilot.save()


@transaction.atomic
def amend(*, pilot_id: int, subject: str, was: str, becomes: str, reason: str, by: User) -> None:
    """Writes down what is done otherwise than registered; the plan itself stays as it is.

    Raises NotRegistered for a draft (change that), PilotRefused with a sentence per field, and
    NotAllowed without the right `pilots.register`.
    """
    pilot = locked(pilot_id, "pilots.register", by=by)
    if pilot.registered_at is None:
        raise NotRegistered
    texts = {"was": was.strip(), "becomes": becomes.strip(), "reason": reason.strip()}
    problems = {
        name: _("Use %(least)s to %(most)s characters.") % {"least": 1, "most": LONGEST_TEXT}
        for name, text in texts.items()
        if not 0 < len(text) <= LONGEST_TEXT
    }
    if subject not in Subject.values:
        problems["subject"] = _("Choose from the list.")
    if problems:
        raise PilotRefused(problems)
    last = pilot.amendments.first()
    if last is not None and all(getattr(last, name) == text for name, text in texts.items()):
        return
    number = last.number + 1 if last is not None else 1
    Amendment.objects.create(pilot=pilot, number=number, subject=subject, by=by, **texts)


def locked(pilot_id: int, right: str, *, by: User) -> Pilot:
    """The pilot, kept from others until the change is done.

    Raises Pilot.DoesNotExist, and NotAllowed without the `right`.
    """
    found = Pilot.objects.select_for_update(of=("self",)).select_related("initiative__region")
    pilot = found.get(pk=pilot_id)
    assert pilot.initiative.region is not None, "only those of a region have pilots"
    require(by, right, pilot.initiative.region)
    return pilot


def fingerprint(pilot: Pilot) -> str:
    """SHA-256 of the plan as a sorted document, so that anybody can see it is the same plan."""
    plan = {name: getattr(pilot, name) for name in _COPIED}
    groups = [
        (one.key, one.name, one.municipality, one.treated, one.starts_on)
        for one in pilot.groups.all()
    ]
    outcomes = [
        (
            *(one.version_id, one.position, one.smallest_relevant, one.relevant_per_cent),
            *(one.claim, one.expected_low, one.expected, one.expected_high),
        )
        for one in pilot.outcomes.all()
    ]
    document = {**plan, "groups": groups, "outcomes": outcomes}
    text = json.dumps(document, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(pilot: Pilot, facts: PlanFacts) -> None:
    for name in _COPIED:
        value = getattr(facts, name)
        setattr(pilot, name, value.strip() if isinstance(value, str) else value)
    pilot.save()
    PilotGroup.objects.bulk_create(
        PilotGroup(pilot=pilot, **asdict(group)) for group in facts.groups
    )
    PlannedOutcome.objects.bulk_create(
        PlannedOutcome(
            pilot=pilot,
            position=position,
            version_id=outcome.version,
            **{name: value for name, value in asdict(outcome).items() if name != "version"},
        )
        for position, outcome in enumerate(facts.outcomes)
    )
