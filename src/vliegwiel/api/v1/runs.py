"""Runs: ask for a forecast, follow it, stop it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Router
from ninja.responses import Status
from pydantic import Field

from vliegwiel.api.shapes import Question, Shape, Whole
from vliegwiel.apps.explorer import limits, overload_queries, precisions, queries, services
from vliegwiel.science.caresystem import Precision

from .access import CHANGE, READ, Region, Slug, region_of
from .scenarios import Number, scenario_of

router = Router(tags=["runs"], by_alias=True)
RunNumber = Annotated[int, Path(description="the number of the run")]

Measure = Literal[
    "waiting_time", "waiting_time_median", "waiting_time_p90", "wait_so_far", "waiting_list",
    "in_care", "starts", "arrivals", "ends", "leaving", "succeeded", "aged_out", "cost",
    "share_within_norm", "utilisation",
]  # fmt: skip
_months, _replications, _seed = (limits.LIMITS[name] for name in ("months", "replications", "seed"))


class PrecisionQuestion(Question):
    """How well what must be known, over the period of the headline.

    `halfWidth` is half of the 95 per cent interval of the middle, in the unit of the measure (a
    share as a fraction); of the change when the scenario changes something. Without `careType` the
    care type that the scenario is about; `all` is all taken together."""

    half_width: float = Field(gt=0, le=1e12)
    measure: Measure = "waiting_time"
    care_type: str = Field("", max_length=60)


class RunQuestion(Question):
    months: Whole = Field(limits.DEFAULTS["months"], ge=_months[0], le=_months[1])
    replications: Whole = Field(
        limits.DEFAULTS["replications"], ge=_replications[0], le=_replications[1]
    )
    seed: Whole = Field(limits.DEFAULTS["seed"], ge=_seed[0], le=_seed[1])
    precision: PrecisionQuestion | None = Field(
        None, description="stop as soon as this is known; `replications` is then the most"
    )


class PrecisionShape(Shape):
    """How well what must be known, as it was asked."""

    half_width: float
    measure: str
    care_type: str | None


class RunShape(Shape):
    """`warnings` tells of care that cannot keep up, before the run has begun and after it."""

    number: int
    scenario: int
    months: int
    replications: int
    seed: int
    precision: PrecisionShape | None
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
    warnings: list[str]


def _shape(run: Region) -> dict[str, Any]:
    progress = queries.progress(run)
    return {
        "number": run.pk,
        "scenario": run.scenario_id,
        "months": run.months,
        "replications": run.replications,
        "seed": run.seed,
        "precision": precisions.from_text(run.precision),
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
        "warnings": overload_queries.warnings(run.scenario, run.months),
    }


def _precision(asked: PrecisionQuestion | None) -> Precision | None:
    if asked is None:
        return None
    return Precision(asked.half_width, asked.measure, asked.care_type or None)


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
        precision=_precision(asked.precision),
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
