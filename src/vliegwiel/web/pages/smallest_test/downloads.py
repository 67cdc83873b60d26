"""An answer as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer import pilot_words, queries
from vliegwiel.web.pages.access import region_page
from vliegwiel.web.pages.attached import attached


@require_safe
@region_page("region.view")
def csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    test = queries.smallest_test_of(run)
    dutch = request.GET.get("notation") == "nl"
    lines = pilot_words.spreadsheet_lines(test) if dutch else pilot_words.csv_lines(test)
    return attached("".join(lines), _named(run, "csv"))


@require_safe
@region_page("region.view")
def json(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _done(region, pk)
    text = pilot_words.marked_json(queries.smallest_test_of(run))
    return attached(text, _named(run, "json"))


def _named(run: Any, ending: str) -> str:
    return f"kleinste-proef-{run.scenario.identifier}-{run.pk}.{ending}"


def _done(region: Any, pk: int) -> Any:
    run = queries.smallest_test_run(region, pk)
    if run is None or run.status != "done":
        raise Http404
    return run
