"""Waiting times from a region's own care messages: the published set, without small counts."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.regions import rights
from vliegwiel.apps.trajectories import queries
from vliegwiel.science.trajectories import AnalystView, Clock, Split, Trust, WaitingOverview

from .access import READ, Region, Slug, region_of

router = Router(tags=["waiting times"], by_alias=True)


class CareWaitLine(Shape):
    """Days and percents; null is not shown, or cannot be told yet."""

    key: str = Field(description="a code; `total`, or `others` for small providers together")
    waits: int | None
    waiting: int | None = Field(description="of these, who still waits, on any clock")
    median: int | None
    median_low: int | None
    median_high: int | None
    ninth: int | None
    ninth_low: int | None
    ninth_high: int | None
    within: int | None = Field(description="percent that starts within the norm (W1)")
    within_low: int | None
    within_high: int | None
    earliest: int | None
    latest: int | None
    trust: Trust | None


class CareWaits(Shape):
    """One table of the published set on one clock."""

    known: date
    first: date
    norm_days: int
    split: Split
    clock: Clock
    total: CareWaitLine
    rows: list[CareWaitLine]


class WaitingDay(Shape):
    """Who waits at the end of a day; null is too few to show."""

    on: date
    assignments: int | None
    youths: int | None
    youths_without_care: int | None
    without_sign: int | None
    planned: int | None
    unsure: int | None


class ExtensionLine(Shape):
    """Youths of a provider with an agreed end; null is hidden."""

    provider: str = Field(
        description="a code; `total`, or `others` for providers with few youths together"
    )
    youths: int | None = Field(
        description="a youth with help at two providers counts twice in the row `total`"
    )
    extended: int | None = Field(description="of these, whose help went on after it")
    share: float | None = Field(description="percent, with its interval")
    low: float | None
    high: float | None


class Extensions(Shape):
    """How often help went on after its agreed end, in the year from `first` to `last`."""

    known: date
    first: date
    last: date
    rows: list[ExtensionLine]


class ContractWaveLine(Shape):
    """A day with many more new assignments than usual; null is hidden."""

    day: date
    assignments: int
    usual: float
    least: int | None = Field(description="at least so many go on from another assignment")
    most: int | None


class KnownQuestion(Schema):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    known: date | None = Field(
        None, description="the last day of a month; other than the newest for care-data staff only"
    )


class CareWaitsQuestion(KnownQuestion):
    split: Split = Split.FORM
    clock: Clock = Clock.W1


@router.get(
    "/regions/{slug:region}/care-waiting-times",
    response={200: CareWaits, **READ},
    operation_id="listCareWaitingTimes",
)
def care_waiting_times(
    request: HttpRequest, region: Slug, asked: Query[CareWaitsQuestion]
) -> dict[str, Any]:
    """How long youths wait; 404 where the figures of that day have not been made."""
    shown = _overview(request, region_of(request, region), asked.known)
    table = queries.wait_table(shown, asked.split, asked.clock)
    return {
        "known": shown.on,
        "first": shown.first,
        "norm_days": shown.norm_days,
        "split": table.split,
        "clock": table.clock,
        "total": table.total,
        "rows": table.rows,
    }


@router.get(
    "/regions/{slug:region}/care-waiting-list",
    response={200: list[WaitingDay], **READ},
    operation_id="listWhoWaits",
)
def care_waiting_list(request: HttpRequest, region: Slug, asked: Query[KnownQuestion]) -> Any:
    """Who waits, at the end of each of the last months; 404 as above."""
    return _overview(request, region_of(request, region), asked.known).trend


@router.get(
    "/regions/{slug:region}/care-extensions",
    response={200: Extensions, **READ},
    operation_id="listExtensions",
)
def care_extensions(
    request: HttpRequest, region: Slug, asked: Query[KnownQuestion]
) -> dict[str, Any]:
    """How often help goes on after its agreed end, by provider; for care-data staff, else as above.

    The first row is of all providers together.
    """
    found = _analysis(request, region, asked.known)
    table = found.extensions
    return {"known": found.on, "first": table.first, "last": table.last, "rows": table.rows}


@router.get(
    "/regions/{slug:region}/care-contract-waves",
    response={200: list[ContractWaveLine], **READ},
    operation_id="listContractWaves",
)
def care_contract_waves(request: HttpRequest, region: Slug, asked: Query[KnownQuestion]) -> Any:
    """Days on which contracts changed; for care-data staff, and 404 as above."""
    # A tuple of two would be taken for a status and an answer.
    return list(_analysis(request, region, asked.known).waves)


def _analysis(request: HttpRequest, region: Slug, known: date | None) -> AnalystView:
    found = queries.analysis(queries.situation(region_of(request, region, "care_data.view"), known))
    if found is None:
        raise Http404
    return found


def _overview(request: HttpRequest, region: Region, known: date | None) -> WaitingOverview:
    found = queries.situation(region, known)
    may_see = found.is_newest or rights.may(request.user, "care_data.view", region)
    if known is not None and not may_see:
        raise PermissionDenied
    shown = queries.overview(found)
    if shown is None:
        raise Http404
    return shown
