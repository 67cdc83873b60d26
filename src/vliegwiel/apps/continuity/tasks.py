"""Background tasks: one call each."""

from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import services
from .services.searching import QUEUE, TASK

# A worker that loses the database leaves the work to the next one.
_AGAIN = RetryStrategy(wait=1, retry_exceptions={OperationalError})


@app.task(name=TASK, queue=QUEUE, retry=_AGAIN)
def search(*, check_id: int) -> None:
    services.search(check_id=check_id)


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="vliegwiel.continuity.refresh", queue="upkeep", queueing_lock="continuity")
def refresh(timestamp: int) -> None:
    """Every five minutes; `timestamp` is the moment for which it was planned."""
    del timestamp
    services.refresh_all()
