"""What a region does with its innovations, to lay beside what people say of it."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, Min, OuterRef
from django.db.models.functions import Length
from django.utils import timezone

from vliegwiel.apps.decisions.models import Decision
from vliegwiel.apps.initiatives.models import Initiative, ProposalVersion, StageStep
from vliegwiel.apps.regions.models import Region


@dataclass(frozen=True, slots=True)
class Deeds:
    """Counts of initiatives; `days_to_decision` is None where nobody decided since.

    `proposals` are those with a proposal and `with_criteria` those of them that say when it has
    succeeded; `decided` have their first decision since they stand here, half of them within
    `days_to_decision` days; `tried` came to a pilot and `stopped` of them were stopped. With
    `made_up` an example is in it.
    """

    proposals: int
    with_criteria: int
    decided: int
    days_to_decision: float | None
    tried: int
    stopped: int
    made_up: bool


def deeds_of(region: Region) -> Deeds:
    """Over all initiatives of a region, in a fixed number of queries."""
    own = Initiative.objects.filter(region=region)
    # The newest proposal of each, by how long it is what it says of when it has succeeded.
    criteria = (
        ProposalVersion.objects.filter(initiative__region=region)
        .order_by("initiative_id", "-number")
        .distinct("initiative_id")
        .values_list(Length("outcome_criteria"), flat=True)
    )
    days = _days_to_decision(region)
    piloted = StageStep.objects.filter(initiative=OuterRef("pk"), target="pilot")
    tried = own.filter(Exists(piloted)).values_list("stage", flat=True)
    return Deeds(
        proposals=len(criteria),
        with_criteria=sum(length > 0 for length in criteria),
        decided=len(days),
        days_to_decision=median(days) if days else None,
        tried=len(tried),
        stopped=sum(stage == "stopped" for stage in tried),
        made_up=own.exclude(mark="").exists(),
    )


def _days_to_decision(region: Region) -> list[int]:
    """From when an idea was written down here to the first decision about it.

    What was decided before says nothing of how long that took.
    """
    first = (
        Decision.objects.filter(initiative__region=region)
        .order_by()
        .values("initiative")
        .annotate(first=Min("decided_on"))
        .values_list("initiative__made_at", "first")
    )
    days = [(decided - timezone.localdate(made)).days for made, decided in first]
    return [one for one in days if one >= 0]
