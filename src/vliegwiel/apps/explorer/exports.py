"""A forecast as a file, marked as an outcome of a model: the same from a page and a command."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.apps.explorer.spreadsheets import (
    BYTE_ORDER_MARK,
    Value,
    line_writer,
    people_cell,
    plain_text,
    program_cell,
)
from vliegwiel.science.caresystem import Forecast

#: Columns of the file for machines: they keep their names in every language and version.
COLUMNS = (
    "region", "scenario", "month", "care_type", "care_type_name", "measure", "unit",
    "baseline_median", "baseline_low", "baseline_high",
    "scenario_median", "scenario_low", "scenario_high",
    "difference_median", "difference_low", "difference_high",
    "kind",
)  # fmt: skip
_KIND = "outcome of a model"


def csv_lines(forecast: Forecast) -> Iterator[str]:
    """One line a month, form of care and measure, for programs: `COLUMNS`, and all in English."""
    write = line_writer()
    yield write(COLUMNS)
    for row in program_rows(forecast):
        yield write([program_cell(value) for value in row])


def program_rows(forecast: Forecast) -> Iterator[list[Value]]:
    """The values of `COLUMNS` for each line."""
    identity = forecast.identity
    for row in forecast.rows():
        named = {
            **row,
            "region": identity.region,
            "scenario": identity.scenario,
            "care_type_name": forecast.labels[str(row["care_type"])]["en"],
            "kind": _KIND,
        }
        yield [named[column] for column in COLUMNS]


def spreadsheet_lines(forecast: Forecast, *, region: str, scenario: str) -> Iterator[str]:
    """The same for people, in the active language, as a Dutch spreadsheet opens it by itself.

    Semicolons, decimal commas, days before months, and a mark at the beginning by which a
    spreadsheet sees the encoding. `region` and `scenario` are their names; shares are percentages.
    """
    write = line_writer(people=True)
    yield BYTE_ORDER_MARK
    yield write(_headings())
    kind = _("outcome of a model")
    region, scenario = plain_text(region), plain_text(scenario)
    for row in forecast.rows():
        told = MEASURES[str(row["measure"])]
        label = plain_text(descriptions.in_active_language(forecast.labels[str(row["care_type"])]))
        month = date.fromisoformat(str(row["month"]))
        numbers = [_shown(row[column], told.file_factor) for column in COLUMNS[7:16]]
        yield write(
            [
                region,
                scenario,
                f"{month:%d-%m-%Y}",
                label,
                told.label,
                told.file_unit,
                *numbers,
                kind,
            ]
        )


def _headings() -> list[str]:
    parts = (_("Without the change"), _("With the change"), _("Difference"))
    limits = (_("middle"), _("low end"), _("high end"))
    return [
        _("Region"), _("Scenario"), _("Month"), _("Form of care"), _("Measure"), _("Unit"),
        *(f"{part}: {limit}" for part in parts for limit in limits),
        _("Kind of number"),
    ]  # fmt: skip


def _shown(value: str | float | None, factor: float) -> str:
    return "" if value is None or isinstance(value, str) else people_cell(value * factor)


def marked_json(outcome: Outcome) -> str:
    """The whole outcome, with what kind of thing it is and its sentence in both languages."""
    return _marked(outcome.forecast, json.loads(outcome.to_json()))


def marked_forecast_json(forecast: Forecast) -> str:
    """The same of a forecast alone: without `sensitivity`, and nobody in its `queue`."""
    return _marked(forecast, {"forecast": json.loads(forecast.to_json())})


def _marked(forecast: Forecast, parts: dict[str, Any]) -> str:
    marked: dict[str, Any] = {"kind": {}, "sentence": {}}
    for language in ("nl", "en"):
        with override(language):
            marked["kind"][language] = _("outcome of a model")
            marked["sentence"][language] = sentences.headline(forecast)
    return json.dumps({**marked, **parts}, ensure_ascii=False)
