"""A forecast as files, each marked as an outcome of a model."""

import csv as csv_format
import json as json_format
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer import descriptions, queries, sentences
from vliegwiel.science.caresystem import Forecast
from vliegwiel.web.pages.access import region_page

_COLUMNS = (
    "region", "scenario", "month", "care_type", "care_type_name", "measure", "unit",
    "baseline_median", "baseline_low", "baseline_high",
    "scenario_median", "scenario_low", "scenario_high",
    "difference_median", "difference_low", "difference_high",
    "kind",
)  # fmt: skip
_BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """What a CSV writer writes to: gives the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(forecast: Forecast, *, dutch: bool) -> Iterator[str]:
    """One line a month, form of care and measure. `dutch`: semicolons and decimal commas, as Dutch
    spreadsheets expect, and a mark by which they see the encoding."""
    writer = csv_format.writer(_Line(), delimiter=";" if dutch else ",")
    identity = forecast.identity
    if dutch:
        yield _BYTE_ORDER_MARK
    yield writer.writerow(_COLUMNS)
    for row in forecast.rows():
        named = {
            **row,
            "region": identity.region,
            "scenario": identity.scenario,
            "care_type_name": descriptions.in_active_language(
                forecast.labels[str(row["care_type"])]
            ),
            "kind": _("outcome of a model"),
        }
        yield writer.writerow([_cell(named[column], dutch=dutch) for column in _COLUMNS])


def _cell(value: str | float | None, *, dutch: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{value:.10g}"
    return text.replace(".", ",") if dutch else text


@require_safe
@region_page("region.view")
def csv(request: HttpRequest, region: Any, pk: int) -> StreamingHttpResponse:
    run = _done(region, pk)
    lines = list(
        csv_lines(queries.outcome_of(run).forecast, dutch=request.GET.get("notation") == "nl")
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(run)}.csv"'
    return answer


@require_safe
@region_page("region.view")
def json(request: HttpRequest, region: Any, pk: int) -> HttpResponse:  # noqa: ARG001
    run = _done(region, pk)
    forecast = queries.outcome_of(run).forecast
    marked: dict[str, Any] = {"kind": {}, "sentence": {}}
    for language in ("nl", "en"):
        with override(language):
            marked["kind"][language] = _("outcome of a model")
            marked["sentence"][language] = sentences.headline(forecast)
    body = {**marked, **json_format.loads(queries.result_text(run.pk))}
    answer = HttpResponse(
        json_format.dumps(body, ensure_ascii=False), content_type="application/json"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(run)}.json"'
    return answer


def _done(region: Any, pk: int) -> Any:
    run = queries.run(region, pk)
    if run is None or run.status != "done":
        raise Http404
    return run


def _name(run: Any) -> str:
    return f"{run.scenario.identifier}-{run.scenario.number}-{run.pk}"
