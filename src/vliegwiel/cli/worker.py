"""`vliegwiel worker`: does what is asked in the background, until it is told to stop."""

import asyncio
import logging
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings

from .answers import fail
from .environment import DATABASE_AWAY, start
from .language import gettext as _
from .processes import follow_parent
from .watched_folders import keep_watching

if TYPE_CHECKING:
    from procrastinate import App

_log = logging.getLogger(__name__)


def worker(
    until_done: Annotated[
        bool, typer.Option("--until-done", help="Stop when nothing is left to do.")
    ] = False,
) -> None:
    """Work on the forecasts that were asked for, until told to stop."""
    follow_parent()
    try:
        start(migrate=False)
        _run(wait=not until_done)
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": error})
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _run(*, wait: bool) -> None:
    # Late: these need Django set up, and Django the address of the database.
    from procrastinate.contrib.django import app

    from vliegwiel.apps.explorer import services

    services.requeue_lost_runs()
    services.requeue_lost_fits()
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        asyncio.run(_work(working, wait=wait))


async def _work(app: "App", *, wait: bool) -> None:
    async with app.open_async():
        beside = [asyncio.create_task(_take_up_abandoned(app), name="taking up abandoned work")]
        if wait and settings.WATCHED_FOLDERS:
            watching = keep_watching(settings.WATCHED_FOLDERS)
            beside.append(asyncio.create_task(watching, name="watching folders"))
        for task in beside:
            task.add_done_callback(_tell_of_failure)
        try:
            await app.run_worker_async(wait=wait)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


def _tell_of_failure(task: "asyncio.Task[None]") -> None:
    """At once: the worker goes on without it, and whoever runs it should know."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s has stopped: %s", task.get_name(), type(error).__name__, exc_info=error)


async def _take_up_abandoned(app: "App") -> None:
    """Puts the work of workers that have died back in the queue, as long as this one lives."""
    silence = settings.WORKER_SILENCE_SECONDS
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence):
            await app.job_manager.retry_job(job)
        await asyncio.sleep(silence / 3)
