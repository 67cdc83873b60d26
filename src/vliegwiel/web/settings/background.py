"""Background work: procrastinate on the same PostgreSQL."""

import os

from .environment import env

# A worker that has not been heard of for this long is taken for dead and its work is resumed.
WORKER_SILENCE_SECONDS = env.int("WORKER_SILENCE_SECONDS", default=30)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_WORKER_DEFAULTS = {
    "delete_jobs": "successful",
    "fetch_job_polling_interval": 2.0,
    "update_heartbeat_interval": WORKER_SILENCE_SECONDS / 3,
    "stalled_worker_timeout": float(WORKER_SILENCE_SECONDS),
    # Told to stop, a worker leaves its run between two pieces instead of finishing it.
    "shutdown_graceful_timeout": 0.1,
}

# How many processor cores one forecast may use. The numbers do not depend on it.
FORECAST_THREADS = env.int("FORECAST_THREADS", default=os.cpu_count() or 1)

# Region -> folder of which the worker delivers every file with care messages.
WATCHED_FOLDERS = env.dict("WATCHED_FOLDERS", default={})

# Called with a run and its outcome just before the run is done: the site draws what everybody sees
# first of a forecast, so that nobody waits for it.
BEFORE_A_FORECAST_IS_SHOWN = "vliegwiel.web.pages.explorer.results.draw_first_view"
