"""Doing the work of a run, piece by piece, so that it can be stopped and taken up again."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from vliegwiel.apps.explorer import forecasting, pilot_work, precisions
from vliegwiel.apps.explorer.errors import Interrupted
from vliegwiel.apps.explorer.models import RunPiece, SimulationRun
from vliegwiel.apps.explorer.statuses import ACTIVE, FINAL, Status
from vliegwiel.science.caresystem import DocumentError
from vliegwiel.science.kernel import CheckError

from .runs import fail_run

_log = logging.getLogger(__name__)

#: A run that took down its worker this often is given up.
MOST_ATTEMPTS = 5
_SECONDS_BETWEEN_REPORTS = 0.3


class Work(Protocol):
    """What a run has to do, in pieces: see `forecasting.Work` and `pilot_work.PilotWork`."""

    @property
    def pieces(self) -> Sequence[Any]: ...

    @property
    def total(self) -> int: ...

    def is_needed(self, piece: Any, made: Mapping[forecasting.Key, bytes], /) -> bool: ...

    def fits(self, piece: Any, data: bytes) -> bool: ...

    def compute(self, piece: Any, made: Mapping[forecasting.Key, bytes]) -> bytes: ...

    def assemble(self, made: Mapping[forecasting.Key, bytes]) -> Any: ...


def _never() -> bool:
    return False


def work_on_run(*, run_id: int, interrupted: Callable[[], bool] = _never) -> None:
    """Does what is left of a run and keeps its result. A run that is over is left as it is.

    Every finished piece is kept at once, and a run of the same pieces gives the same bytes, whoever
    made them and in which order. Cancelling is seen between two pieces.
    Raises Interrupted when `interrupted()` says so; the run can then be taken up again.
    """
    run = _take_up(run_id)
    if run is None:
        return
    try:
        _finish_pieces(run, interrupted)
    except (Interrupted, OperationalError):
        raise
    except DocumentError:
        fail_run(run_id=run_id, error_code="document")
    except CheckError:
        _log.exception("run %s breaks a law that it must obey", run_id)
        fail_run(run_id=run_id, error_code="check")
    except MemoryError:
        fail_run(run_id=run_id, error_code="memory")
    except Exception:
        _log.exception("run %s failed", run_id)
        fail_run(run_id=run_id, error_code="unexpected")


@transaction.atomic
def _take_up(run_id: int) -> SimulationRun | None:
    """The run, marked as in hand; None when there is nothing to do."""
    run = (
        SimulationRun.objects.select_for_update(of=("self",))
        .select_related("scenario__care_system")
        .filter(pk=run_id)
        .first()
    )
    if run is None or run.status in FINAL:
        return None
    now = timezone.now()
    if run.cancel_requested_at is not None:
        run.status, run.ended_at = Status.CANCELLED, now
    elif run.attempts >= MOST_ATTEMPTS:
        run.status, run.error_code, run.ended_at = Status.FAILED, "gave_up", now
    else:
        run.status, run.attempts = Status.RUNNING, run.attempts + 1
        run.started_at = run.started_at or now
        run.taken_up_at = run.heartbeat_at = now
        run.activity = forecasting.PREPARING
    run.save()
    return run if run.status == Status.RUNNING else None


def _finish_pieces(run: SimulationRun, interrupted: Callable[[], bool]) -> None:
    work = _work_of(run)
    made = _kept_pieces(run, work)
    report = _Report(run.pk, work.total)
    report.begin(sum(piece.work for piece in work.pieces if piece.key in made))
    for piece in work.pieces:
        if interrupted():
            raise Interrupted
        if piece.key in made:
            continue
        if not work.is_needed(piece, made):
            report.leave_out(piece.work)
            continue
        if not report.may_go_on(piece.kind):
            _cancel(run.pk)
            return
        data = work.compute(piece, made)
        RunPiece.objects.bulk_create(
            [RunPiece(run=run, kind=piece.kind, index=piece.index, data=data)],
            ignore_conflicts=True,
        )
        made[piece.key] = data
        report.done += piece.work
    if report.may_go_on(forecasting.SUMMARISING, now=True):
        outcome = work.assemble(made)
        if isinstance(outcome, forecasting.Outcome):
            _make_ready(run, outcome)
        _keep_result(run.pk, outcome.to_json(), report.total)
    else:
        _cancel(run.pk)


def _work_of(run: SimulationRun) -> Work:
    """The work of a forecast, or of a smallest useful test when the run asks for one."""
    if run.question:
        return pilot_work.prepare_documents(
            care_system=run.scenario.care_system.document,
            scenario=run.scenario.document,
            question=run.question,
            replications=run.replications,
            seed=run.seed,
            threads=settings.FORECAST_THREADS,
        )
    return forecasting.prepare_documents(
        care_system=run.scenario.care_system.document,
        scenario=run.scenario.document,
        months=run.months,
        replications=run.replications,
        seed=run.seed,
        threads=settings.FORECAST_THREADS,
        precision=precisions.from_text(run.precision),
    )


def _kept_pieces(run: SimulationRun, work: Work) -> dict[forecasting.Key, bytes]:
    """The pieces that can be used as they are; others are thrown away, to be made anew.

    A piece that another version of the product made belongs to another plan.
    """
    by_key = {piece.key: piece for piece in work.pieces}
    made: dict[forecasting.Key, bytes] = {}
    others = []
    for pk, kind, index, data in run.pieces.values_list("pk", "kind", "index", "data"):
        piece = by_key.get((kind, index))
        if piece is not None and work.fits(piece, bytes(data)):
            made[piece.key] = bytes(data)
        else:
            others.append(pk)
    if others:
        _log.info("%s pieces of run %s are made anew", len(others), run.pk)
        run.pieces.filter(pk__in=others).delete()
    return made


def _make_ready(run: SimulationRun, outcome: forecasting.Outcome) -> None:
    """What the site does with an outcome before anybody asks for it; it knows us, not we it.

    When that goes wrong the page does the work itself: a forecast never fails by it.
    """
    if not settings.BEFORE_A_FORECAST_IS_SHOWN:
        return
    try:
        import_string(settings.BEFORE_A_FORECAST_IS_SHOWN)(run, outcome)
    except Exception:
        _log.exception("the page of run %s was not made ready", run.pk)


@dataclass(slots=True)
class _Report:
    """Says how far the run is, a few times a second at most, and hears whether to go on."""

    run_id: int
    total: int
    done: int = 0
    _last: float = field(default=0.0)
    _activity: str = ""

    def begin(self, done: int) -> None:
        self.done = done
        SimulationRun.objects.filter(pk=self.run_id).update(
            work_total=self.total, work_done=done, done_at_take_up=done, heartbeat_at=timezone.now()
        )

    def leave_out(self, work: int) -> None:
        """There is less to do than was thought: what is asked is known well enough."""
        self.total -= work
        SimulationRun.objects.filter(pk=self.run_id).update(work_total=self.total)

    def may_go_on(self, activity: str, *, now: bool = False) -> bool:
        moment = time.monotonic()
        same = activity == self._activity
        if same and not now and moment - self._last < _SECONDS_BETWEEN_REPORTS:
            return True
        self._last, self._activity = moment, activity
        going_on = SimulationRun.objects.filter(
            pk=self.run_id, status=Status.RUNNING, cancel_requested_at__isnull=True
        )
        return bool(
            going_on.update(work_done=self.done, activity=activity, heartbeat_at=timezone.now())
        )


@transaction.atomic
def _cancel(run_id: int) -> None:
    run = SimulationRun.objects.select_for_update().get(pk=run_id)
    if run.status in ACTIVE and run.cancel_requested_at is not None:
        run.status, run.ended_at = Status.CANCELLED, timezone.now()
        run.save(update_fields=["status", "ended_at"])
        run.pieces.all().delete()


@transaction.atomic
def _keep_result(run_id: int, result: str, total: int) -> None:
    run = SimulationRun.objects.select_for_update().get(pk=run_id)
    if run.status != Status.RUNNING:
        return
    run.status, run.ended_at, run.result, run.work_done = (
        Status.DONE,
        timezone.now(),
        result,
        total,
    )
    run.save(update_fields=["status", "ended_at", "result", "work_done"])
    # The result holds all that was worked out; the pieces were only for going on after a stop.
    run.pieces.all().delete()
