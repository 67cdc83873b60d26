"""Holding an initiative against the statements, preconditions and requirements of its sources."""

from django.db import transaction
from django.utils.text import Truncator

from vliegwiel.apps.initiatives.models import Assessment, Initiative
from vliegwiel.apps.initiatives.vocabulary import Assessed
from vliegwiel.apps.instruments import NotThere
from vliegwiel.apps.instruments.models import Questionnaire, RoundParty
from vliegwiel.apps.instruments.services import NewParty, open_round
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require

_LONGEST_NAME = 100


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
    require(by, "instruments.edit", initiative.region)
    shipped = Questionnaire.objects.filter(region=None, key=kind).first()
    if kind not in Assessed.values or shipped is None:
        raise NotThere
    last = initiative.assessments.filter(kind=kind).select_related("party__round").first()
    if last is not None and last.party.round.closed_at is None:
        return last.party.round_id
    title = Truncator(initiative.title_nl).chars(_LONGEST_NAME)
    made = open_round(
        region=initiative.region,
        instrument_id=shipped.pk,
        title=title,
        parties=[NewParty(title)],
        again_on=None,
        by=by,
        comes_once=True,
    )
    party = RoundParty.objects.get(round=made)
    Assessment.objects.create(initiative=initiative, kind=kind, party=party, by=by)
    return made
