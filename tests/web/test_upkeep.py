"""What has expired goes, by itself; what is still of use stays."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.worker_process import worker
from vliegwiel.web import upkeep
from vliegwiel.web.tasks import remove_expired

TASK = "vliegwiel.web.remove_expired"


def session(expires_in: timedelta) -> str:
    store = SessionStore()
    store["somebody"] = "was here"
    store.save()
    Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() + expires_in)
    assert store.session_key
    return store.session_key


def cache_row(key: str, expires_in: timedelta) -> None:
    cache.set(key, "a file that waits for a confirmation", 3600)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE shared_cache SET expires = %s WHERE cache_key = %s",
            [timezone.now() + expires_in, cache.make_key(key)],
        )


def cache_keys() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_cache")
        return {row[0] for row in cursor.fetchall()}


def job(status: str, over_since: timedelta) -> int:
    """A job that reached `status` so long ago; one that is still to do has reached nothing."""
    number: int = app.configure_task(TASK).defer(timestamp=0)
    with connection.cursor() as cursor:
        for step in ("doing", status) if status != "todo" else ():
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [step, number]
            )
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s",
            [timezone.now() - over_since, number],
        )
    return number


@pytest.mark.django_db
def test_sessions_and_cached_rows_that_expired_are_removed() -> None:
    cache.clear()
    Session.objects.all().delete()
    old, valid = session(timedelta(seconds=-1)), session(timedelta(hours=1))
    cache_row("old", timedelta(seconds=-1))
    cache_row("valid", timedelta(hours=1))
    assert upkeep.remove_expired() == upkeep.Removed(sessions=1, cache_rows=1)
    assert set(Session.objects.values_list("pk", flat=True)) == {valid}
    assert old != valid
    assert cache_keys() == {cache.make_key("valid")}
    assert upkeep.remove_expired() == upkeep.Removed(sessions=0, cache_rows=0)


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["failed", "cancelled", "aborted", "succeeded"])
def test_jobs_that_are_over_are_kept_for_a_week(status: str) -> None:
    old, recent = job(status, timedelta(days=8)), job(status, timedelta(days=6))
    upkeep.remove_expired()
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {recent}
    assert old != recent


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["todo", "doing"])
def test_work_that_is_not_over_stays_however_old(status: str) -> None:
    number = job(status, timedelta(days=400))
    upkeep.remove_expired()
    assert ProcrastinateJob.objects.filter(pk=number).exists()


def test_it_is_planned_every_hour_and_waits_in_the_queue_once() -> None:
    planned: dict[str, Any] = {
        task.task.name: task for task in app.periodic_registry.periodic_tasks.values()
    }
    assert planned[TASK].cron == "11 * * * *"
    assert planned[TASK].task is remove_expired
    assert remove_expired.queueing_lock == "upkeep"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_does_it() -> None:
    key = session(timedelta(days=-1))
    number = app.configure_task(TASK).defer(timestamp=0)
    deadline = time.monotonic() + 60
    with worker():
        while Session.objects.filter(pk=key).exists():
            assert time.monotonic() < deadline, "the worker leaves the session"
            time.sleep(0.1)
        while ProcrastinateJob.objects.filter(pk=number).exclude(status="succeeded").exists():
            assert time.monotonic() < deadline, "the job does not end well"
            time.sleep(0.1)
