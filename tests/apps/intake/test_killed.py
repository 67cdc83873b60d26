"""A process that is killed half-way leaves what was there: kill -9, at any moment, many times."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests import worker_process
from vliegwiel.apps.intake import services
from vliegwiel.apps.intake.models import Assignment, KeptMessage, Start
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import system_user

from . import delivering_process, messages
from .everything import stored

TIMES, MOST = 20, 60
YOUTHS = 200

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def process(own_key: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    file = tmp_path / "leverblad.zip"
    file.write_bytes(messages.archive(messages.many(YOUTHS)))
    environment = {**worker_process.environment(), "VLIEGWIEL_DATA": str(own_key.parent)}
    started = subprocess.Popen(
        [sys.executable, str(delivering_process.__file__), str(file)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def attempt(process: subprocess.Popen[str], kill_after: float | None) -> int:
    """Lets a child deliver and kills it after so many seconds; gives how it ended."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("once\n")
    process.stdin.flush()
    child = int(process.stdout.readline())
    if kill_after is not None:
        time.sleep(kill_after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    ended = int(process.stdout.readline())
    wait_for_the_server()
    return ended


def wait_for_the_server() -> None:
    """Until the server has noticed that the other side of the connection is gone."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)
    raise AssertionError("the connection of a process that was killed is still there")


def test_whole_or_nothing_whenever_it_is_killed(
    region: Region, process: subprocess.Popen[str]
) -> None:
    by = system_user()
    services.deliver(region=region, by=by, files=messages.files(messages.one_of_each()))

    def remove_last() -> None:
        delivery = region.care_deliveries.order_by("-pk")[0]
        services.delete_delivery(delivery_id=delivery.pk, region=region, by=by)

    # The first is slower, so it does not tell how long one takes.
    for _warm in range(2):
        begun = time.monotonic()
        assert attempt(process, None) == 0
        takes = time.monotonic() - begun
        assert KeptMessage.objects.count() == 9 + 2 * YOUTHS
        remove_last()
    before = stored()
    moments = random.Random(20261122)
    killed = 0
    for _time in range(MOST):
        ended = attempt(process, moments.uniform(0, takes))
        if ended == 0 or KeptMessage.objects.count() > 9:
            # It was done, or the server was told to keep it, before the process was gone.
            assert KeptMessage.objects.count() == 9 + 2 * YOUTHS
            assert Assignment.objects.count() == Start.objects.count() == 1 + YOUTHS
            remove_last()
            before = stored()
        else:
            assert ended == -signal.SIGKILL
            assert stored() == before
            killed += 1
        if killed == TIMES:
            break
    assert killed == TIMES
    assert attempt(process, None) == 0
    assert KeptMessage.objects.count() == 9 + 2 * YOUTHS
