"""Long tables of measurements: taken by the worker, which keeps the evidence that follows."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app

from vliegwiel.apps.pilots import PilotRefused, UploadUnderWay
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.pilots.models import Upload
from vliegwiel.apps.pilots.queries import care_data_to_read_again
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User

from .deciding import keep_evidence

TASK, QUEUE = "vliegwiel.decisions.take_measurements", "measurements"


@transaction.atomic
def hand_over(
    *, outcome_id: int, content: bytes, name: str, channel: str, correct: bool, by: User
) -> int:
    """Puts a table on the queue and gives the number of its upload; raises as `begin_upload`."""
    upload = pilots.begin_upload(
        outcome_id=outcome_id, content=content, name=name, channel=channel, correct=correct, by=by
    )
    return _queued(upload)


@transaction.atomic
def ask_care_data(*, outcome_id: int, by: User) -> int:
    """Lets the worker read an outcome from care data; gives the number of the upload.

    Raises as `pilots.services.ask_care_data`.
    """
    return _queued(pilots.ask_care_data(outcome_id=outcome_id, by=by))


def read_care_data_again() -> int:
    """Asks once more for what was read from care data that changed since; says how often.

    As who asked for it last. Where that person may no longer, or the plan does not allow it, or
    measurements are on their way, it is left.
    """
    asked = 0
    for upload in care_data_to_read_again():
        with suppress(NotAllowed, PilotRefused, UploadUnderWay):
            ask_care_data(outcome_id=upload.outcome_id, by=upload.by)
            asked += 1
    return asked


def take_measurements(*, upload_id: int) -> None:
    """Takes an upload, and keeps what its outcome shows since; as who handed it over."""
    outcome = pilots.work_on_upload(upload_id=upload_id)
    if outcome is not None:
        keep_evidence(outcome_id=outcome, by=Upload.objects.get(pk=upload_id).by)


def _queued(upload: Upload) -> int:
    task = app.configure_task(TASK, queue=QUEUE, lock=pilots.lock_of(upload.pk))
    task.defer(upload_id=upload.pk)
    return upload.pk
