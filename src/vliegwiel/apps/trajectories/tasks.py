"""Background tasks: one call each."""

from django.db import OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from . import services
from .errors import Interrupted
from .services.asking import QUEUE, TASK

# A worker that is told to stop, or that loses the database, leaves the work to the next one.
_AGAIN = RetryStrategy(wait=1, retry_exceptions={JobAborted, OperationalError})


@app.task(name=TASK, queue=QUEUE, pass_context=True, retry=_AGAIN)
def work_on_snapshot(context: JobContext, *, snapshot_id: int) -> None:
    try:
        services.work_on_snapshot(snapshot_id=snapshot_id, interrupted=context.should_abort)
    except Interrupted as error:
        raise JobAborted from error


@app.periodic(cron="*/5 * * * *")
@app.task(name="vliegwiel.trajectories.refresh", queue="upkeep", queueing_lock="snapshots")
def refresh(timestamp: int) -> None:
    """Every five minutes; `timestamp` is the moment for which it was planned."""
    del timestamp
    services.refresh_all()
