"""What of an initiative is written down already."""

from collections.abc import Collection

from django.db import transaction

from vliegwiel.apps.pilots.models import Description
from vliegwiel.apps.regions.models import User
from vliegwiel.science.evidence.grading import FOUNDATION

from .planning import locked


@transaction.atomic
def keep_written(*, pilot_id: int, parts: Collection[str], by: User) -> None:
    """Keeps which parts of the initiative of a pilot are written down; what was said before stays.

    What is no part of a description is left out. Raises Pilot.DoesNotExist, and NotAllowed without
    the right `pilots.edit`.
    """
    initiative = locked(pilot_id, "pilots.edit", by=by).initiative
    chosen = [part for part in FOUNDATION if part in parts]
    last = initiative.descriptions.first()
    if (last.parts if last is not None else []) != chosen:
        Description.objects.create(initiative=initiative, parts=chosen, by=by)
