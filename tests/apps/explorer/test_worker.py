"""Real workers in processes of their own: finishing, cancelling, and dying half-way."""

import signal
import time
from collections.abc import Callable

import pytest

from tests.worker_process import forget_workers, worker
from vliegwiel.apps.explorer import queries, services
from vliegwiel.apps.explorer.models import RunPiece, ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Long enough to be caught half-way, short enough to wait for.
ASKED = {"months": 36, "replications": 200}


def wait_until(true: Callable[[], bool], seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "this takes too long"
        time.sleep(0.05)


def has(run: SimulationRun, status: str) -> Callable[[], bool]:
    def look() -> bool:
        run.refresh_from_db()
        return run.status == status

    return look


def half_way(run: SimulationRun) -> Callable[[], bool]:
    return lambda: RunPiece.objects.filter(run=run).count() >= 5


@pytest.fixture(autouse=True)
def nobody_works_yet(transactional_db: None) -> None:
    forget_workers()


@pytest.fixture
def start(scenario: ScenarioVersion, lead: User) -> Callable[[int], SimulationRun]:
    return lambda seed: services.start_run(scenario=scenario, by=lead, seed=seed, **ASKED)


def test_a_worker_does_what_is_asked_and_stops_when_told(
    start: Callable[[int], SimulationRun],
) -> None:
    assert not queries.worker_is_alive()
    run = start(1)
    with worker() as process:
        wait_until(has(run, "done"))
        assert queries.worker_is_alive()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert queries.outcome_of(run).forecast.identity.replications == ASKED["replications"]


def test_cancelling_half_way_takes_effect_within_a_second(
    start: Callable[[int], SimulationRun], lead: User
) -> None:
    run = start(2)
    with worker():
        wait_until(half_way(run))
        began = time.monotonic()
        services.cancel_run(run=run, by=lead)
        wait_until(has(run, "cancelled"))
        assert time.monotonic() - began < 1.5
    assert not RunPiece.objects.exists()


def test_a_killed_worker_s_run_is_finished_by_the_next_with_equal_bytes(
    start: Callable[[int], SimulationRun],
) -> None:
    run = start(3)
    with worker() as process:
        wait_until(half_way(run))
        process.kill()
        process.wait()
    run.refresh_from_db()
    assert run.status == "running"
    kept = RunPiece.objects.filter(run=run).count()
    assert kept >= 5
    with worker():
        wait_until(has(run, "done"))
    assert run.attempts == 2
    assert run.done_at_take_up >= 50
    disturbed = queries.result_text(run.pk)

    SimulationRun.objects.all().delete()
    again = start(3)
    services.work_on_run(run_id=again.pk)
    again.refresh_from_db()
    assert again.attempts == 1
    assert queries.result_text(again.pk) == disturbed


def test_a_worker_that_is_told_to_stop_leaves_its_run_to_the_next(
    start: Callable[[int], SimulationRun],
) -> None:
    run = start(4)
    with worker() as process:
        wait_until(half_way(run))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    run.refresh_from_db()
    assert run.status == "running"
    with worker():
        wait_until(has(run, "done"))
    assert run.attempts == 2
