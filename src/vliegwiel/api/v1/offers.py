"""Offers of help: what fits and how long the wait is, the gaps in cover, stated beside measured."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field, StringConstraints

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.offers import queries
from vliegwiel.apps.offers.queries import (
    OLDEST,
    YOUNGEST,
    Cover,
    DataMark,
    OfferedForm,
    WaitSource,
    WaitUntil,
)
from vliegwiel.science.trajectories import Clock

from .access import READ, Slug, region_of
from .pages import PageQuestion, page_of

router = Router(tags=["offers"], by_alias=True)

# PostgreSQL keeps no NUL in a text.
Code = Annotated[str, StringConstraints(max_length=8, pattern=r"^[0-9]*$")]


class OfferWaitShape(Shape):
    days: int
    until: WaitUntil
    stated_on: date
    source: WaitSource
    place: str = Field(description="where it says so: an address or words")


class RegisteredOffer(Shape):
    id: int
    provider_code: str
    provider: str
    code: str
    title: str
    care_form: OfferedForm
    target_group: str
    age_from: int
    age_to: int
    municipalities: list[str]
    free: bool
    places: int | None
    starts_on: date | None
    ends_on: date | None
    mark: DataMark = Field(description="empty, or `generated` or `example` for made-up rows")
    wait: OfferWaitShape | None = Field(description="what was said last; null is not known")


class Offers(Shape):
    """The shortest wait first; offers of which nobody knows it last."""

    on: date
    count: int
    page: int
    page_size: int
    results: list[RegisteredOffer]


class OffersQuestion(PageQuestion):
    form: OfferedForm | None = None
    age: int | None = Field(None, ge=YOUNGEST, le=OLDEST, description="in years; is not kept")
    municipality: Code = Field("", description="a CBS code")
    provider: Code = Field("", description="an AGB code")
    only_free: bool = Field(False, description="leave out what is not freely usable")


class CoverCell(Shape):
    municipality: str
    cover: Cover
    offers: int
    free: int
    days: int | None = Field(description="shortest wait known of what is freely usable")


class CoverRow(Shape):
    form: OfferedForm
    cells: list[CoverCell]


class OfferCover(Shape):
    on: date
    norm_days: int
    mark: DataMark
    rows: list[CoverRow]


class MeasuredShape(Shape):
    """A row of the published waiting times, in days."""

    median: int
    median_low: int | None
    median_high: int | None


class ComparedOffer(Shape):
    provider_code: str
    provider: str
    form: OfferedForm
    until: WaitUntil
    offers: int
    stated_low: int
    stated_high: int
    stated_on: date
    clock: Clock | None = Field(description="the clock of messages; null where nothing is shown")
    of_provider: MeasuredShape | None
    of_form: MeasuredShape | None
    reasons: list[queries.Reason]


class ComparedFormShape(Shape):
    """A form with all its providers, until the start of help."""

    form: OfferedForm
    providers: int
    stated_low: int
    stated_high: int
    clock: Clock | None
    measured: MeasuredShape | None


class PublishedWaitShape(Shape):
    """What a provider of the register publishes on its own pages, in days."""

    provider_code: str
    provider: str
    until: queries.PublishedUntil = Field(
        description="`to_treatment` counts from the intake; `both` alone is also measured"
    )
    offers: int
    low: int
    high: int
    stated_on: date
    clock: Clock | None
    measured: MeasuredShape | None


class ComparedOffers(Shape):
    known: date | None = Field(description="the day of the messages; null without figures")
    mark: DataMark
    rows: list[ComparedOffer]
    forms: list[ComparedFormShape]
    published: list[PublishedWaitShape]


@router.get(
    "/regions/{slug:region}/offers",
    response={200: Offers, **READ},
    operation_id="listOffers",
)
def offers(request: HttpRequest, region: Slug, asked: Query[OffersQuestion]) -> dict[str, Any]:
    """Which offers of today fit, and how long the wait is."""
    wanted = queries.OfferWanted(
        form=asked.form.value if asked.form else "",
        age=asked.age,
        municipality=asked.municipality,
        only_free=asked.only_free,
        provider=asked.provider,
    )
    today = timezone.localdate()
    found = queries.find_offers(region_of(request, region), wanted, on=today)
    return {"on": today, **page_of(found, asked)}


@router.get(
    "/regions/{slug:region}/offer-cover",
    response={200: OfferCover, **READ},
    operation_id="listOfferCover",
)
def offer_cover(request: HttpRequest, region: Slug) -> Any:
    """How every form of help is covered in every municipality today."""
    return queries.covering(region_of(request, region), on=timezone.localdate())


@router.get(
    "/regions/{slug:region}/offer-waits",
    response={200: ComparedOffers, **READ},
    operation_id="listOfferWaits",
)
def offer_waits(request: HttpRequest, region: Slug) -> Any:
    """Waits that are stated, and on pages of providers, beside those from care messages."""
    return queries.stated_beside_measured(region_of(request, region), on=timezone.localdate())
