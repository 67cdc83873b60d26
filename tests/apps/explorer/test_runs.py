"""Asking for a forecast, doing the work, stopping it and trying again; the database says no."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.worker_process import forget_workers
from vliegwiel.apps.explorer import (
    Interrupted,
    SettingsRefused,
    StepRefused,
    queries,
    services,
)
from vliegwiel.apps.explorer.models import RunPiece, ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.services.runs import TASK
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import ensemble

pytestmark = pytest.mark.django_db

ASKED = {"months": 12, "replications": 20, "seed": 1}


@pytest.fixture
def run(scenario: ScenarioVersion, lead: User) -> SimulationRun:
    return services.start_run(scenario=scenario, by=lead, **ASKED)


def stop_after(pieces: int) -> Callable[[], bool]:
    left = iter(range(pieces))
    return lambda: next(left, None) is None


def test_a_run_is_queued_with_its_job(run: SimulationRun) -> None:
    assert run.status == "queued"
    (job,) = ProcrastinateJob.objects.filter(task_name=TASK, status="todo")
    assert job.args == {"run_id": run.pk}


def test_the_same_question_gives_the_same_run(
    run: SimulationRun, scenario: ScenarioVersion, lead: User, analyst: User
) -> None:
    assert services.start_run(scenario=scenario, by=analyst, **ASKED) == run
    services.work_on_run(run_id=run.pk)
    assert services.start_run(scenario=scenario, by=analyst, **ASKED) == run
    other = services.start_run(scenario=scenario, by=lead, **{**ASKED, "seed": 2})
    assert other != run


@pytest.mark.parametrize(
    ("setting", "value"),
    [("months", 11), ("months", 121), ("replications", 19), ("replications", 1001), ("seed", -1)],
)
def test_settings_outside_the_limits_are_refused(
    scenario: ScenarioVersion, lead: User, setting: str, value: int
) -> None:
    with pytest.raises(SettingsRefused) as refused:
        services.start_run(scenario=scenario, by=lead, **{**ASKED, setting: value})
    assert set(refused.value.limits) == {setting}
    assert not SimulationRun.objects.exists()


def test_a_finished_run_has_a_result_and_no_pieces(run: SimulationRun) -> None:
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, run.work_done) == ("done", run.work_total)
    assert not RunPiece.objects.exists()
    outcome = queries.outcome_of(run)
    assert len(outcome.forecast.months) == 12
    assert outcome.forecast.identity.seed == 1
    assert outcome.sensitivity.rows
    assert outcome.forecast.flows
    assert outcome.forecast.queue
    municipalities = {row.name for row in outcome.forecast.municipalities}
    assert "Zwolle" in municipalities


def test_a_run_goes_on_where_it_stopped_and_gives_the_same_bytes(
    run: SimulationRun, scenario: ScenarioVersion, lead: User
) -> None:
    with pytest.raises(Interrupted):
        services.work_on_run(run_id=run.pk, interrupted=stop_after(3))
    assert RunPiece.objects.filter(run=run).count() == 3
    run.refresh_from_db()
    assert run.status == "running"
    services.work_on_run(run_id=run.pk)
    stopped = queries.result_text(run.pk)

    run.refresh_from_db()
    assert run.attempts == 2
    SimulationRun.objects.filter(pk=run.pk).delete()
    undisturbed = services.start_run(scenario=scenario, by=lead, **ASKED)
    services.work_on_run(run_id=undisturbed.pk)
    assert queries.result_text(undisturbed.pk) == stopped


def test_pieces_of_another_version_or_damaged_are_made_anew(
    run: SimulationRun, scenario: ScenarioVersion, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the work was done by older code: nothing of it may stand in the outcome."""
    with monkeypatch.context() as older:
        older.setattr(ensemble, "source_hash", lambda *_folders: "an older version")
        with pytest.raises(Interrupted):
            services.work_on_run(run_id=run.pk, interrupted=stop_after(4))
    RunPiece.objects.create(run=run, kind="forgotten", index=0, data=b"of a kind that is gone")
    old = set(RunPiece.objects.filter(run=run).values_list("pk", flat=True))
    with pytest.raises(Interrupted):
        services.work_on_run(run_id=run.pk, interrupted=stop_after(3))
    assert not RunPiece.objects.filter(pk__in=old).exists()
    damaged = RunPiece.objects.filter(run=run).latest("pk")
    RunPiece.objects.filter(pk=damaged.pk).update(data=bytes(damaged.data)[:100])
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == "done"
    assert run.done_at_take_up < run.work_total
    renewed = queries.result_text(run.pk)

    SimulationRun.objects.filter(pk=run.pk).delete()
    undisturbed = services.start_run(scenario=scenario, by=lead, **ASKED)
    services.work_on_run(run_id=undisturbed.pk)
    assert queries.result_text(undisturbed.pk) == renewed


