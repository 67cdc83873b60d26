"""The innovation agenda: the newest version for everybody, every version for the region."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router
from pydantic import Field

from vliegwiel.api.shapes import Problem, Shape
from vliegwiel.apps.agenda import queries
from vliegwiel.apps.regions.queries import region_by_slug

from .access import READ, Slug, region_of

router = Router(tags=["agenda"], by_alias=True)
Number = Annotated[int, Path(description="the number of the version", ge=1, le=100_000)]


class AgendaRefShape(Shape):
    key: str
    title: str


class AgendaPlaceShape(Shape):
    title: str
    year: int | None
    place: str


class AgendaPlainShape(Shape):
    key: str
    title: str
    text: str
    source: AgendaPlaceShape


class AgendaItemShape(Shape):
    key: str
    title: str
    content: list[str]
    reason: str
    stage: str
    stage_label: str
    line: str
    line_label: str
    starts: str = Field(description="a quarter such as 2026-Q3; empty where none is planned")
    ends: str
    timing: str
    needs: list[AgendaRefShape]
    needed_by: list[AgendaRefShape]
    feeds: list[AgendaRefShape]
    spearheads: list[AgendaRefShape]
    programmes: list[AgendaRefShape]
    elements: list[AgendaRefShape]
    examined: list[AgendaRefShape]
    findings: str
    involved: list[str]
    providers_asked: int | None
    insights: list[AgendaRefShape]
    initiatives: list[AgendaRefShape]
    source: AgendaPlaceShape


class AgendaPartnerShape(Shape):
    who: str
    brings: str


class AgendaTaskShape(Shape):
    key: str
    title: str
    level: str
    level_label: str
    goal: str
    partners: list[AgendaPartnerShape]
    shared_risk: str
    agreements: str
    indicators: list[str]
    source: AgendaPlaceShape

    @staticmethod
    def resolve_partners(task: queries.TaskLine) -> list[dict[str, str]]:
        return [{"who": who, "brings": brings} for who, brings in task.partners]


class AgendaShape(Shape):
    title: str
    intro: str
    period: str
    source: AgendaPlaceShape
    spearheads: list[AgendaPlainShape]
    items: list[AgendaItemShape]
    tasks: list[AgendaTaskShape]
    programmes: list[AgendaPlainShape]
    elements: list[AgendaPlainShape]
    troubles: list[str] = Field(description="what makes no sense in the planning")


class AgendaVersionLineShape(Shape):
    number: int
    note: str
    mark: str = Field(description="`example`, or empty for the region's own agenda")
    published_at: datetime


class AgendaVersionShape(Shape):
    line: AgendaVersionLineShape
    digest: str
    is_newest: bool
    agenda: AgendaShape


@router.get(
    "/regions/{slug:region}/agenda",
    response={200: AgendaVersionShape, 400: Problem, 404: Problem},
    operation_id="getAgenda",
    auth=None,
)
def agenda(request: HttpRequest, region: Slug) -> Any:
    """The newest published version. Open to all; 404 while nothing was published."""
    found = region_by_slug(region)
    newest = queries.newest_published(found) if found is not None else None
    if newest is None:
        raise Http404
    return newest


@router.get(
    "/regions/{slug:region}/agenda/versions",
    response={200: list[AgendaVersionLineShape], **READ},
    operation_id="listAgendaVersions",
)
def versions(request: HttpRequest, region: Slug) -> Sequence[Any]:
    """Every published version, the newest first."""
    return queries.versions(region_of(request, region))


@router.get(
    "/regions/{slug:region}/agenda/versions/{int:number}",
    response={200: AgendaVersionShape, **READ},
    operation_id="getAgendaVersion",
)
def version(request: HttpRequest, region: Slug, number: Number) -> Any:
    """One published version, as it was published."""
    found = queries.published(region_of(request, region), number)
    if found is None:
        raise Http404
    return found
