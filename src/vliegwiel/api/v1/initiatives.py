"""Initiatives over all regions, and the catalogue of innovation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from pydantic import Field, StringConstraints

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.initiatives import queries
from vliegwiel.apps.initiatives.queries import DataMark, Kind, Stage, Wanted

from .access import READ, Slug, region_of
from .pages import PageQuestion, page_of

router = Router(tags=["initiatives"], by_alias=True)

# PostgreSQL keeps no NUL in a text.
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_]*$")]
Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Number = Annotated[int, Path(description="the number of the initiative", ge=1, le=2**63 - 1)]


class LabelShape(Shape):
    key: str
    title: str


class InitiativeShape(Shape):
    id: int
    region_slug: str = Field(description="empty for what stands in the catalogue")
    kind: Kind
    title: str
    summary: str
    stage: str = Field(description="a key of the stages; empty where the source does not say")
    stage_since: datetime
    themes: list[LabelShape]
    weight: str = Field(description="empty, or `light`, `heavy` or `both`")
    mark: DataMark = Field(description="empty, or `generated` or `example` for made-up rows")
    is_published: bool
    changed_at: datetime


class StepShape(Shape):
    target: str
    reason: str
    evidence: str
    at: datetime


class InitiativeDetailShape(Shape):
    line: InitiativeShape
    facets: dict[str, list[LabelShape]]
    chances: list[LabelShape]
    barriers: list[LabelShape]
    programmes: list[LabelShape]
    steps: list[StepShape]
    place: str


class Initiatives(Shape):
    """What changed last comes first."""

    count: int
    page: int
    page_size: int
    results: list[InitiativeShape]


class InitiativesQuestion(PageQuestion):
    text: Words = Field("", description="Dutch words to look for")
    stage: Stage | None = None
    theme: Key = ""
    question: Key = ""
    actor: Key = ""
    cooperation: Key = ""
    financing: Key = ""
    factor: Key = Field("", description="a chance or a barrier")


class CatalogueLineShape(Shape):
    key: str
    title: str
    summary: str
    place: str
    used: int = Field(description="how many initiatives of regions name it")


class CatalogueFacetShape(Shape):
    name: str
    title: str
    lines: list[CatalogueLineShape]


@router.get("/initiatives", response={200: Initiatives, **READ}, operation_id="listInitiatives")
def initiatives(request: HttpRequest, asked: Query[InitiativesQuestion]) -> dict[str, Any]:
    """What is published anywhere, and everything of the regions in which you have a role."""
    return page_of(queries.find(request.user, _wanted(asked)), asked)


@router.get(
    "/regions/{slug:region}/initiatives",
    response={200: Initiatives, **READ},
    operation_id="listInitiativesOfRegion",
)
def of_region(
    request: HttpRequest, region: Slug, asked: Query[InitiativesQuestion]
) -> dict[str, Any]:
    """The initiatives of one region."""
    found = region_of(request, region)
    return page_of(queries.find(request.user, _wanted(asked), region=found), asked)


@router.get(
    "/initiatives/{int:number}",
    response={200: InitiativeDetailShape, **READ},
    operation_id="getInitiative",
)
def initiative(request: HttpRequest, number: Number) -> Any:
    """One initiative with the steps that it took."""
    line = queries.public_line(request.user, number)
    if line is None:
        raise Http404
    return queries.detail_of(line)


@router.get(
    "/innovation-catalogue",
    response={200: list[CatalogueFacetShape], **READ},
    operation_id="listInnovationCatalogue",
)
def catalogue(request: HttpRequest) -> Sequence[Any]:
    """Themes, questions, actors, cooperation, chances, barriers and trends."""
    return queries.catalogue(request.user)[0]


def _wanted(asked: InitiativesQuestion) -> Wanted:
    names = ("text", "theme", "question", "actor", "cooperation", "financing", "factor")
    given = {name: getattr(asked, name) for name in names}
    return Wanted(stage=asked.stage.value if asked.stage else "", **given)
