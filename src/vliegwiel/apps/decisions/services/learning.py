"""What pilots measured becomes known to the model of a region."""

from django.db import transaction

from vliegwiel.apps.decisions.queries.sizes import realised_sizes
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@transaction.atomic
def learn(*, initiative_id: int, region: Region | None = None, by: User) -> int:
    """Takes the measured sizes of an initiative's changes into the model of a region.

    `region` is that of the initiative unless another is named, which may only take what is
    published. Says how many sizes are new. Raises NotAllowed without the right `scenario.edit`.
    """
    initiative = Initiative.objects.select_related("region").get(pk=initiative_id)
    target = region or initiative.region
    if target is None:
        raise NotAllowed("scenario.edit", "")
    require(by, "scenario.edit", target)
    if initiative.region != target and initiative.published_at is None:
        raise NotAllowed("scenario.edit", target.code)
    sizes = realised_sizes(initiative_id, region=target)
    return explorer_services.record_effects(region=target, sizes=sizes, by=by)
