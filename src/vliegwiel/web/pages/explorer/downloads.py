"""A forecast as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer import (
    descriptions,
    exports,
    exports_compared,
    exports_explained,
    queries,
)
from vliegwiel.web.pages.access import region_page
from vliegwiel.web.pages.attached import attached

from . import choosing


@require_safe
@region_page("region.view")
def csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    forecast = queries.outcome_of(run).forecast
    if _for_people(request):
        title = descriptions.in_language(queries.scenario(run.scenario).title)
        lines = exports.spreadsheet_lines(forecast, region=region.name, scenario=title)
    else:
        lines = exports.csv_lines(forecast)
    return attached("".join(lines), _named(run, ".csv"))


@require_safe
@region_page("region.view")
def json(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    return attached(exports.marked_json(queries.outcome_of(run)), _named(run, ".json"))


@require_safe
@region_page("region.view")
def table_csv(request: HttpRequest, region: Any, pk: int, table: str) -> HttpResponse:
    """A table that explains a forecast, such as its flows."""
    if table not in exports_explained.TABLES:
        raise Http404
    run = _done(region, pk)
    told = exports_explained.Told(
        outcome=queries.outcome_of(run),
        scenario=queries.scenario(run.scenario),
        system=queries.system_of(run.scenario),
        region=region.name,
    )
    write = (
        exports_explained.spreadsheet_lines if _for_people(request) else exports_explained.csv_lines
    )
    lines = write(table, told)
    return attached("".join(lines), _named(run, f"-{table}.csv"))


@require_safe
@region_page("region.view")
def comparison_csv(request: HttpRequest, region: Any) -> HttpResponse:
    """The table of a comparison."""
    found = _compared(request, region)
    if _for_people(request):
        name = _name_of(found, "tabel")
        lines = exports_compared.spreadsheet_lines(_sides(found), region=region.name)
    else:
        # A name of its own: both files are often kept in one folder.
        name = _name_of(found, "table")
        # A file for programs is English throughout: also the titles, whoever asks for it.
        with override("en"):
            sides = _sides(found)
        lines = exports_compared.csv_lines(sides, region=region.name)
    return attached("".join(lines), name)


@require_safe
@region_page("region.view")
def comparison_months_csv(request: HttpRequest, region: Any) -> HttpResponse:
    """Everything by month of all forecasts of a comparison."""
    found = _compared(request, region)
    if _for_people(request):
        lines = exports_compared.month_lines(_sides(found), region=region.name)
        return attached("".join(lines), _name_of(found, "maanden"))
    with override("en"):
        sides = _sides(found)
    lines = exports_compared.month_csv_lines(sides)
    return attached("".join(lines), _name_of(found, "months"))


def _for_people(request: HttpRequest) -> bool:
    return request.GET.get("notation") == "nl"


def _compared(request: HttpRequest, region: Any) -> choosing.Asked:
    """The forecasts of the address; Http404 when they may not be compared."""
    found = choosing.asked(region, choosing.numbers_of(request.GET))
    if found.reason is not None:
        raise Http404
    return found


def _sides(found: choosing.Asked) -> list[exports_compared.Named]:
    """The forecasts with their names in the active language."""
    return [
        exports_compared.Named(name, forecast)
        for name, forecast in zip(choosing.names(found.runs), found.forecasts, strict=True)
    ]


def _name_of(found: choosing.Asked, part: str) -> str:
    """The name of a file: `part` tells what is in it."""
    return f"vergelijking-{len(found.runs)}-{found.forecasts[0].identity.region}-{part}.csv"


def _named(run: Any, ending: str) -> str:
    return f"{run.scenario.identifier}-{run.scenario.number}-{run.pk}{ending}"


def _done(region: Any, pk: int) -> Any:
    run = queries.run(region, pk)
    if run is None or run.status != "done":
        raise Http404
    return run
