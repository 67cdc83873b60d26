"""The work on a pilot: milestones, iterations, risks, and meetings of the core group."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.instruments import NotThere
from vliegwiel.apps.instruments.services import open_round_about
from vliegwiel.apps.pilots.errors import ChangedMeanwhile, FrameworkMissing, PilotRefused
from vliegwiel.apps.pilots.facts import DecisionFacts, RiskFacts
from vliegwiel.apps.pilots.models import (
    Framework,
    Iteration,
    Meeting,
    MeetingDecision,
    Milestone,
    RiskVersion,
)
from vliegwiel.apps.pilots.vocabulary import (
    FRAMEWORK,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Grade,
    RiskKind,
    RiskStatus,
)
from vliegwiel.apps.regions.models import User

from .planning import locked

_LONGEST_NAME = 120


@transaction.atomic
def plan_milestone(*, pilot_id: int, title: str, due_on: date, by: User) -> Milestone:
    """Plans a milestone, or moves the one with this title to another day.

    Raises PilotRefused with a sentence per field, Pilot.DoesNotExist, and NotAllowed.
    """
    pilot = locked(pilot_id, "pilots.edit", by=by)
    title = title.strip()
    problems = _texts({"title": title}, longest=LONGEST_TITLE)
    if problems:
        raise PilotRefused(problems)
    found, _new = Milestone.objects.update_or_create(
        pilot=pilot, title=title, defaults={"due_on": due_on}, create_defaults={
            "due_on": due_on, "by": by,
        },
    )  # fmt: skip
    return found


@transaction.atomic
def reach_milestone(*, pilot_id: int, milestone: int, on: date, by: User) -> None:
    """Says on which day a milestone was reached. Raises PilotRefused, Milestone.DoesNotExist."""
    pilot = locked(pilot_id, "pilots.edit", by=by)
    found = pilot.milestones.get(pk=milestone)
    if on > timezone.localdate():
        raise PilotRefused({"done_on": _("This day has not come yet.")})
    found.done_on = on
    found.save(update_fields=["done_on"])


@transaction.atomic
def write_iteration(
    *,
    pilot_id: int,
    began_on: date,
    ended_on: date,
    tried: str,
    learned: str,
    then: str = "",
    by: User,
) -> Iteration:
    """Keeps what a round of trying taught; the same again changes nothing.

    Raises PilotRefused with a sentence per field, and NotAllowed.
    """
    pilot = locked(pilot_id, "pilots.edit", by=by)
    texts = {"tried": tried.strip(), "learned": learned.strip(), "then": then.strip()}
    problems = _texts(texts, optional=("then",))
    if ended_on < began_on:
        problems["ended_on"] = _("The end lies before the beginning.")
    elif ended_on > timezone.localdate():
        problems["ended_on"] = _("This day has not come yet.")
    if problems:
        raise PilotRefused(problems)
    given = {**texts, "began_on": began_on, "ended_on": ended_on}
    last = pilot.iterations.first()
    if last is not None and all(getattr(last, name) == value for name, value in given.items()):
        return last
    number = last.number + 1 if last is not None else 1
    return Iteration.objects.create(pilot=pilot, number=number, by=by, **given)


@transaction.atomic
def keep_risk(
    *, pilot_id: int, facts: RiskFacts, risk: int | None = None, seen: int = 0, by: User
) -> RiskVersion:
    """Adds a risk, or a next version of `risk`; earlier versions stay.

    Raises PilotRefused with a sentence per field, ChangedMeanwhile when `seen` is not the newest
    version any more, RiskVersion.DoesNotExist, and NotAllowed.
    """
    pilot = locked(pilot_id, "pilots.edit", by=by)
    given = {name: value.strip() for name, value in asdict(facts).items()}
    problems = _risk_problems(given)
    if problems:
        raise PilotRefused(problems)
    if risk is None:
        last = pilot.risks.order_by("-risk").first()
        number = last.risk + 1 if last is not None else 1
        return RiskVersion.objects.create(pilot=pilot, risk=number, number=1, by=by, **given)
    now = pilot.risks.filter(risk=risk).first()
    if now is None:
        raise RiskVersion.DoesNotExist
    if all(getattr(now, name) == value for name, value in given.items()):
        return now
    if now.number != seen:
        raise ChangedMeanwhile
    return RiskVersion.objects.create(pilot=pilot, risk=risk, number=now.number + 1, by=by, **given)


@transaction.atomic
def hold_meeting(
    *,
    pilot_id: int,
    held_on: date,
    present: str,
    minutes: str,
    decisions: Sequence[DecisionFacts],
    by: User,
) -> Meeting:
    """Keeps the minutes of the core group with what was decided; they never change.

    Raises PilotRefused with a sentence per field, and NotAllowed.
    """
    pilot = locked(pilot_id, "pilots.edit", by=by)
    texts = {"present": present.strip(), "minutes": minutes.strip()}
    problems = _texts(texts)
    if held_on > timezone.localdate():
        problems["held_on"] = _("This day has not come yet.")
    elif pilot.meetings.filter(held_on=held_on).exists():
        problems["held_on"] = _("The minutes of this day are there already.")
    if any(not one.text.strip() or not one.owner.strip() for one in decisions):
        problems["decisions"] = _("Say of each decision what it is and who does it.")
    elif any(len(one.owner) > _LONGEST_NAME for one in decisions):
        problems["decisions"] = _("Use at most %(n)s characters.") % {"n": _LONGEST_NAME}
    if problems:
        raise PilotRefused(problems)
    meeting = Meeting.objects.create(pilot=pilot, held_on=held_on, by=by, **texts)
    MeetingDecision.objects.bulk_create(
        MeetingDecision(
            meeting=meeting,
            position=position,
            text=one.text.strip(),
            owner=one.owner.strip(),
            due_on=one.due_on,
        )
        for position, one in enumerate(decisions)
    )
    return meeting


@transaction.atomic
def open_framework(*, pilot_id: int, by: User) -> int:
    """Opens a round in which the assessment framework of a pilot is filled in; gives its id.

    While one is open, that one is meant; a closed one stays readable and the new one counts. Raises
    FrameworkMissing when the instrument was not loaded, Pilot.DoesNotExist, and NotAllowed without
    the rights `pilots.edit` and `instruments.edit`.
    """
    pilot = locked(pilot_id, "pilots.edit", by=by)
    region = pilot.initiative.region
    assert region is not None, "only those of a region have pilots"
    last = pilot.frameworks.select_related("party__round").first()
    if last is not None and last.party.round.closed_at is None:
        return last.party.round_id
    try:
        party = open_round_about(region=region, key=FRAMEWORK, title=pilot.title, by=by)
    except NotThere as missing:
        raise FrameworkMissing from missing
    Framework.objects.create(pilot=pilot, party=party, by=by)
    return party.round_id


def _texts(
    given: dict[str, str], *, optional: tuple[str, ...] = (), longest: int = LONGEST_TEXT
) -> dict[str, str]:
    problems = {}
    for field, text in given.items():
        if not text and field not in optional:
            problems[field] = _("Fill this in.")
        elif len(text) > longest:
            problems[field] = _("Use at most %(n)s characters.") % {"n": longest}
    return problems


def _risk_problems(given: dict[str, str]) -> dict[str, str]:
    problems = _texts({"title": given["title"]}, longest=LONGEST_TITLE)
    problems |= _texts({"owner": given["owner"]}, longest=_LONGEST_NAME)
    further = {name: given[name] for name in ("measure", "early_sign")}
    problems |= _texts(further, optional=tuple(further))
    lists = {"kind": RiskKind, "chance": Grade, "impact": Grade, "status": RiskStatus}
    for name, known in lists.items():
        if given[name] not in known.values:
            problems[name] = _("Choose from the list.")
    if given["status"] == RiskStatus.CONTROLLED and not given["measure"]:
        problems["measure"] = _("Say which measure keeps it under control.")
    return problems
