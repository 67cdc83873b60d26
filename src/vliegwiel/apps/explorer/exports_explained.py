"""What explains a forecast as files: a file for each picture and table of its page."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.apps.explorer import descriptions, exports_weighed, sentences
from vliegwiel.apps.explorer.exports_tables import (
    PERCENT,
    ExportTable,
    Told,
    ends,
    ends_columns,
    three_columns,
    three_numbers,
)
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.apps.explorer.spreadsheets import FileColumn, Value, for_people, for_programs

__all__ = ["TABLES", "Told", "csv_lines", "spreadsheet_lines"]

#: Numbers of a municipality over the period of the headline, not a month.
_OF_MUNICIPALITY = (
    "waiting_time", "share_within_norm", "waiting_list", "in_care", "arrivals", "starts", "cost",
)  # fmt: skip


def csv_lines(table: str, told: Told) -> Iterator[str]:
    """A table for programs, in English. Raises KeyError when there is no such table."""
    with override("en"):
        columns, rows = _whole(table, told)
        yield from for_programs(columns, list(rows))


def spreadsheet_lines(table: str, told: Told) -> Iterator[str]:
    """The same for people, in the active language. Raises KeyError as `csv_lines` does."""
    yield from for_people(*_whole(table, told))


def _whole(table: str, told: Told) -> tuple[list[FileColumn], Iterator[list[Value]]]:
    """A table with what stands in front of every row, and behind it."""
    found = TABLES[table]
    front = [
        FileColumn("region_name", _("Region")),
        FileColumn("scenario"),
        FileColumn("scenario_name", _("Scenario")),
    ]
    title, kind = descriptions.in_language(told.scenario.title), _("outcome of a model")
    named = (told.region, told.forecast.identity.scenario, title)
    rows = ([*named, *row, kind] for row in found.rows(told))
    return [*front, *found.columns(), FileColumn("kind", _("Kind of number"))], rows


def _flow_columns() -> list[FileColumn]:
    return [
        FileColumn("period", _("Period")),
        FileColumn("origin"),
        FileColumn("origin_name", _("From")),
        FileColumn("destination"),
        FileColumn("destination_name", _("To")),
        FileColumn("unit", _("Unit")),
        *three_columns(),
    ]


def _flows(told: Told) -> Iterator[list[Value]]:
    forecast, unit = told.forecast, _("youths a year")
    period = sentences.period(forecast)
    for row in forecast.flows:
        names = [
            descriptions.in_active_language(forecast.flow_labels[end])
            for end in (row.origin, row.destination)
        ]
        yield [
            period, row.origin, names[0], row.destination, names[1], unit, *three_numbers(row)
        ]  # fmt: skip


def _municipality_columns() -> list[FileColumn]:
    return [
        FileColumn("period", _("Period")),
        FileColumn("municipality"),
        FileColumn("municipality_name", _("Municipality")),
        FileColumn("care_type"),
        FileColumn("care_type_name", _("Form of care")),
        FileColumn("measure"),
        FileColumn("measure_name", _("Measure")),
        FileColumn("unit", _("Unit")),
        *three_columns(),
    ]


def _municipalities(told: Told) -> Iterator[list[Value]]:
    forecast, period = told.forecast, sentences.period(told.forecast)
    units = {
        "arrivals": _("youths"),
        "starts": _("youths"),
        "cost": _("euros"),
        "share_within_norm": _("percent"),
    }
    for row in forecast.municipalities:
        care = descriptions.in_active_language(forecast.labels[row.care_type])
        for name in _OF_MUNICIPALITY:
            measure = MEASURES[name]
            factor = PERCENT if name == "share_within_norm" else 1.0
            unit = units.get(name, str(measure.unit))
            yield [
                period, row.code, row.name, row.care_type, care, name, str(measure.label), unit,
                *three_numbers(getattr(row, name), factor),
            ]  # fmt: skip


def _cost_columns() -> list[FileColumn]:
    return [
        FileColumn("municipality"),
        FileColumn("municipality_name", _("Municipality")),
        FileColumn("care_type"),
        FileColumn("care_type_name", _("Form of care")),
        FileColumn("period", _("Period")),
        FileColumn("months", _("Months")),
        FileColumn("unit", _("Unit")),
        *three_columns(),
    ]


def _costs(told: Told) -> Iterator[list[Value]]:
    forecast, unit = told.forecast, _("euros")
    whole = sentences.span(forecast.months[0], forecast.months[-1])
    for row in forecast.municipality_costs:
        care = descriptions.in_active_language(forecast.labels[row.care_type])
        period = whole if row.year is None else str(row.year)
        yield [
            row.code, row.name, row.care_type, care, period, row.months, unit, *three_numbers(row)
        ]  # fmt: skip


def _queue_columns() -> list[FileColumn]:
    waited, days = _("Days waited until then"), _("Days from then until care starts")
    return [
        FileColumn("care_type"),
        FileColumn("care_type_name", _("Form of care")),
        FileColumn("place", _("Place in the queue")),
        *ends_columns("waited", waited),
        *ends_columns("days", days),
        FileColumn("leaves", _("Stops waiting before (%)")),
        FileColumn("waits_on", _("Still waits at the end (%)")),
    ]


def _queue(told: Told) -> Iterator[list[Value]]:
    for row in told.forecast.queue:
        yield [
            row.care_type,
            descriptions.in_active_language(told.forecast.labels[row.care_type]),
            row.place,
            *ends(row.waited),
            *ends(row.days),
            row.leaves * PERCENT,
            row.waits_on * PERCENT,
        ]


#: The tables by their name in an address.
TABLES: Mapping[str, ExportTable] = {
    "stromen": ExportTable(_flow_columns, _flows),
    "gemeenten": ExportTable(_municipality_columns, _municipalities),
    "gemeentekosten": ExportTable(_cost_columns, _costs),
    "wachtenden": ExportTable(_queue_columns, _queue),
    **exports_weighed.TABLES,
}
