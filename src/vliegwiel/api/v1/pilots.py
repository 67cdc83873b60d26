"""Pilots of a region with their plans: what was registered, and what was done otherwise since."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field, StringConstraints

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.queries import Claim, LotId, PilotStatus, PilotsWanted, Reach, Subject

from .access import READ, Slug, region_of
from .pages import PageQuestion, page_of

router = Router(tags=["pilots"], by_alias=True)
# PostgreSQL keeps no NUL in a text.
Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Number = Annotated[int, Path(description="the number of the pilot", ge=1, le=2**63 - 1)]


class PilotShape(Shape):
    id: int
    title: str
    initiative: int
    initiative_title: str
    mark: str = Field(description="empty, or `generated` or `example` for made-up pilots")
    status: PilotStatus
    starts_on: date | None
    ends_on: date | None
    registered_at: datetime | None
    places: list[str] = Field(description="groups with the initiative")
    outcomes: list[str]
    amendments: int
    measured_at: datetime | None


class Pilots(Shape):
    """The newest first."""

    count: int
    page: int
    page_size: int
    results: list[PilotShape]


class PilotsQuestion(PageQuestion):
    text: Words = ""
    status: PilotStatus | None = None


class PlanGroupShape(Shape):
    key: str = Field(description="its name in files of measurements")
    name: str
    municipality: str = Field(description="CBS code, or empty")
    treated: bool
    starts_on: date | None = Field(description="empty where it starts with the pilot")


class PlanOutcomeShape(Shape):
    id: int
    version: int = Field(description="id of the version of the indicator")
    indicator: str
    name: str
    unit: str
    smallest_relevant: float
    relevant_per_cent: bool
    claim: Claim
    expected: list[float] | None = Field(description="lowest, likely and highest")


class AmendmentShape(Shape):
    number: int
    subject: Subject
    was: str
    becomes: str
    reason: str
    at: datetime


class PlanShape(Shape):
    id: int
    initiative: int
    title: str
    starts_on: date | None
    ends_on: date | None
    design: str = Field(description="empty while none is chosen")
    lot: LotId
    alpha: float
    tuning_size: int | None
    reach: Reach
    analysis: str
    stop_rule: str
    groups: list[PlanGroupShape]
    outcomes: list[PlanOutcomeShape]
    registered_at: datetime | None
    fingerprint: str = Field(description="SHA-256 of what was registered; empty for a draft")
    untouched: bool
    amendments: list[AmendmentShape]


@router.get(
    "/regions/{slug:region}/pilots",
    response={200: Pilots, **READ},
    operation_id="listPilots",
)
def pilots(request: HttpRequest, region: Slug, asked: Query[PilotsQuestion]) -> dict[str, Any]:
    """The pilots of a region, drafts too."""
    wanted = PilotsWanted(text=asked.text, status=asked.status.value if asked.status else "")
    found = queries.find_pilots(region_of(request, region), wanted, today=timezone.localdate())
    return page_of(found, asked)


@router.get(
    "/regions/{slug:region}/pilots/{int:number}",
    response={200: PlanShape, **READ},
    operation_id="getPilotPlan",
)
def plan(request: HttpRequest, region: Slug, number: Number) -> Any:
    """The plan of one pilot, with what was done otherwise since it was registered."""
    found = region_of(request, region)
    if queries.region_pilot(found, number, today=timezone.localdate()) is None:
        raise Http404
    return queries.plan_of(number)
