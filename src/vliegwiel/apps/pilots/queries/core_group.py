"""The page of the core group: what changed since the last meeting, and what it must decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from vliegwiel.apps.pilots.models import Meeting, Pilot
from vliegwiel.apps.pilots.vocabulary import RiskStatus

from .detail import RiskLine, risks_of

#: The core group meets every six weeks (Innovatieagenda Haaglanden 2014, 9.2).
EVERY = timedelta(weeks=6)
#: Without measurements for so long the core group hears of it.
SILENCE = timedelta(days=60)
#: From this weight (chance times how bad, 1 to 9) an open risk without a measure is put forward.
HEAVY = 4


class Happened(StrEnum):
    REGISTERED = "registered"
    AMENDED = "amended"
    MEASURED = "measured"
    LEARNED = "learned"
    RISK = "risk"
    MILESTONE = "milestone"


class ToDecide(StrEnum):
    MILESTONE_LATE = "milestone_late"
    RISK_WITHOUT_MEASURE = "risk_without_measure"
    RISK_HAPPENED = "risk_happened"
    DECISION_LATE = "decision_late"
    NOTHING_MEASURED = "nothing_measured"
    END_PASSED = "end_passed"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened since the last meeting."""

    what: Happened
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the core group must decide, and since when it waits."""

    what: ToDecide
    text: str
    since: date


@dataclass(frozen=True, slots=True)
class Minutes:
    held_on: date
    present: str
    minutes: str
    decisions: tuple[tuple[str, str, date | None], ...]


@dataclass(frozen=True, slots=True)
class CoreGroupPage:
    """`next_on` is when the group should meet; `late` whether that day has passed."""

    next_on: date | None
    late: bool
    changed: tuple[Change, ...]
    questions: tuple[Question, ...]
    risks: tuple[RiskLine, ...]
    meetings: tuple[Minutes, ...]


def core_group(pilot_id: int, *, today: date) -> CoreGroupPage:
    """What a core group needs at its table. Raises Pilot.DoesNotExist."""
    pilot = Pilot.objects.get(pk=pilot_id)
    meetings = list(pilot.meetings.prefetch_related("decisions"))
    last = meetings[0].held_on if meetings else None
    begin = last or (timezone.localdate(pilot.registered_at) if pilot.registered_at else None)
    next_on = begin + EVERY if begin is not None else None
    risks = tuple(risks_of(pilot_id))
    changed = sorted(_changes(pilot, last), key=lambda one: one.on, reverse=True)
    questions = sorted(_questions(pilot, risks, meetings, today), key=lambda one: one.since)
    return CoreGroupPage(
        next_on,
        next_on is not None and next_on < today,
        tuple(changed),
        tuple(questions),
        risks,
        tuple(map(_minutes, meetings)),
    )


def _changes(pilot: Pilot, last: date | None) -> Iterator[Change]:
    """Everything after the last meeting; without one, everything."""
    for what, text, on in _events(pilot):
        day = timezone.localdate(on) if isinstance(on, datetime) else on
        if day is not None and (last is None or day > last):
            yield Change(what, text, day)


def _events(pilot: Pilot) -> Iterator[tuple[Happened, str, datetime | date | None]]:
    """Everything that ever happened, in no order; what did not happen yet has no day."""
    yield Happened.REGISTERED, pilot.title, pilot.registered_at
    for amendment in pilot.amendments.all():
        yield Happened.AMENDED, amendment.becomes, amendment.at
    for outcome in pilot.outcomes.prefetch_related("deliveries").select_related("version"):
        for delivery in outcome.deliveries.all():
            yield Happened.MEASURED, outcome.version.name_nl, delivery.at
    for iteration in pilot.iterations.all():
        yield Happened.LEARNED, iteration.learned, iteration.at
    for risk in pilot.risks.all():
        yield Happened.RISK, risk.title, risk.at
    for milestone in pilot.milestones.all():
        yield Happened.MILESTONE, milestone.title, milestone.done_on


def _questions(
    pilot: Pilot, risks: Sequence[RiskLine], meetings: Sequence[Meeting], today: date
) -> Iterator[Question]:
    for milestone in pilot.milestones.filter(done_on__isnull=True, due_on__lt=today):
        yield Question(ToDecide.MILESTONE_LATE, milestone.title, milestone.due_on)
    for risk in risks:
        since = timezone.localdate(risk.at)
        if risk.status == RiskStatus.HAPPENED:
            yield Question(ToDecide.RISK_HAPPENED, risk.title, since)
        elif risk.status == RiskStatus.OPEN and not risk.measure and risk.weight >= HEAVY:
            yield Question(ToDecide.RISK_WITHOUT_MEASURE, risk.title, since)
    for meeting in meetings[:1]:
        for decision in meeting.decisions.all():
            if decision.due_on is not None and decision.due_on < today:
                yield Question(ToDecide.DECISION_LATE, decision.text, decision.due_on)
    if pilot.registered_at is None or pilot.starts_on is None:
        return
    for outcome in pilot.outcomes.select_related("version"):
        newest = outcome.deliveries.order_by("-pk").first()
        heard = timezone.localdate(newest.at) if newest is not None else pilot.starts_on
        if heard + SILENCE < today:
            yield Question(ToDecide.NOTHING_MEASURED, outcome.version.name_nl, heard)
    if pilot.ends_on is not None and pilot.ends_on < today:
        yield Question(ToDecide.END_PASSED, pilot.title, pilot.ends_on)


def _minutes(meeting: Meeting) -> Minutes:
    decisions = tuple((one.text, one.owner, one.due_on) for one in meeting.decisions.all())
    return Minutes(meeting.held_on, meeting.present, meeting.minutes, decisions)
