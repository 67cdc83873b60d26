"""Background tasks: one call each."""

from django.db import OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from . import services
from .errors import Interrupted
from .services.fits import TASK as FIT_TASK
from .services.runs import QUEUE, TASK

# A worker that is told to stop, or that loses the database, leaves its run to the next one.
_AGAIN = RetryStrategy(wait=1, retry_exceptions={JobAborted, OperationalError})


@app.task(name=TASK, queue=QUEUE, pass_context=True, retry=_AGAIN)
def work_on_run(context: JobContext, *, run_id: int) -> None:
    try:
        services.work_on_run(run_id=run_id, interrupted=context.should_abort)
    except Interrupted as error:
        raise JobAborted from error


@app.task(name=FIT_TASK, queue=QUEUE, pass_context=True, retry=_AGAIN)
def work_on_fit(context: JobContext, *, fit_id: int) -> None:
    try:
        services.work_on_fit(fit_id=fit_id, interrupted=context.should_abort)
    except Interrupted as error:
        raise JobAborted from error
