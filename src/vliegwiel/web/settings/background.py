"""Background work: procrastinate on the same PostgreSQL."""

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_ON_APP_READY = "vliegwiel.web.background.on_app_ready"

# A worker that has not been heard of for this long is taken for dead and its work is resumed.
WORKER_SILENCE_SECONDS = 30
