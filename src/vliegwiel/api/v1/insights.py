"""Insights of a region: what was heard, what could be done, how it hangs together."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.insights import queries

from .access import READ, Slug, region_of
from .figures import SourceShape

router = Router(tags=["insights"], by_alias=True)
Number = Annotated[int, Path(description="the number of the insight in its region")]


class InsightRefShape(Shape):
    number: int
    title: str


class ChanceShape(Shape):
    title: str
    summary: str


class ObservationShape(Shape):
    text: str
    cited_as: str


class PriorityShape(Shape):
    level: str
    level_label: str
    basis_for_all_projects: bool
    reason: str
    decided_by: str
    decided_on: date


class PlaceShape(Shape):
    source: SourceShape
    place: str


class InsightShape(Shape):
    number: int
    title: str
    summary: str
    observations: list[ObservationShape]
    chances: list[ChanceShape]
    relates_to: list[InsightRefShape]
    related_from: list[InsightRefShape]
    priority: PriorityShape | None
    sources: list[PlaceShape]


@router.get(
    "/regions/{slug:region}/insights",
    response={200: list[InsightShape], **READ},
    operation_id="listInsights",
)
def insights(request: HttpRequest, region: Slug) -> Sequence[Any]:
    """All insights; relations have the direction in which they were printed."""
    return queries.insight_list(region_of(request, region))


@router.get(
    "/regions/{slug:region}/insights/{int:number}",
    response={200: InsightShape, **READ},
    operation_id="getInsight",
)
def insight(request: HttpRequest, region: Slug, number: Number) -> Any:
    """One insight."""
    found = queries.insight_detail(region_of(request, region), number)
    if found is None:
        raise Http404
    return found
