"""A real worker in a process of its own makes the figures, also when the first one is killed."""

import time
from collections.abc import Callable

import pytest

from tests.worker_process import forget_workers, worker
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories import services
from vliegwiel.apps.trajectories.models import Snapshot

from .kept import keep_crowd, make_region

pytestmark = pytest.mark.slow


def wait_until(done: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, list(Snapshot.objects.values("status", "activity"))
        time.sleep(0.05)


@pytest.fixture
def region(transactional_db: None) -> Region:
    forget_workers()
    return make_region()


def test_a_killed_worker_s_figures_are_made_by_the_next(region: Region) -> None:
    keep_crowd(region, 40)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    with worker() as process:
        wait_until(lambda: Snapshot.objects.filter(status="running").exists())
        process.kill()
    with worker():
        wait_until(lambda: Snapshot.objects.filter(status="done").exists())
    snapshot.refresh_from_db()
    assert snapshot.overview
