"""The tables of the pages as files: with what is shown there, nothing beside it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.trajectories import queries
from vliegwiel.science.trajectories import AnalystView
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
_EXTENSIONS = ("youths", "extended", "share", "low", "high")
_WAVES = ("day", "assignments", "usual", "least", "most")


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


@require_safe
@region_page("care_data.view")
def extensions_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """How often help went on after its agreed end, by provider; shares in percents."""
    asked, found = _analysed(request, region)
    names, table = Names(region), found.extensions
    columns = ("known", "first", "last", "provider", "label", *_EXTENSIONS)
    rows = [
        (
            *(found.on, table.first, table.last, row.provider, names.provider(row.provider)),
            *(getattr(row, name) for name in _EXTENSIONS),
        )
        for row in table.rows
    ]
    return attached_table(_name("verlengingen", region, asked), columns, rows)


@require_safe
@region_page("care_data.view")
def waves_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """Contract waves, and between which bounds the number lies that goes on from another."""
    asked, found = _analysed(request, region)
    rows = [(found.on, *(getattr(wave, name) for name in _WAVES)) for wave in found.waves]
    return attached_table(_name("contractgolven", region, asked), ("known", *_WAVES), rows)


def _analysed(request: RegionRequest, region: Any) -> tuple[Asked, AnalystView]:
    """What is asked for, and what explains the waiting times then; 404 where nothing does yet."""
    asked = asked_of(request, region)
    found = queries.analysis(asked.situation)
    if found is None:
        raise Http404
    return asked, found


def _name(what: str, region: Any, asked: Asked) -> str:
    return f"{what}-zorg-{region.slug}-{asked.situation.known}"
