"""Runs: ask for a forecast, follow it, stop it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Router
from ninja.responses import Status
from pydantic import Field

from vliegwiel.api.shapes import Question, Shape, Whole
from vliegwiel.apps.explorer import limits, queries, services

from .access import CHANGE, READ, Region, Slug, region_of
from .scenarios import Number, scenario_of

router = Router(tags=["runs"], by_alias=True)
RunNumber = Annotated[int, Path(description="the number of the run")]

_months, _replications, _seed = (limits.LIMITS[name] for name in ("months", "replications", "seed"))


class RunQuestion(Question):
    months: Whole = Field(limits.DEFAULTS["months"], ge=_months[0], le=_months[1])
    replications: Whole = Field(
        limits.DEFAULTS["replications"], ge=_replications[0], le=_replications[1]
    )
    seed: Whole = Field(limits.DEFAULTS["seed"], ge=_seed[0], le=_seed[1])


class RunShape(Shape):
    number: int
    scenario: int
    months: int
    replications: int
    seed: int
    status: str
    work_done: int
    work_total: int
    seconds_left: float | None
    waits_for_worker: bool
    error_code: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    code_version: str


def _shape(run: Region) -> dict[str, Any]:
    progress = queries.progress(run)
    return {
        "number": run.pk,
        "scenario": run.scenario_id,
        "months": run.months,
        "replications": run.replications,
        "seed": run.seed,
        "status": run.status,
        "work_done": run.work_done,
        "work_total": run.work_total,
        "seconds_left": progress.seconds_left,
        "waits_for_worker": progress.waits_for_worker,
        "error_code": run.error_code,
        "created_at": run.created_at,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "code_version": run.code_version,
    }


def run_of(request: HttpRequest, slug: str, number: int, right: str = "region.view") -> Region:
    """The run that an address names; Http404 when the region has no such one."""
    run = queries.run(region_of(request, slug, right), number)
    if run is None:
        raise Http404
    return run


@router.get(
    "/regions/{slug:region}/scenarios/{int:number}/runs",
    response={200: list[RunShape], **READ},
    operation_id="listRuns",
)
def runs(request: HttpRequest, region: Slug, number: Number) -> Sequence[dict[str, Any]]:
    """The runs of this version of a scenario, the newest first."""
    return [_shape(run) for run in queries.runs_of(scenario_of(request, region, number))]


@router.post(
    "/regions/{slug:region}/scenarios/{int:number}/runs",
    response={202: RunShape, **CHANGE},
    operation_id="startRun",
)
def start(
    request: HttpRequest, response: HttpResponse, region: Slug, number: Number, asked: RunQuestion
) -> Status[dict[str, Any]]:
    """Asks for a forecast in the background; `Location` is where to follow it.

    The same question gets the same run: nothing is computed twice.
    """
    run = services.start_run(
        scenario=scenario_of(request, region, number, "forecast.run"),
        months=asked.months,
        replications=asked.replications,
        seed=asked.seed,
        by=request.user,  # type: ignore[arg-type]
    )
    response.headers["Location"] = reverse("api-v1:get_run", args=[region, run.pk])
    return Status(202, _shape(run))


@router.get(
    "/regions/{slug:region}/runs/{int:number}",
    response={200: RunShape, **READ},
    operation_id="getRun",
    url_name="get_run",
)
def run(request: HttpRequest, region: Slug, number: RunNumber) -> dict[str, Any]:
    """How far a run is."""
    return _shape(run_of(request, region, number))


@router.post(
    "/regions/{slug:region}/runs/{int:number}/cancellation",
    response={202: RunShape, **CHANGE},
    operation_id="cancelRun",
)
def cancel(request: HttpRequest, region: Slug, number: RunNumber) -> Status[dict[str, Any]]:
    """Asks the worker to stop. Asking twice, or for a run that is over, changes nothing."""
    found = run_of(request, region, number, "forecast.run")
    stopped = services.cancel_run(run=found, by=request.user)  # type: ignore[arg-type]
    return Status(202, _shape(stopped))
