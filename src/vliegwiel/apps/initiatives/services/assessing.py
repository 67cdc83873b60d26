"""Holding an initiative against the statements, preconditions and requirements of its sources."""

from django.db import transaction

from vliegwiel.apps.initiatives.models import Assessment, Initiative
from vliegwiel.apps.initiatives.vocabulary import Assessed
from vliegwiel.apps.instruments import NotThere
from vliegwiel.apps.instruments.services import open_round_about
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require


@transaction.atomic
def open_assessment(*, initiative_id: int, kind: str, by: User) -> int:
    """Opens a round in which people say how an initiative does; gives the id of the round.

    While one of this kind is open, that one is meant. Raises NotThere for a kind that does not
    exist or was not loaded, Initiative.DoesNotExist, and NotAllowed without the right to edit
    instruments in its region.
    """
    found = Initiative.objects.select_for_update(of=("self",)).select_related("region")
    initiative = found.get(pk=initiative_id)
    if initiative.region is None:
        raise NotThere
    # The right comes first: who has none does not hear which round is open.
    require(by, "instruments.edit", initiative.region)
    if kind not in Assessed.values:
        raise NotThere
    last = initiative.assessments.filter(kind=kind).select_related("party__round").first()
    if last is not None and last.party.round.closed_at is None:
        return last.party.round_id
    party = open_round_about(region=initiative.region, key=kind, title=initiative.title_nl, by=by)
    Assessment.objects.create(initiative=initiative, kind=kind, party=party, by=by)
    return party.round_id
