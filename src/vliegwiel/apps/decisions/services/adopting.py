"""Another region takes an initiative over."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.errors import DecisionRefused
from vliegwiel.apps.decisions.models import Adoption
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@transaction.atomic
def adopt(*, origin_id: int, region: Region, changes: str, by: User) -> int:
    """Takes a published initiative over as an idea of `region`; gives the number of the new one.

    `changes` says what is done otherwise here; an empty text says that nothing is. Adopting again
    gives the one that is there. Raises DecisionRefused for what is not published or is the region's
    own, initiatives.InitiativeRefused when the region has one with this title, and NotAllowed
    without the right `initiatives.propose`.
    """
    require(by, "initiatives.propose", region)
    Region.objects.select_for_update().get(pk=region.pk)
    origin = Initiative.objects.get(pk=origin_id)
    there = Adoption.objects.filter(origin=origin, region=region).first()
    if there is not None:
        return there.adopted_id
    if origin.published_at is None:
        raise DecisionRefused({"origin": _("This initiative is not open to other regions.")})
    if origin.region_id == region.pk:
        raise DecisionRefused({"origin": _("This initiative is of the region itself.")})
    facts = Facts(
        title=origin.title_nl,
        summary=origin.summary_nl,
        weight=origin.weight,
        themes=tuple(origin.themes),
        questions=tuple(origin.questions),
        actors=tuple(origin.actors),
        cooperation=tuple(origin.cooperation),
        trends=tuple(origin.trends),
        factors=tuple(origin.factors),
        financing=tuple(origin.financing),
    )
    number = initiatives.start(region=region, facts=facts, palette_key=origin.palette_key, by=by)
    Adoption.objects.create(
        origin=origin, adopted_id=number, region=region, changes=changes.strip(), by=by
    )
    return number
