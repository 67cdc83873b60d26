"""Which decisions a region still has to take: over pilots that ended, or that showed harm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from vliegwiel.apps.decisions.models import Decision, VerdictId
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region

from .kept import newest


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A pilot about whose initiative nobody decided since it ended, or since it showed harm."""

    initiative: int
    pilot: str
    since: date
    harm: bool


def to_decide(region: Region, *, today: date) -> Sequence[ToDecide]:
    """What waits for a decision, the longest waiting first."""
    found = {one.initiative: one for one in _ended(region, today)}
    # Harm does not wait for the end of the pilot.
    found |= {one.initiative: one for one in _harmed(region)}
    return sorted(found.values(), key=lambda one: (one.since, one.initiative))


def _ended(region: Region, today: date) -> Sequence[ToDecide]:
    decided = Decision.objects.filter(
        initiative=OuterRef("initiative"), decided_on__gte=OuterRef("ends_on")
    )
    rows = Pilot.objects.filter(
        ~Exists(decided),
        initiative__region=region,
        registered_at__isnull=False,
        ends_on__lt=today,
    ).exclude(initiative__stage="stopped")
    return [
        ToDecide(one.initiative_id, one.title, one.ends_on, harm=False)
        for one in rows.order_by("pk")
        if one.ends_on is not None
    ]


def _harmed(region: Region) -> Sequence[ToDecide]:
    chosen = Q(outcome__pilot__initiative__region=region)
    rows = [one for one in newest(chosen) if one.verdict == VerdictId.HARD_ADVERSE]
    decided = Decision.objects.filter(
        initiative__in={one.outcome.pilot.initiative_id for one in rows}
    )
    last: dict[int, date] = {}
    for initiative, day in decided.values_list("initiative", "decided_on"):
        last[initiative] = max(day, last.get(initiative, day))
    found = []
    for one in rows:
        pilot, day = one.outcome.pilot, timezone.localdate(one.at)
        if pilot.initiative.stage != "stopped" and last.get(pilot.initiative_id, date.min) < day:
            found.append(ToDecide(pilot.initiative_id, pilot.title, day, harm=True))
    return found
