"""Scenarios: what a region considers to change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.explorer import descriptions, overload_queries, queries
from vliegwiel.apps.explorer.limits import DEFAULTS

from .access import READ, Region, Slug, region_of

router = Router(tags=["scenarios"], by_alias=True)
Number = Annotated[int, Path(description="the number of this version of the scenario")]


class ScenarioShape(Shape):
    """`warnings` tells of care that cannot keep up in a run of the usual length."""

    number: int
    id: str
    title: str
    description: str
    focus: str | None
    insight: str | None
    is_shipped: bool
    on_newest_care_system: bool
    content_hash: str
    made_at: datetime
    last_done_run: int | None
    run_under_way: int | None
    warnings: list[str]


def scenario_of(request: HttpRequest, slug: str, number: int, right: str = "region.view") -> Region:
    """The version that an address names; Http404 when the region has no such one."""
    version = queries.scenario_version(region_of(request, slug, right), number)
    if version is None:
        raise Http404
    return version


@router.get(
    "/regions/{slug:region}/scenarios",
    response={200: list[ScenarioShape], **READ},
    operation_id="listScenarios",
)
def scenarios(request: HttpRequest, region: Slug) -> Sequence[dict[str, Any]]:
    """Each scenario at its newest version."""
    return [_shape(summary) for summary in queries.scenarios_of(region_of(request, region))]


def _shape(summary: queries.ScenarioSummary) -> dict[str, Any]:
    version, scenario = summary.version, summary.scenario
    return {
        "number": version.pk,
        "id": scenario.id,
        "title": descriptions.in_language(scenario.title),
        "description": descriptions.in_language(scenario.description),
        "focus": scenario.focus,
        "insight": scenario.insight,
        "is_shipped": version.shipped,
        "on_newest_care_system": summary.on_newest_care_system,
        "content_hash": version.content_hash,
        "made_at": version.made_at,
        "last_done_run": summary.last_done.pk if summary.last_done else None,
        "run_under_way": summary.under_way.pk if summary.under_way else None,
        "warnings": overload_queries.warnings(version, DEFAULTS["months"]),
    }


@router.get(
    "/regions/{slug:region}/scenarios/{int:number}/document",
    response={200: dict[str, Any], **READ},
    operation_id="getScenarioDocument",
)
def document(request: HttpRequest, region: Slug, number: Number) -> HttpResponse:
    """The document itself (schema `vliegwiel.scenario/1`), to the letter; hashed."""
    found = scenario_of(request, region, number)
    return HttpResponse(found.document, content_type="application/json")
