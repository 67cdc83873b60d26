"""Working out a snapshot: reading, deriving, and the figures that may be shown."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from vliegwiel.apps.intake.errors import where_it_failed
from vliegwiel.apps.intake.queries import intake_counts, records_of
from vliegwiel.apps.trajectories.documents import analysis_text, months_text, overview_text
from vliegwiel.apps.trajectories.errors import Interrupted
from vliegwiel.apps.trajectories.models import ACTIVE, Snapshot, Status
from vliegwiel.science.ijw import Record
from vliegwiel.science.trajectories import (
    analyst_view,
    derive,
    monthly_waits,
    waiting_overview,
)

from .monthly import earliest_month

_log = logging.getLogger(__name__)

#: A snapshot that took down its worker this often is given up.
MOST_ATTEMPTS = 3
_ROWS_BETWEEN_REPORTS = 20_000
#: Where each step begins, in percent of the time that all take together.
_BEGINS = {"reading": 0, "deriving": 35, "waits": 60, "protecting": 65, "figures": 75, "trend": 85}
_ENDS = 99


class _Stopped(Exception):
    """Somebody asked to stop, or the figures are no longer wanted as they were asked for."""


def _never() -> bool:
    return False


def work_on_snapshot(*, snapshot_id: int, interrupted: Callable[[], bool] = _never) -> None:
    """Makes the figures of a snapshot. One that is over is left as it is.

    Nothing is kept of work that is not finished: the next worker begins anew, and equal messages
    give equal bytes. Raises Interrupted when `interrupted()` says so.
    """
    snapshot = _take_up(snapshot_id)
    if snapshot is None:
        return
    watch = _Watch(snapshot, interrupted)
    try:
        _make(snapshot, watch)
    except _Stopped:
        _end(snapshot, Status.CANCELLED)
    except (Interrupted, OperationalError):
        raise
    except MemoryError:
        _end(snapshot, Status.FAILED, error_code="memory")
    except Exception as error:
        said = where_it_failed(error)
        _log.error("the figures from care messages %s could not be made: %s", snapshot_id, said)
        _end(snapshot, Status.FAILED, error_code="unexpected")


@transaction.atomic
def _take_up(snapshot_id: int) -> Snapshot | None:
    found = (
        Snapshot.objects.select_for_update(of=("self",))
        .select_related("region")
        .filter(pk=snapshot_id, status__in=ACTIVE)
        .first()
    )
    if found is None:
        return None
    now = timezone.now()
    if found.cancel_requested:
        found.status, found.ended_at = Status.CANCELLED, now
    elif found.attempts >= MOST_ATTEMPTS:
        found.status, found.error_code, found.ended_at = Status.FAILED, "gave_up", now
    else:
        found.status, found.attempts, found.taken_up_at = Status.RUNNING, found.attempts + 1, now
        found.activity, found.percent = "reading", 0
    found.save()
    return found if found.status == Status.RUNNING else None


def _make(snapshot: Snapshot, watch: "_Watch") -> None:
    # Closed here and now: a cursor that is cleaned up later waits for the connection for ever.
    with closing(records_of(snapshot.region, known=snapshot.known)) as rows:
        # Straight from the table: what is read of a large region does not fit in memory twice.
        found = derive(watch.counted(rows), known=snapshot.known, as_delivered=True)
    overview = waiting_overview(found, snapshot.known, step=watch.step)
    analysis = analyst_view(found, snapshot.known, overview)
    months = monthly_waits(found, snapshot.known, first=earliest_month(snapshot.known))
    watch.step("trend", 1.0)
    _end(
        snapshot,
        Status.DONE,
        overview=overview_text(overview),
        analysis=analysis_text(analysis),
        months=months_text(months),
    )


class _Watch:
    """Writes down how far the work is, and sees between two steps whether to go on."""

    def __init__(self, snapshot: Snapshot, interrupted: Callable[[], bool]) -> None:
        self._snapshot = snapshot
        self._interrupted = interrupted
        self._at: tuple[str, int] = ("", -1)

    def counted(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records, telling how many of all there are; then deriving begins."""
        total = max(sum(intake_counts(self._snapshot.region).records.values()), 1)
        for number, record in enumerate(records):
            if number % _ROWS_BETWEEN_REPORTS == 0:
                self.step("reading", min(number / total, 1.0))
            yield record
        self.step("deriving", 0.0)

    def step(self, activity: str, part: float) -> None:
        """Goes on with a step, of which a part is done. Raises _Stopped and Interrupted."""
        if self._interrupted():
            raise Interrupted
        ends = [begin for begin in (*_BEGINS.values(), _ENDS) if begin > _BEGINS[activity]]
        percent = round(_BEGINS[activity] + part * (min(ends) - _BEGINS[activity]))
        if (activity, percent) == self._at:
            return
        self._at = (activity, percent)
        if not _mine(self._snapshot).update(activity=activity, percent=percent):
            raise _Stopped


def _mine(snapshot: Snapshot) -> QuerySet[Snapshot]:
    """The row, as long as nobody asked to stop or for figures from other messages."""
    return Snapshot.objects.filter(
        pk=snapshot.pk, status=Status.RUNNING, state=snapshot.state, cancel_requested=False
    )


def _end(snapshot: Snapshot, status: Status, **kept: str) -> None:
    rows = Snapshot.objects.filter(pk=snapshot.pk, status=Status.RUNNING, state=snapshot.state)
    rows.update(status=status, ended_at=timezone.now(), percent=100, **kept)
