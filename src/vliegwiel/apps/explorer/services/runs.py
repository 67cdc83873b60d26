"""Asking for a run, stopping it and trying it again."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vliegwiel import __version__
from vliegwiel.apps.explorer import pilot_work, precisions, queries
from vliegwiel.apps.explorer.errors import (
    DocumentRefused,
    PrecisionRefused,
    SettingsRefused,
    StepRefused,
)
from vliegwiel.apps.explorer.limits import LIMITS
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.pilot_work import PilotQuestion
from vliegwiel.apps.explorer.statuses import ACTIVE, STEPS, Status
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import (
    DocumentError,
    Precision,
    read_care_system,
    read_scenario,
)

TASK = "vliegwiel.explorer.work_on_run"
QUEUE = "forecasts"


def start_run(
    *,
    scenario: ScenarioVersion,
    months: int,
    replications: int,
    seed: int,
    by: User,
    precision: Precision | None = None,
) -> SimulationRun:
    """Asks for a forecast in the background; with a precision `replications` is the most.

    A run of the same scenario and settings that is under way, or that this version of the product
    has finished, is given back: the same question has the same answer.
    Raises SettingsRefused when a setting lies outside `limits.LIMITS`, PrecisionRefused when that
    can never be known so, NotAllowed without the right `forecast.run`.
    """
    rights.require(by, "forecast.run", scenario.care_system.region)
    asked = {"months": months, "replications": replications, "seed": seed}
    _refuse_outside(asked, LIMITS)
    if precision is not None:
        system = queries.care_system(scenario.care_system)
        why = precisions.objection(precision, system, queries.scenario(scenario))
        if why:
            raise PrecisionRefused(why)
    kept = precisions.to_text(precision)
    return _start(scenario=scenario, by=by, question="", precision=kept, **asked)


def start_smallest_test(
    *, scenario: ScenarioVersion, question: PilotQuestion, replications: int, seed: int, by: User
) -> SimulationRun:
    """Asks in the background how small a pilot of the scenario may be to show its effect.

    The same question under way, or answered by this version of the product, is given back.
    Raises SettingsRefused when a number lies outside `pilot_work.LIMITS`, DocumentRefused with all
    that cannot be asked, NotAllowed without the right `forecast.run`.
    """
    rights.require(by, "forecast.run", scenario.care_system.region)
    asked = {
        "months_before": question.months_before,
        "longest": question.longest,
        "replications": replications,
    }
    _refuse_outside(asked, pilot_work.LIMITS)
    _refuse_outside({"months": question.months}, pilot_work.MONTHS)
    try:
        system = read_care_system(scenario.care_system.document)
        change = read_scenario(scenario.document, system)
        question.plan(system, change, replications=replications, seed=seed)
    except DocumentError as error:
        raise DocumentRefused(error.faults) from error
    return _start(
        scenario=scenario,
        by=by,
        question=question.to_json(),
        precision="",
        months=question.months,
        replications=replications,
        seed=seed,
    )


def _refuse_outside(asked: Mapping[str, int], limits: Mapping[str, tuple[int, int]]) -> None:
    outside = {
        name: limits[name]
        for name, value in asked.items()
        if not limits[name][0] <= value <= limits[name][1]
    }
    if outside:
        raise SettingsRefused(outside)


def _start(*, scenario: ScenarioVersion, by: User, **asked: int | str) -> SimulationRun:
    same = SimulationRun.objects.filter(scenario=scenario, **asked)
    known = same.filter(status__in=ACTIVE).first() or (
        same.filter(status=Status.DONE, code_version=__version__).first()
    )
    if known is not None:
        return known
    try:
        with transaction.atomic():
            run = SimulationRun.objects.create(
                scenario=scenario, created_by=by, code_version=__version__, **asked
            )
            _enqueue(run.pk)
    except IntegrityError:
        # Somebody asked for the same in the same instant; the database keeps one of the two.
        other = same.filter(status__in=ACTIVE).first()
        if other is None:
            raise
        return other
    return run


@transaction.atomic
def cancel_run(*, run: SimulationRun, by: User) -> SimulationRun:
    """Asks the worker to stop; a run that no worker has in hand is over at once.

    Asking twice, or for a run that is over, changes nothing. Raises NotAllowed without the right
    `forecast.run`.
    """
    rights.require(by, "forecast.run", run.scenario.care_system.region)
    locked = SimulationRun.objects.select_for_update().get(pk=run.pk)
    if locked.status not in ACTIVE or locked.cancel_requested_at is not None:
        return locked
    locked.cancel_requested_at, locked.cancel_requested_by = timezone.now(), by
    if locked.status == Status.QUEUED or _is_silent(locked):
        locked.status, locked.ended_at = Status.CANCELLED, timezone.now()
        locked.pieces.all().delete()
    locked.save()
    return locked


@transaction.atomic
def retry(*, run: SimulationRun, by: User) -> SimulationRun:
    """Puts a cancelled or failed run in the queue again; what was finished of it is kept.

    Raises StepRefused for a run in another state, NotAllowed without the right `forecast.run`.
    """
    rights.require(by, "forecast.run", run.scenario.care_system.region)
    locked = SimulationRun.objects.select_for_update().get(pk=run.pk)
    if Status.QUEUED not in STEPS[Status(locked.status)]:
        raise StepRefused(Status(locked.status), Status.QUEUED)
    same = SimulationRun.objects.filter(
        scenario=locked.scenario,
        months=locked.months,
        replications=locked.replications,
        seed=locked.seed,
        question=locked.question,
        precision=locked.precision,
        status__in=ACTIVE,
    ).first()
    if same is not None:
        return same
    locked.status, locked.ended_at, locked.error_code, locked.attempts = Status.QUEUED, None, "", 0
    locked.cancel_requested_at = locked.cancel_requested_by = None
    locked.code_version = __version__
    locked.save()
    _enqueue(locked.pk)
    return locked


@transaction.atomic
def fail_run(*, run_id: int, error_code: str) -> None:
    """Ends a run that cannot be finished; what went wrong is a code of `sentences`."""
    run = SimulationRun.objects.select_for_update().get(pk=run_id)
    if Status.FAILED in STEPS[Status(run.status)]:
        run.status, run.error_code, run.ended_at = Status.FAILED, error_code, timezone.now()
        run.save(update_fields=["status", "error_code", "ended_at"])


def requeue_lost_runs() -> int:
    """Queues runs that are waiting or under way without a job; says how many.

    A job is lost when it was thrown away by hand, or when the database was restored from a backup.
    """
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=["todo", "doing"])
    known = {job_args["run_id"] for job_args in jobs.values_list("args", flat=True)}
    lost = [
        run.pk
        for run in SimulationRun.objects.filter(status__in=ACTIVE).exclude(pk__in=known)
        if run.status == Status.QUEUED or _is_silent(run)
    ]
    for pk in lost:
        _enqueue(pk)
    return len(lost)


def _is_silent(run: SimulationRun) -> bool:
    """Whether the worker that has this run in hand has not been heard of for too long."""
    silence = timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
    return run.heartbeat_at is None or timezone.now() - run.heartbeat_at > silence


def _enqueue(run_id: int) -> None:
    """In the present transaction: the job exists when and only when the change does."""
    name = f"run-{run_id}"
    # By name, because the task calls these services. The lock keeps two workers off one run.
    task = app.configure_task(TASK, queue=QUEUE, lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            task.defer(run_id=run_id)
    except exceptions.AlreadyEnqueued:
        return
