"""The work on a pilot as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.apps.pilots.facts import RiskFacts
from vliegwiel.apps.pilots.models import Pilot

from .detail import RiskLine, risk_line, risks_of


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """`late` when its day has passed and it was not reached."""

    id: int
    title: str
    due_on: date
    done_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class IterationLine:
    number: int
    began_on: date
    ended_on: date
    tried: str
    learned: str
    then: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RiskVersionLine:
    """A version of a risk as it was written down, and by whom."""

    line: RiskLine
    by: str


@dataclass(frozen=True, slots=True)
class Work:
    """Milestones by their day, iterations and risks with the newest or heaviest first.

    `risks` holds closed ones too, after the others.
    """

    milestones: tuple[MilestoneLine, ...]
    iterations: tuple[IterationLine, ...]
    risks: tuple[RiskLine, ...]


def work_of(pilot_id: int, *, today: date) -> Work:
    """All work on a pilot. Raises Pilot.DoesNotExist."""
    pilot = Pilot.objects.get(pk=pilot_id)
    milestones = tuple(
        MilestoneLine(
            *(one.pk, one.title, one.due_on, one.done_on),
            one.done_on is None and one.due_on < today,
        )
        for one in pilot.milestones.all()
    )
    iterations = tuple(
        IterationLine(
            *(one.number, one.began_on, one.ended_on, one.tried, one.learned, one.then),
            *(str(one.by), one.at),
        )
        for one in pilot.iterations.select_related("by")
    )
    risks = sorted(risks_of(pilot_id, closed=True), key=lambda one: one.status == "closed")
    return Work(milestones, iterations, tuple(risks))


def risk_versions(pilot_id: int, risk: int) -> Sequence[RiskVersionLine]:
    """Every version of a risk, the newest first; empty when the pilot has no such risk."""
    pilot = Pilot.objects.get(pk=pilot_id)
    versions = pilot.risks.filter(risk=risk).select_related("by")
    return [RiskVersionLine(risk_line(one), str(one.by)) for one in versions]


def risk_facts(line: RiskLine) -> RiskFacts:
    """What somebody typed of a risk."""
    return RiskFacts(**{name: getattr(line, name) for name in RiskFacts.__dataclass_fields__})
