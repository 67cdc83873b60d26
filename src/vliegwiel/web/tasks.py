"""Background tasks of the site: one call each."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vliegwiel.web import upkeep
from vliegwiel.web.login import mails

# A mail server that is away is tried again for some minutes; after that the person asks again.
_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions={OSError})


@app.task(name=mails.TASK, queue=mails.QUEUE, retry=_AGAIN)
def send_new_password_link(*, user_id: int, language: str, site: str) -> None:
    mails.send_new_password_link(user_id=user_id, language=language, site=site)


@app.periodic(cron="11 * * * *")
@app.task(name="vliegwiel.web.remove_expired", queue="upkeep", queueing_lock="upkeep")
def remove_expired(timestamp: int) -> None:
    """Every hour, by one of the workers; `timestamp` is the hour for which it was planned."""
    upkeep.remove_expired()
