"""Background tasks: one call each."""

from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vliegwiel.apps.pilots.services import give_up_upload

from . import services
from .services.measuring import QUEUE, TASK

# A worker that loses the database tries again; anything else is told to who waits for it.
_AGAIN = RetryStrategy(max_attempts=5, wait=2, retry_exceptions={OperationalError})


# At night: a folder that is watched may bring messages all day, and reading takes long.
@app.periodic(cron="40 2 * * *")
@app.task(
    name="vliegwiel.decisions.read_care_data_again", queue="upkeep", queueing_lock="care-data-again"
)
def read_care_data_again(timestamp: int) -> None:
    """Every night; `timestamp` is the moment for which it was planned."""
    del timestamp
    services.read_care_data_again()


@app.task(name=TASK, queue=QUEUE, retry=_AGAIN)
def take_measurements(*, upload_id: int) -> None:
    try:
        services.take_measurements(upload_id=upload_id)
    except OperationalError:
        raise
    except Exception:
        give_up_upload(upload_id=upload_id)
        raise
