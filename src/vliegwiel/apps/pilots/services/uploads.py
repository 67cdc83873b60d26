"""Measurements that are too many to wait for: kept a moment, and taken by the worker."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from vliegwiel.apps.intake.queries import intake_state
from vliegwiel.apps.pilots.errors import (
    MeasurementsRefused,
    NotRegistered,
    PilotRefused,
    UploadUnderWay,
)
from vliegwiel.apps.pilots.models import Upload
from vliegwiel.apps.pilots.vocabulary import LONG_ROWS, Channel, UploadStatus
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.kernel import Fault

from .care_data import read_care_data, why_not_care_data
from .measurements import SHEET, keep, look, look_at, measurable

_log = logging.getLogger(__name__)

#: Characters that a row of an Excel file takes at least, packed.
_PACKED = 10
# Any number will do, as long as nobody else takes it: the half of the lock that says "uploads".
_OURS = 0x0B10
_HALF = 2**31


def is_long(content: bytes) -> bool:
    """Whether a file holds so many rows that the worker takes it."""
    if content.startswith(SHEET):
        return len(content) > LONG_ROWS * _PACKED
    return content.count(b"\n") > LONG_ROWS


@transaction.atomic
def begin_upload(
    *,
    outcome_id: int,
    content: bytes,
    name: str = "",
    channel: str = Channel.FILE,
    correct: bool = False,
    state: str = "",
    by: User,
) -> Upload:
    """Keeps a file until `work_on_upload` has taken it. It is not looked into yet.

    Raises UploadUnderWay while another one of this outcome is not over, NotRegistered, NotAllowed
    without the right `measurements.add`, and PlannedOutcome.DoesNotExist.
    """
    outcome = measurable(outcome_id, by=by)
    rows = Upload.objects.select_for_update().filter(outcome=outcome, ended_at__isnull=True)
    for one in rows:
        # One that waits, also to be tried again, is still on the queue, however long that is.
        if one.taken_up_at is None or _is_worked_on(one.pk) or _is_queued(one.pk):
            raise UploadUnderWay
        _end(one, UploadStatus.FAILED)
    return Upload.objects.create(
        outcome=outcome,
        content=content,
        name=name[:200],
        channel=channel,
        correct=correct,
        state=state,
        by=by,
    )


@transaction.atomic
def ask_care_data(*, outcome_id: int, by: User) -> Upload:
    """Asks to read an outcome from care data; months that changed are corrected.

    Raises PilotRefused when its indicator or plan does not allow that, NotAllowed without the
    rights `measurements.add` and `care_data.view`, and else as `begin_upload`.
    """
    outcome = measurable(outcome_id, by=by)
    region = outcome.pilot.initiative.region
    assert region is not None, "only those of a region have pilots"
    require(by, "care_data.view", region)
    why = why_not_care_data(outcome)
    if why is not None:
        raise PilotRefused({"outcome": why})
    return begin_upload(
        outcome_id=outcome_id,
        content=b"",
        channel=Channel.CARE_DATA,
        correct=True,
        state=intake_state(region).mark,
        by=by,
    )


def lock_of(upload_id: int) -> str:
    """The lock of the job that takes an upload, by which that job is found again."""
    return f"upload-{upload_id}"


def work_on_upload(*, upload_id: int) -> int | None:
    """Takes the measurements of an upload whole or not at all, as `take_file` does.

    Gives the outcome when measurements were added, also of an upload that was taken before: who
    asks again, may have been cut off between. What is wrong with it is kept with the upload; one
    that is over, is left as it is.
    """
    with _working_on(upload_id):
        return _worked(upload_id)


def _worked(upload_id: int) -> int | None:
    upload = Upload.objects.select_related("by").filter(pk=upload_id).first()
    if upload is None:
        return None
    if upload.content is None:
        return upload.outcome_id if upload.delivery_id is not None else None
    try:
        return _work(upload, bytes(upload.content))
    except MeasurementsRefused as refused:
        upload.faults = _as_kept(refused.faults)
        _end(upload, UploadStatus.REFUSED)
    except (NotAllowed, NotRegistered):
        # The right was taken away meanwhile.
        _end(upload, UploadStatus.FAILED)
    return None


def give_up_upload(*, upload_id: int) -> None:
    """Ends an upload that went wrong in a way nobody foresaw; what was in it is thrown away."""
    upload = Upload.objects.filter(pk=upload_id, ended_at__isnull=True).first()
    if upload is not None:
        _log.error("measurements %s could not be taken", upload_id)
        _end(upload, UploadStatus.FAILED)


def _work(upload: Upload, content: bytes) -> int | None:
    # How far it is, is written between transactions: inside one nobody would see it.
    upload.taken_up_at = timezone.now()
    _tell(upload, UploadStatus.READING)
    outcome = measurable(upload.outcome_id, by=upload.by)
    if upload.channel == Channel.CARE_DATA:
        found = read_care_data(outcome)
        upload.faults = _as_kept(found.remarks)
        if not found.rows:
            _end(upload, UploadStatus.TAKEN)
            return None
        content, upload.name = repr(found.rows).encode(), str(found.known)
        table = look_at(outcome, found.rows)
    else:
        table = look(outcome, content)
    _tell(upload, UploadStatus.KEEPING)
    with transaction.atomic():
        taken = keep(
            outcome,
            table,
            content,
            (upload.channel, upload.name),
            correct=upload.correct,
            by=upload.by,
        )
        upload.delivery_id, upload.unchanged = taken.delivery, taken.unchanged
        _end(upload, UploadStatus.TAKEN)
    return upload.outcome_id if taken.delivery is not None else None


@contextmanager
def _working_on(upload_id: int) -> Iterator[None]:
    """Shows others that a worker is there: the lock goes with its connection, also when it dies."""
    numbers = [_OURS, upload_id % _HALF]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", numbers)
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", numbers)


def _is_worked_on(upload_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_OURS, upload_id % _HALF])
        return not cursor.fetchone()[0]


def _is_queued(upload_id: int) -> bool:
    """Whether there is a job for it; the one of a worker that died, another worker takes up."""
    jobs = ProcrastinateJob.objects.filter(lock=lock_of(upload_id))
    return jobs.filter(status__in=["todo", "doing"]).exists()


def _as_kept(faults: Sequence[Fault]) -> list[dict[str, object]]:
    return [{"path": one.path, "code": one.code, "params": dict(one.params)} for one in faults]


def _tell(upload: Upload, status: UploadStatus) -> None:
    upload.status = status
    upload.save(update_fields=["status", "taken_up_at"])


def _end(upload: Upload, status: UploadStatus) -> None:
    upload.status, upload.content, upload.ended_at = status, None, timezone.now()
    upload.save()
