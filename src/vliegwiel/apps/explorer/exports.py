"""A forecast as a file, marked as an outcome of a model: the same from a page and a command."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.science.caresystem import Forecast

COLUMNS = (
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
    """One line a month, form of care and measure.

    `dutch` is for Dutch spreadsheets: semicolons, decimal commas, and a mark at the beginning by
    which they see the encoding.
    """
    writer = csv.writer(_Line(), delimiter=";" if dutch else ",")
    identity = forecast.identity
    if dutch:
        yield _BYTE_ORDER_MARK
    yield writer.writerow(COLUMNS)
    for row in forecast.rows():
        label = forecast.labels[str(row["care_type"])]
        named = {
            **row,
            "region": identity.region,
            "scenario": identity.scenario,
            "care_type_name": descriptions.in_active_language(label),
            "kind": _("outcome of a model"),
        }
        yield writer.writerow([_cell(named[column], dutch=dutch) for column in COLUMNS])


def _cell(value: str | float | None, *, dutch: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{value:.10g}"
    return text.replace(".", ",") if dutch else text


def marked_json(outcome: Outcome) -> str:
    """The whole outcome, with what kind of thing it is and its sentence in both languages."""
    marked: dict[str, Any] = {"kind": {}, "sentence": {}}
    for language in ("nl", "en"):
        with override(language):
            marked["kind"][language] = _("outcome of a model")
            marked["sentence"][language] = sentences.headline(outcome.forecast)
    return json.dumps({**marked, **json.loads(outcome.to_json())}, ensure_ascii=False)
