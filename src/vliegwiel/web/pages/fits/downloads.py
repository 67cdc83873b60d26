"""A fit as files: its numbers, its test, and the care system itself."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.fit_outcomes import FitOutcome, HeldBack
from vliegwiel.apps.explorer.spreadsheets import FileColumn, Value, for_programs
from vliegwiel.science.yardstick import LEAST_SHOWN
from vliegwiel.web.pages.access import region_page
from vliegwiel.web.pages.attached import attached

_NUMBERS = [FileColumn(n) for n in ("address", "value", "low", "high", "unit", "observations")]
_TEST = [
    FileColumn(name)
    for name in ("measure", "care_type", "month", "happened", "expected", "low", "high")
]


@require_safe
@region_page("care_data.view")
def numbers_csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    """Every fitted number with its interval."""
    rows: Iterator[list[Value]] = (
        [part.address, part.value, part.low, part.high, part.unit, _observed(part.observations)]
        for part in _outcome(region, pk).parts
    )
    return _file("".join(for_programs(_NUMBERS, rows)), region, pk, "csv")


@require_safe
@region_page("care_data.view")
def held_back_csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    """The months that were held back: what was expected and what happened."""
    test = _outcome(region, pk).back_test
    if test is None:
        raise Http404
    lines = "".join(for_programs(_TEST, _months(test)))
    return _file(lines, region, pk, "csv", "-toets")


@require_safe
@region_page("care_data.view")
def care_system(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    """The document, for `vliegwiel forecast` and for other programs."""
    return _file(_outcome(region, pk).care_system, region, pk, "json")


def _outcome(region: Any, pk: int) -> FitOutcome:
    run = queries.fit(region, pk)
    if run is None or run.status != "done":
        raise Http404
    return queries.fit_outcome(run)


def _observed(count: int) -> Value:
    return count or f"<{LEAST_SHOWN}"


def _months(test: HeldBack) -> Iterator[list[Value]]:
    for row in test.rows:
        for at, month in enumerate(test.months):
            yield [
                row.measure, row.care_type, month,
                row.happened[at], row.median[at], row.low[at], row.high[at],
            ]  # fmt: skip


def _file(content: str, region: Any, pk: int, kind: str, more: str = "") -> HttpResponse:
    return attached(content, f"eigen-model-{region.slug}-{pk}{more}.{kind}")
