"""A real worker in a process of its own, on the database of the test.

`worker` is forked from a process that has loaded what a worker needs (tests/warm_commands.py): all
tests of a process have one database.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from tests import warm_commands
from tests.conftest import ROOT
from tests.warm_commands import Running

SILENCE_SECONDS = 3


def environment(settings: str = "vliegwiel.web.settings") -> dict[str, str]:
    """The worker uses the database of this test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")),
        "DJANGO_SETTINGS_MODULE": settings,
        "VLIEGWIEL_WORKER_SILENCE_SECONDS": str(SILENCE_SECONDS),
        "VLIEGWIEL_FORECAST_THREADS": "1",
    }


def forget_workers() -> None:
    """Forget the workers of earlier tests: a killed one looks alive for some seconds.

    Their table is the library's, so Django does not empty it between tests.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


@contextmanager
def worker() -> Iterator[Running]:
    environ = environment("tests.worker_settings")
    process = warm_commands.start(ROOT, "worker", environment=environ)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def worker_from_nothing() -> Iterator[subprocess.Popen[bytes]]:
    """As somebody starts it; what it says goes where the test says things."""
    process = subprocess.Popen(
        [sys.executable, "-m", "vliegwiel.cli", "worker"],
        env=environment(),
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
