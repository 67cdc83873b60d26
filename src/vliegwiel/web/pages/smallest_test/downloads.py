"""An answer as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer import pilot_words, queries
from vliegwiel.web.pages.access import region_page


@require_safe
@region_page("region.view")
def csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    test = queries.smallest_test_of(run)
    dutch = request.GET.get("notation") == "nl"
    lines = pilot_words.spreadsheet_lines(test) if dutch else pilot_words.csv_lines(test)
    return _file("".join(lines), run, "csv", "text/csv; charset=utf-8")


@require_safe
@region_page("region.view")
def json(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    text = pilot_words.marked_json(queries.smallest_test_of(run))
    return _file(text, run, "json", "application/json")


def _file(text: str, run: Any, ending: str, content_type: str) -> HttpResponse:
    name = f"kleinste-proef-{run.scenario.identifier}-{run.pk}.{ending}"
    answer = HttpResponse(text, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _done(region: Any, pk: int) -> Any:
    run = queries.smallest_test_run(region, pk)
    if run is None or run.status != "done":
        raise Http404
    return run
