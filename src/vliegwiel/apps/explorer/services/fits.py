"""Fitting a care system to the messages of a region: asking, stopping, working, keeping."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone, translation
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vliegwiel import __version__
from vliegwiel.apps.explorer.errors import Interrupted, NothingToFit, StepRefused
from vliegwiel.apps.explorer.fit_outcomes import FitOutcome, outcome_of
from vliegwiel.apps.explorer.fitting import FitSettings, FitWork, system_by_size
from vliegwiel.apps.explorer.leaving import left_when_asked
from vliegwiel.apps.explorer.models import CareSystemVersion, FitRun
from vliegwiel.apps.explorer.statuses import ACTIVE, Status
from vliegwiel.apps.intake.errors import where_it_failed
from vliegwiel.apps.intake.queries import intake_state
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import CareSystem, DocumentError, read_care_system

from .documents import load_care_system
from .runs import QUEUE

_log = logging.getLogger(__name__)

TASK = "vliegwiel.explorer.work_on_fit"
MOST_ATTEMPTS = 3
_SEED = 1
#: So long a database may be away, to start again for one, before a fit is begun anew.
_SECONDS_AWAY = 30.0
#: Where each step begins, in percent of the time that all take together.
_BEGINS = {"reading": 0, "deriving": 25, "fitting": 45, "testing": 55}


class _Stopped(Exception):
    """Somebody asked to stop."""


def start_fit(*, region: Region, by: User) -> FitRun:
    """Asks in the background for a care system from the messages of `region`, with a test of it.

    A fit that is under way, or that this version of the product made from the same messages, is
    given back. Raises NothingToFit without messages, NotAllowed without `care_data.view`.
    """
    rights.require(by, "care_data.view", region)
    state = intake_state(region)
    if state.known_until is None:
        raise NothingToFit("messages", translation.gettext("There are no care messages yet."))
    rows = FitRun.objects.filter(region=region)
    known = rows.filter(status__in=ACTIVE).first() or rows.filter(
        status=Status.DONE, state=state.mark, code_version=__version__
    ).first()  # fmt: skip
    if known is not None:
        return known
    try:
        with transaction.atomic():
            run = FitRun.objects.create(
                region=region, state=state.mark, code_version=__version__, seed=_SEED, created_by=by
            )
            _enqueue(run.pk)
    except IntegrityError:
        # Somebody asked in the same instant; the database keeps one of the two.
        return rows.get(status__in=ACTIVE)
    return run


@transaction.atomic
def cancel_fit(*, fit: FitRun, by: User) -> None:
    """Asks the worker to stop; a fit that no worker has in hand is over at once.

    Raises NotAllowed without the right `care_data.view`.
    """
    rights.require(by, "care_data.view", fit.region)
    locked = FitRun.objects.select_for_update().get(pk=fit.pk)
    if locked.status not in ACTIVE:
        return
    locked.cancel_requested = True
    if locked.status == Status.QUEUED:
        locked.status, locked.ended_at = Status.CANCELLED, timezone.now()
    locked.save()


@transaction.atomic
def keep_fit(*, fit: FitRun, by: User) -> CareSystemVersion:
    """Makes the outcome of a fit the newest care system of its region, for scenarios to come.

    Raises StepRefused for a fit that is not done, NotAllowed without the right `care_system.load`.
    """
    rights.require(by, "care_system.load", fit.region)
    locked = FitRun.objects.select_for_update().get(pk=fit.pk)
    if locked.status != Status.DONE:
        raise StepRefused(Status(locked.status), Status.DONE)
    document = FitOutcome.model_validate_json(locked.result).care_system
    locked.kept_as = load_care_system(region=fit.region, document=document, by=by)
    locked.save(update_fields=["kept_as"])
    return locked.kept_as


def requeue_lost_fits() -> int:
    """Queues fits that are waiting or under way without a job; says how many."""
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=["todo", "doing"])
    known = {arguments["fit_id"] for arguments in jobs.values_list("args", flat=True)}
    lost = FitRun.objects.filter(status__in=ACTIVE).exclude(pk__in=known)
    numbers = list(lost.values_list("pk", flat=True))
    for pk in numbers:
        _enqueue(pk)
    return len(numbers)


def _never() -> bool:
    return False


def work_on_fit(*, fit_id: int, interrupted: Callable[[], bool] = _never) -> None:
    """Makes a fit from the messages as they are now. One that is over is left as it is.

    Cancelling is seen within a second, also inside a step. Raises Interrupted when `interrupted()`
    says so; the next worker begins anew, and equal messages give the same outcome.
    """
    run = _take_up(fit_id)
    if run is None:
        return
    try:
        _make(run, interrupted)
    except _Stopped:
        _end(run, Status.CANCELLED)
    except (Interrupted, OperationalError):
        raise
    except NothingToFit as error:
        _end(run, Status.FAILED, error_code=error.reason)
    except (DocumentError, ValueError):
        # What it says could hold a small count: the page has words of its own.
        _log.warning("care system fit %s could not be made of these messages", fit_id)
        _end(run, Status.FAILED, error_code="does_not_fit")
    except MemoryError:
        _end(run, Status.FAILED, error_code="memory")
    except Exception as error:
        _log.error("care system fit %s failed: %s", fit_id, where_it_failed(error))
        _end(run, Status.FAILED, error_code="unexpected")


@transaction.atomic
def _take_up(fit_id: int) -> FitRun | None:
    rows = FitRun.objects.select_for_update(of=("self",)).select_related("region")
    run = rows.filter(pk=fit_id, status__in=ACTIVE).first()
    if run is None:
        return None
    if run.cancel_requested:
        run.status, run.ended_at = Status.CANCELLED, timezone.now()
    elif run.attempts >= MOST_ATTEMPTS:
        run.status, run.error_code, run.ended_at = Status.FAILED, "gave_up", timezone.now()
    else:
        run.status, run.attempts = Status.RUNNING, run.attempts + 1
        run.state, run.code_version = intake_state(run.region).mark, __version__
    run.save()
    return run if run.status == Status.RUNNING else None


def _make(run: FitRun, interrupted: Callable[[], bool]) -> None:
    rows = FitRun.objects.filter(pk=run.pk, status=Status.RUNNING, cancel_requested=False)

    is_wanted = _patient(rows.exists)

    def look() -> None:
        if interrupted():
            raise Interrupted
        if not is_wanted():
            raise _Stopped

    def step(activity: str) -> None:
        look()
        if not rows.update(activity=activity, percent=_BEGINS[activity]):
            raise _Stopped

    asked = FitSettings(seed=run.seed, threads=settings.FORECAST_THREADS)
    work = FitWork(run.region, _like(run.region), asked)
    step("reading")
    work.read(look)
    for activity, do in (("deriving", work.derive), ("fitting", work.fit)):
        step(activity)
        left_when_asked(do, look)
    step("testing")
    if work.can_be_tested:
        left_when_asked(work.test, look)
        step("testing")
    _end(run, Status.DONE, result=outcome_of(work.outcome()).model_dump_json())


def _patient(ask: Callable[[], bool]) -> Callable[[], bool]:
    """`ask`, and yes while the database is away for a moment: minutes of work wait for it.

    What raises OperationalError for longer raises it here too.
    """
    away_since: float | None = None

    def asked() -> bool:
        nonlocal away_since
        try:
            answer = ask()
        except OperationalError:
            now = time.monotonic()
            away_since = now if away_since is None else away_since
            if now - away_since > _SECONDS_AWAY:
                raise
            # The next question opens another connection when this one was lost.
            connection.close_if_unusable_or_obsolete()
            return True
        away_since = None
        return answer

    return asked


def _like(region: Region) -> CareSystem:
    """What messages do not tell, from the newest care system that was not fitted, or by size.

    Raises NothingToFit when there is neither.
    """
    versions = CareSystemVersion.objects.filter(region=region).exclude(
        identifier=f"{region.slug}-fit"
    )
    newest = versions.order_by("-pk").first()
    if newest is not None:
        return read_care_system(newest.document)
    sized = system_by_size(region)
    if sized is None:
        raise NothingToFit("background", "")
    return sized


def _end(run: FitRun, status: Status, **kept: str) -> None:
    rows = FitRun.objects.filter(pk=run.pk, status=Status.RUNNING)
    rows.update(status=status, ended_at=timezone.now(), percent=100, **kept)


def _enqueue(fit_id: int) -> None:
    """In the present transaction: the job exists when and only when the change does."""
    name = f"fit-{fit_id}"
    task = app.configure_task(TASK, queue=QUEUE, lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            task.defer(fit_id=fit_id)
    except exceptions.AlreadyEnqueued:
        return
