"""What people said of an initiative in rounds of the statements and preconditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from vliegwiel.apps.initiatives.models import Assessment
from vliegwiel.apps.initiatives.vocabulary import Assessed


@dataclass(frozen=True, slots=True)
class HeldAssessment:
    """A round; `handed_in` counts the answers in it."""

    round: int
    at: datetime
    closed_at: datetime | None
    handed_in: int


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """A kind with its rounds, the newest first; `is_open` while one can be answered."""

    kind: str
    label: str
    rounds: Sequence[HeldAssessment]

    @property
    def is_open(self) -> bool:
        return bool(self.rounds) and self.rounds[0].closed_at is None


def assessments_of(pk: int) -> Sequence[AssessmentLine]:
    """Every kind, also those of which no round was held: one query."""
    done = Count("party__answers", filter=Q(party__answers__done=True))
    rows = Assessment.objects.filter(initiative_id=pk).annotate(handed_in=done)
    held: dict[str, list[HeldAssessment]] = {}
    for row in rows.select_related("party__round"):
        at = row.party.round
        held.setdefault(row.kind, []).append(
            HeldAssessment(at.pk, row.at, at.closed_at, row.handed_in)
        )
    return [AssessmentLine(one.value, str(one.label), held.get(one.value, [])) for one in Assessed]
