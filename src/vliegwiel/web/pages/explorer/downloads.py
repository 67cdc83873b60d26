"""A forecast as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer import descriptions, exports, queries
from vliegwiel.web.pages.access import region_page


@require_safe
@region_page("region.view")
def csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    forecast = queries.outcome_of(run).forecast
    if request.GET.get("notation") == "nl":
        title = descriptions.in_language(queries.scenario(run.scenario).title)
        lines = exports.spreadsheet_lines(forecast, region=region.name, scenario=title)
    else:
        lines = exports.csv_lines(forecast)
    return _file("".join(lines), run, "csv", "text/csv; charset=utf-8")


@require_safe
@region_page("region.view")
def json(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    return _file(exports.marked_json(queries.outcome_of(run)), run, "json", "application/json")


def _file(text: str, run: Any, ending: str, content_type: str) -> HttpResponse:
    name = f"{run.scenario.identifier}-{run.scenario.number}-{run.pk}.{ending}"
    answer = HttpResponse(text, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _done(region: Any, pk: int) -> Any:
    run = queries.run(region, pk)
    if run is None or run.status != "done":
        raise Http404
    return run