def test_a_queued_run_is_cancelled_at_once(run: SimulationRun, lead: User) -> None:
    services.cancel_run(run=run, by=lead)
    run.refresh_from_db()
    assert (run.status, run.cancel_requested_by) == ("cancelled", lead)
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == "cancelled"


def test_a_running_run_stops_between_two_pieces(run: SimulationRun, lead: User) -> None:
    asked = iter([False, False])

    def cancel_meanwhile() -> bool:
        if next(asked, None) is None:
            services.cancel_run(run=run, by=lead)
        return False

    services.work_on_run(run_id=run.pk, interrupted=cancel_meanwhile)
    run.refresh_from_db()
    assert run.status == "cancelled"
    assert run.work_done < run.work_total
    assert not RunPiece.objects.exists()


def test_a_run_of_a_dead_worker_is_cancelled_without_it(run: SimulationRun, lead: User) -> None:
    with pytest.raises(Interrupted):
        services.work_on_run(run_id=run.pk, interrupted=stop_after(1))
    long_ago = timezone.now() - timezone.timedelta(hours=1)
    SimulationRun.objects.filter(pk=run.pk).update(heartbeat_at=long_ago)
    assert services.cancel_run(run=run, by=lead).status == "cancelled"


def test_a_cancelled_run_can_be_tried_again_and_a_finished_one_not(
    run: SimulationRun, lead: User
) -> None:
    services.cancel_run(run=run, by=lead)
    again = services.retry(run=run, by=lead)
    assert (again.pk, again.status, again.cancel_requested_at) == (run.pk, "queued", None)
    services.work_on_run(run_id=run.pk)
    with pytest.raises(StepRefused):
        services.retry(run=run, by=lead)


def test_a_run_that_takes_down_its_worker_is_given_up(run: SimulationRun) -> None:
    SimulationRun.objects.filter(pk=run.pk).update(attempts=5)
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "gave_up")


def test_a_run_on_a_document_that_is_no_longer_understood_fails_plainly(
    run: SimulationRun,
) -> None:
    ScenarioVersion.objects.filter(pk=run.scenario_id).update(document="{}")
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "document")


def test_a_lost_job_is_put_back(run: SimulationRun) -> None:
    assert services.requeue_lost_runs() == 0
    ProcrastinateJob.objects.filter(args__run_id=run.pk)._raw_delete("default")
    assert services.requeue_lost_runs() == 1
    assert ProcrastinateJob.objects.filter(task_name=TASK, status="todo").count() == 1


def test_progress_counts_who_goes_first(
    run: SimulationRun, scenario: ScenarioVersion, lead: User
) -> None:
    second = services.start_run(scenario=scenario, by=lead, **{**ASKED, "seed": 2})
    assert queries.progress(run).ahead == 0
    assert queries.progress(second).ahead == 1
    forget_workers()
    assert queries.progress(second).waits_for_worker


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "asleep"},
        {"months": 500},
        {"replications": 5},
        {"work_done": 10, "work_total": 5},
        {"status": "done", "ended_at": timezone.now()},
        {"status": "cancelled", "ended_at": timezone.now()},
        {"status": "failed", "ended_at": timezone.now()},
        {"status": "running"},
        {"ended_at": timezone.now()},
        {"cancel_requested_at": timezone.now()},
        {"result": "{}"},
    ],
)
def test_the_database_refuses_an_impossible_run(run: SimulationRun, wrong: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SimulationRun.objects.filter(pk=run.pk).update(**wrong)


def test_the_database_holds_one_active_run_of_the_same(run: SimulationRun) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SimulationRun.objects.create(
            scenario=run.scenario, created_by=run.created_by, months=12, replications=20, seed=1
        )


def test_the_database_holds_a_piece_once(run: SimulationRun) -> None:
    RunPiece.objects.create(run=run, kind="forecast", index=0, data=b"1")
    with pytest.raises(IntegrityError), transaction.atomic():
        RunPiece.objects.create(run=run, kind="forecast", index=0, data=b"2")
