"""Waiting times as providers publish them."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router
from pydantic import Field, StringConstraints

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.figures import queries

from .access import READ, Slug, region_of
from .pages import PageQuestion, page_of

router = Router(tags=["waiting times"], by_alias=True)

# PostgreSQL keeps no NUL in a text.
Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class DeliveryShape(Shape):
    id: int
    name: str
    generated_at: datetime
    loaded_at: datetime
    rows: int
    rows_for_youth: int
    observed: int


class WaitShape(Shape):
    """One clock of an offer: weeks where they are known, and always the words."""

    clock: str
    kind: str
    low_weeks: float | None
    high_weeks: float | None
    counts: bool = Field(description="whether it counts in a median")
    words: str
    raw_text: str


class OfferShape(Shape):
    provider: str
    offer: str
    kinds: list[str]
    place: str
    is_for_youth: bool
    is_crisis: bool
    to_intake: WaitShape
    to_treatment: WaitShape
    page: str
    stated_on: date
    observation: str


class WaitingTimes(Shape):
    delivery: DeliveryShape
    count: int
    page: int
    page_size: int
    results: list[OfferShape]


class WaitingQuestion(PageQuestion):
    kind: Words = ""
    municipality: Words = Field("", description="a CBS code; offers for the whole region included")
    provider: Words = ""
    text: Words = Field("", description="searched in provider, offer and expertise")
    for_youth: bool = Field(True, description="leave out what is for adults only")


@router.get(
    "/regions/{slug:region}/waiting-times",
    response={200: WaitingTimes, **READ},
    operation_id="listWaitingTimes",
)
def waiting_times(
    request: HttpRequest, region: Slug, asked: Query[WaitingQuestion]
) -> dict[str, Any]:
    """The offers of the newest delivery; 404 where a region has none."""
    place = region_of(request, region)
    delivery = queries.latest_delivery(place)
    if delivery is None:
        raise Http404
    wanted = queries.WaitingFilter(
        kind=asked.kind,
        municipality=asked.municipality,
        provider=asked.provider,
        text=asked.text,
        for_youth=asked.for_youth,
    )
    offers = queries.stated_waiting_times(place, wanted, delivery_id=delivery.id)
    return {"delivery": delivery, **page_of(offers, asked)}
