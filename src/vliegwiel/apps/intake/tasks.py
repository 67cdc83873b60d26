"""Background tasks: one call each."""

from procrastinate.contrib.django import app

from . import services


@app.periodic(cron="23 3 * * *")
@app.task(name="vliegwiel.intake.apply_retention", queue="upkeep", queueing_lock="care-retention")
def apply_retention(timestamp: int) -> None:
    """Every night, by one of the workers; `timestamp` is the moment for which it was planned."""
    del timestamp
    services.apply_retention()
