"""Which decisions a region still has to take: over pilots that ended, or whose evidence is hard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from vliegwiel.apps.decisions.models import Decision, Kind, VerdictId
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region

from .kept import newest


class Why(StrEnum):
    ENDED = "ended"
    HARD = "hard"
    HARM = "harm"


_TELLING = {VerdictId.HARD: Why.HARD, VerdictId.HARD_ADVERSE: Why.HARM}


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A pilot about which nobody decided since it ended, or since its evidence is hard."""

    initiative: int
    pilot: str
    since: date
    why: Why


def to_decide(region: Region, *, today: date) -> Sequence[ToDecide]:
    """What waits for a decision, the longest waiting first."""
    found = {one.initiative: one for one in _ended(region, today)}
    # Hard evidence does not wait for the end of the pilot, and harm least of all.
    found |= {one.initiative: one for one in _proven(region)}
    return sorted(found.values(), key=lambda one: (one.since, one.initiative))


def _ended(region: Region, today: date) -> Sequence[ToDecide]:
    # Who scales on hard evidence of a pilot need not say so again at its planned end.
    scaled = Q(kind=Kind.SCALE, evidence__verdict=VerdictId.HARD)
    decided = Decision.objects.filter(
        Q(decided_on__gte=OuterRef("ends_on"))
        | scaled & Q(evidence__outcome__pilot=OuterRef("pk")),
        initiative=OuterRef("initiative"),
    )
    rows = Pilot.objects.filter(
        ~Exists(decided),
        initiative__region=region,
        registered_at__isnull=False,
        ends_on__lt=today,
    ).exclude(initiative__stage="stopped")
    return [
        ToDecide(one.initiative_id, one.title, one.ends_on, Why.ENDED)
        for one in rows.order_by("pk")
        if one.ends_on is not None
    ]


def _proven(region: Region) -> Sequence[ToDecide]:
    """Harm comes last, so that it is what is told of an initiative with both."""
    rows = [
        one
        for one in newest(Q(outcome__pilot__initiative__region=region))
        if one.verdict in _TELLING and one.outcome.pilot.initiative.stage != "stopped"
    ]
    rows.sort(key=lambda one: one.verdict == VerdictId.HARD_ADVERSE)
    about = {one.outcome.pilot.initiative_id for one in rows}
    decided = Decision.objects.filter(initiative__in=about).select_related("evidence")
    taken = [
        (
            *(one.initiative_id, one.decided_on),
            (one.evidence.outcome_id, one.evidence.verdict) if one.evidence else None,
        )
        for one in decided
    ]
    found = []
    for one in rows:
        pilot, day = one.outcome.pilot, timezone.localdate(one.at)
        # New measurements of an outcome with the same verdict ask nothing that was not decided.
        if not any(
            initiative == pilot.initiative_id
            and (on >= day or rests_on == (one.outcome_id, one.verdict))
            for initiative, on, rests_on in taken
        ):
            why = _TELLING[VerdictId(one.verdict)]
            found.append(ToDecide(pilot.initiative_id, pilot.title, day, why))
    return found
