"""A forecast as a file, marked as an outcome of a model: the same from a page and a command."""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.apps.explorer.forecasting import Outcome
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
_BYTE_ORDER_MARK = "\ufeff"
#: What a measure is called and what its unit is, for people.
_MEASURES: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "waiting_time": (gettext_lazy("Waiting time of youths who start"), gettext_lazy("days")),
    "waiting_list": (gettext_lazy("Waiting list"), gettext_lazy("youths")),
    "in_care": (gettext_lazy("Youths in care"), gettext_lazy("youths")),
    "starts": (gettext_lazy("Youths who start"), gettext_lazy("youths a month")),
    "arrivals": (gettext_lazy("Youths who come"), gettext_lazy("youths a month")),
    "leaving": (gettext_lazy("Youths who stop waiting"), gettext_lazy("youths a month")),
    "cost": (gettext_lazy("Cost"), gettext_lazy("euros a month")),
    "share_within_norm": (gettext_lazy("Starts within the norm"), gettext_lazy("percent")),
    "utilisation": (gettext_lazy("Use of places"), gettext_lazy("percent")),
}
_PERCENT = 100.0
# What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What a CSV writer writes to: gives the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(forecast: Forecast) -> Iterator[str]:
    """One line a month, form of care and measure, for programs: `COLUMNS`, and all in English."""
    writer = csv.writer(_Line())
    identity = forecast.identity
    yield writer.writerow(COLUMNS)
    for row in forecast.rows():
        named = {
            **row,
            "region": identity.region,
            "scenario": identity.scenario,
            "care_type_name": forecast.labels[str(row["care_type"])]["en"],
            "kind": _KIND,
        }
        yield writer.writerow([_cell(named[column]) for column in COLUMNS])


def spreadsheet_lines(forecast: Forecast, *, region: str, scenario: str) -> Iterator[str]:
    """The same for people, in the active language, as a Dutch spreadsheet opens it by itself.

    Semicolons, decimal commas, days before months, and a mark at the beginning by which a
    spreadsheet sees the encoding. `region` and `scenario` are their names; shares are percentages.
    """
    writer = csv.writer(_Line(), delimiter=";")
    yield _BYTE_ORDER_MARK
    yield writer.writerow(_headings())
    kind = _("outcome of a model")
    region, scenario = plain_text(region), plain_text(scenario)
    for row in forecast.rows():
        measure = str(row["measure"])
        what, unit = _MEASURES[measure]
        factor = _PERCENT if row["unit"] == "share" else 1.0
        label = plain_text(descriptions.in_active_language(forecast.labels[str(row["care_type"])]))
        month = date.fromisoformat(str(row["month"]))
        numbers = [_dutch(row[column], factor) for column in COLUMNS[7:16]]
        yield writer.writerow(
            [region, scenario, f"{month:%d-%m-%Y}", label, what, unit, *numbers, kind]
        )


def plain_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whoever thought it up."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _headings() -> list[str]:
    parts = (_("Without the change"), _("With the change"), _("Difference"))
    limits = (_("middle"), _("low end"), _("high end"))
    return [
        _("Region"), _("Scenario"), _("Month"), _("Form of care"), _("Measure"), _("Unit"),
        *(f"{part}: {limit}" for part in parts for limit in limits),
        _("Kind of number"),
    ]  # fmt: skip


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.10g}"


def _dutch(value: str | float | None, factor: float) -> str:
    if value is None or isinstance(value, str):
        return ""
    return f"{value * factor:.10g}".replace(".", ",")


def marked_json(outcome: Outcome) -> str:
    """The whole outcome, with what kind of thing it is and its sentence in both languages."""
    marked: dict[str, Any] = {"kind": {}, "sentence": {}}
    for language in ("nl", "en"):
        with override(language):
            marked["kind"][language] = _("outcome of a model")
            marked["sentence"][language] = sentences.headline(outcome.forecast)
    return json.dumps({**marked, **json.loads(outcome.to_json())}, ensure_ascii=False)
