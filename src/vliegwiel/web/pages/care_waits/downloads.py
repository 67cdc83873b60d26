"""The same tables as files: exactly the published set, nothing beside it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.trajectories import queries
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .asking import Asked, asked_of
from .words import Names

_FIGURES = (
    *("waits", "waiting", "median", "median_low", "median_high"),
    *("ninth", "ninth_low", "ninth_high"),
    *("within", "within_low", "within_high", "earliest", "latest"),
)
_NUMBERS = (*("assignments", "youths", "youths_without_care", "without_sign", "planned", "unsure"),)


@require_safe
@region_page("region.view")
def waits_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """A table on one clock."""
    asked = asked_of(request, region)
    if asked.overview is None:
        raise Http404
    table = queries.wait_table(asked.overview, asked.split, asked.clock)
    names = Names(region)
    columns = ("known", "clock", "split", "row", "label", *_FIGURES, "quality")
    rows = [
        (
            *(asked.overview.on, table.clock.value, table.split.value, line.key),
            names.row(table.split, line.key),
            *(getattr(line, name) for name in _FIGURES),
            line.trust.value if line.trust else None,
        )
        for line in (table.total, *table.rows)
    ]
    return attached_table(_name("wachttijden", region, asked), columns, rows)


@require_safe
@region_page("region.view")
def list_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """Who waits at the end of each month."""
    asked = asked_of(request, region)
    if asked.overview is None:
        raise Http404
    rows = [
        (asked.overview.on, day.on, *(getattr(day, name) for name in _NUMBERS))
        for day in asked.overview.trend
    ]
    return attached_table(_name("wachtlijst", region, asked), ("known", "on", *_NUMBERS), rows)


def _name(what: str, region: Any, asked: Asked) -> str:
    return f"{what}-zorg-{region.slug}-{asked.situation.known}"
