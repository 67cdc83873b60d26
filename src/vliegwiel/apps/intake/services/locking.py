"""One change to the care data of a region at a time."""

from django.db import OperationalError, connection, transaction

from vliegwiel.apps.intake.errors import RegionBusy
from vliegwiel.apps.intake.models import RegionIntake
from vliegwiel.apps.regions.models import Region

# Any number will do, as long as nobody else takes it: it is the half of the lock that says "ours".
_OURS = 0x1A7E
_WAIT = "10s"
_LOCK_NOT_AVAILABLE = "55P03"


def lock(region: Region) -> RegionIntake:
    """Waits for other changes in this region, until the transaction ends; gives its settings.

    The lock is the database's: it goes with the connection, also when the process is killed.
    Raises RegionBusy when another change takes longer than some seconds.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_OURS, region.pk])
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
            raise RegionBusy from None
        raise
    settled, _made = RegionIntake.objects.get_or_create(region=region)
    return settled
