"""What a demonstration needs and nobody else may do: a plan that was registered earlier."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from vliegwiel.apps.pilots.errors import Frozen, PilotRefused
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User

from .checking_plans import registration_problems
from .planning import fingerprint, locked


@transaction.atomic
def register_example(*, pilot_id: int, on: date, by: User) -> Pilot:
    """Registers the plan of a marked example as if on an earlier day.

    Raises NotAllowed for anybody but the system itself and for an initiative that is not marked as
    made up, Frozen for a plan that was registered, and PilotRefused with what it lacked that day.
    """
    pilot = locked(pilot_id, "pilots.register", by=by)
    if not by.is_system or not pilot.initiative.mark:
        raise NotAllowed("pilots.register", "")
    if pilot.registered_at is not None:
        raise Frozen
    problems = registration_problems(pilot, today=on)
    if problems:
        raise PilotRefused(problems)
    noon = datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone())
    pilot.registered_at, pilot.registered_by = noon, by
    pilot.fingerprint = fingerprint(pilot)
    pilot.save()
    return pilot
