"""`vliegwiel national` on a real Dask cluster: a scheduler and two workers, each a process."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.national import SMALL, national, outcome, pieces, start, until_pieces
from tests.cli.without_database import OTHER_HASH_SEED, environment

pytestmark = [pytest.mark.slow]


@dataclass
class Cluster:
    address: str
    scheduler: "subprocess.Popen[str]"
    workers: "list[subprocess.Popen[str]]"

    def is_whole(self) -> bool:
        return all(one.poll() is None for one in (self.scheduler, *self.workers))

    def end(self) -> None:
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.wait()


def process(where: Path, *arguments: str) -> "subprocess.Popen[str]":
    quiet = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments], cwd=where,
        env={**environment(OTHER_HASH_SEED), **quiet}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def started(where: Path) -> Cluster:
    file = where / "scheduler.json"
    scheduler = process(
        where, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
        "--scheduler-file", str(file),
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not file.exists() or not file.read_text().strip():
        assert time.monotonic() < deadline, "the scheduler did not start"
        time.sleep(0.05)
    address = json.loads(file.read_text())["address"]
    workers = [
        process(
            where, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--host", "127.0.0.1", "--local-directory", str(where / f"worker-{k}"),
        )
        for k in range(2)
    ]  # fmt: skip
    return Cluster(address, scheduler, workers)


@pytest.fixture(scope="module")
def clusters() -> Iterator[list[Cluster]]:
    """All that were started; they end with the module."""
    made: list[Cluster] = []
    yield made
    for one in made:
        one.end()


@pytest.fixture
def cluster(clusters: list[Cluster], tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """One of which nothing was killed: that of the test before, when it left it whole."""
    if not clusters or not clusters[-1].is_whole():
        clusters.append(started(tmp_path_factory.mktemp("cluster")))
    return clusters[-1]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    where = tmp_path_factory.mktemp("whole")
    done = national(where, *SMALL, "--threads", "2")
    assert done.returncode == 0, done.stderr
    return outcome(where / "national")


def test_two_workers_give_the_same_bytes_as_threads(
    whole: Mapping[str, bytes], cluster: Cluster, tmp_path: Path
) -> None:
    done = national(tmp_path, *SMALL, "--scheduler", cluster.address)
    assert done.returncode == 0, done.stderr
    assert outcome(tmp_path / "national") == whole


def test_a_worker_killed_half_way_does_not_change_the_numbers(
    whole: Mapping[str, bytes], cluster: Cluster, tmp_path: Path
) -> None:
    running = start(tmp_path, *SMALL, "--scheduler", cluster.address)
    until_pieces(tmp_path / "national", running, 2)
    cluster.workers[0].send_signal(signal.SIGKILL)
    _out, errors = running.communicate(timeout=300)
    assert running.returncode == 0, errors
    assert outcome(tmp_path / "national") == whole


def test_a_lost_cluster_is_one_clear_line_and_threads_go_on(
    whole: Mapping[str, bytes], cluster: Cluster, tmp_path: Path
) -> None:
    running = start(tmp_path, *SMALL, "--scheduler", cluster.address)
    until_pieces(tmp_path / "national", running, 1)
    for one in (cluster.scheduler, *cluster.workers):
        one.send_signal(signal.SIGKILL)
    _out, errors = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "Het Dask-cluster is weggevallen" in errors
    assert pieces(tmp_path / "national")
    assert national(tmp_path, *SMALL).returncode == 0
    assert outcome(tmp_path / "national") == whole
