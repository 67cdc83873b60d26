"""Finding an initiative to change, and asking whether this person may."""

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.stages import FIRST
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import may, require


def locked(initiative_id: int, *, by: User) -> Initiative:
    """The initiative, kept from others until the change is done.

    Raises Initiative.DoesNotExist, and NotAllowed for who may not change it.
    """
    found = Initiative.objects.select_for_update(of=("self",)).select_related("region")
    initiative = found.get(pk=initiative_id)
    if not may_change(initiative, by):
        raise NotAllowed("initiatives.edit", _code(initiative))
    return initiative


def locked_for_region(initiative_id: int, *, by: User) -> Initiative:
    """As `locked`, for what only who edits the initiatives of the region may do."""
    initiative = locked(initiative_id, by=by)
    if initiative.region is None:
        raise NotAllowed("initiatives.edit", _code(initiative))
    require(by, "initiatives.edit", initiative.region)
    return initiative


def may_change(initiative: Initiative, user: User) -> bool:
    """Who edits the region's initiatives may; who made one may too, until the region explores it.

    What ships with the product stands as its source prints it.
    """
    region = initiative.region
    if region is None:
        return False
    if may(user, "initiatives.edit", region):
        return True
    own = initiative.made_by_id == user.pk and initiative.stage in FIRST
    return own and may(user, "initiatives.propose", region)


def _code(initiative: Initiative) -> str:
    return initiative.region.code if initiative.region is not None else ""
