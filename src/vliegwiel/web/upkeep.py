"""What has had its time is removed: sessions, rows of the shared cache, jobs that are over."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.jobs import Status
from procrastinate.sql import queries

#: A job that failed or was stopped is kept this long, for who looks into it.
KEEP_JOBS_HOURS = 7 * 24
_OVER = [
    status.value for status in (Status.SUCCEEDED, Status.FAILED, Status.CANCELLED, Status.ABORTED)
]


@dataclass(frozen=True, slots=True)
class Removed:
    """How many sessions and rows of the cache had expired."""

    sessions: int
    cache_rows: int


@transaction.atomic
def remove_expired() -> Removed:
    """Removes what has expired; what is still valid stays, and a second time finds nothing.

    A session says who was logged in, and the cache holds files that wait for a confirmation: both
    are to be kept no longer than they are of use. Without this, only a session that is asked for
    again, or a cache that is full, would lose what is old.
    """
    with connection.cursor() as cursor:
        sessions, _per_model = Session.objects.filter(expire_date__lt=timezone.now()).delete()
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])  # noqa: S608
        cache_rows = cursor.rowcount
        # The library's own statement, on our connection: its job manager belongs to the loop of
        # the worker that runs this.
        cursor.execute(
            queries["delete_old_jobs"],
            {"nb_hours": KEEP_JOBS_HOURS, "queue": None, "statuses": _OVER},
        )
    return Removed(sessions, cache_rows)
