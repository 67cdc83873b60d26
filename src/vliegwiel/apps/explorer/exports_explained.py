"""What explains a forecast as files: flows, municipalities, their cost, and who waits today."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.apps.explorer.spreadsheets import (
    FileColumn,
    Value,
    Words,
    for_people,
    for_programs,
)
from vliegwiel.science.caresystem import (
    Compared,
    FlowRow,
    Forecast,
    Interval,
    MunicipalityCost,
    Text,
)

_PERCENT = 100.0
_PARTS = ("baseline", "scenario", "difference")
_PART_WORDS: Mapping[str, Words] = {
    "baseline": gettext_lazy("Without the change"),
    "scenario": gettext_lazy("With the change"),
    "difference": gettext_lazy("Difference"),
}
_LIMIT_WORDS: Mapping[str, Words] = {
    "median": gettext_lazy("middle"),
    "low": gettext_lazy("low end"),
    "high": gettext_lazy("high end"),
}
#: Numbers of a municipality over the period of the headline, not a month.
_OF_MUNICIPALITY = (
    "waiting_time", "share_within_norm", "waiting_list", "in_care", "arrivals", "starts", "cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table:
    """A file: its columns, and what makes its rows in the active language."""

    columns: Callable[[], Sequence[FileColumn]]
    rows: Callable[[Forecast], Iterator[list[Value]]]


def csv_lines(table: str, forecast: Forecast, *, region: str, scenario: Text) -> Iterator[str]:
    """A table for programs, in English. Raises KeyError when there is no such table."""
    with override("en"):
        columns, rows = _whole(table, forecast, region, scenario)
        yield from for_programs(columns, list(rows))


def spreadsheet_lines(
    table: str, forecast: Forecast, *, region: str, scenario: Text
) -> Iterator[str]:
    """The same for people, in the active language. Raises KeyError as `csv_lines` does."""
    yield from for_people(*_whole(table, forecast, region, scenario))


def _whole(
    table: str, forecast: Forecast, region: str, scenario: Text
) -> tuple[list[FileColumn], Iterator[list[Value]]]:
    """A table with what stands in front of every row, and behind it."""
    found = TABLES[table]
    front = [
        FileColumn("region_name", _("Region")),
        FileColumn("scenario"),
        FileColumn("scenario_name", _("Scenario")),
    ]
    title, kind = descriptions.in_language(scenario), _("outcome of a model")
    rows = ([region, forecast.identity.scenario, title, *row, kind] for row in found.rows(forecast))
    return [*front, *found.columns(), FileColumn("kind", _("Kind of number"))], rows


def _three() -> list[FileColumn]:
    """Middle and limits of a number without the change, with it, and of the difference."""
    return [
        FileColumn(f"{part}_{limit}", f"{_PART_WORDS[part]}: {_LIMIT_WORDS[limit]}")
        for part in _PARTS
        for limit in _LIMIT_WORDS
    ]


def _numbers(found: Compared | FlowRow | MunicipalityCost, factor: float = 1.0) -> list[Value]:
    values: list[Value] = []
    for part in _PARTS:
        values += _three_of(getattr(found, part), factor)
    return values


def _three_of(interval: Interval | None, factor: float = 1.0) -> list[Value]:
    if interval is None:
        return [None, None, None]
    ends = (interval.median, interval.low, interval.high)
    return [None if end is None else end * factor for end in ends]


def _flow_columns() -> list[FileColumn]:
    return [
        FileColumn("period", _("Period")),
        FileColumn("origin"),
        FileColumn("origin_name", _("From")),
        FileColumn("destination"),
        FileColumn("destination_name", _("To")),
        FileColumn("unit", _("Unit")),
        *_three(),
    ]


def _flows(forecast: Forecast) -> Iterator[list[Value]]:
    period, unit = sentences.period(forecast), _("youths a year")
    for row in forecast.flows:
        names = [
            descriptions.in_active_language(forecast.flow_labels[end])
            for end in (row.origin, row.destination)
        ]
        yield [
            period, row.origin, names[0], row.destination, names[1], unit, *_numbers(row)
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
        *_three(),
    ]


def _municipalities(forecast: Forecast) -> Iterator[list[Value]]:
    period = sentences.period(forecast)
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
            factor = _PERCENT if name == "share_within_norm" else 1.0
            unit = units.get(name, str(measure.unit))
            yield [
                period, row.code, row.name, row.care_type, care, name, str(measure.label), unit,
                *_numbers(getattr(row, name), factor),
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
        *_three(),
    ]


def _costs(forecast: Forecast) -> Iterator[list[Value]]:
    whole, unit = sentences.span(forecast.months[0], forecast.months[-1]), _("euros")
    for row in forecast.municipality_costs:
        care = descriptions.in_active_language(forecast.labels[row.care_type])
        period = whole if row.year is None else str(row.year)
        yield [
            row.code, row.name, row.care_type, care, period, row.months, unit, *_numbers(row)
        ]  # fmt: skip


def _queue_columns() -> list[FileColumn]:
    waited, days = _("Days waited until then"), _("Days from then until care starts")
    return [
        FileColumn("care_type"),
        FileColumn("care_type_name", _("Form of care")),
        FileColumn("place", _("Place in the queue")),
        *(FileColumn(f"waited_{k}", f"{waited}: {w}") for k, w in _LIMIT_WORDS.items()),
        *(FileColumn(f"days_{k}", f"{days}: {w}") for k, w in _LIMIT_WORDS.items()),
        FileColumn("leaves", _("Stops waiting before (%)")),
        FileColumn("waits_on", _("Still waits at the end (%)")),
    ]


def _queue(forecast: Forecast) -> Iterator[list[Value]]:
    for row in forecast.queue:
        yield [
            row.care_type,
            descriptions.in_active_language(forecast.labels[row.care_type]),
            row.place,
            *_three_of(row.waited),
            *_three_of(row.days),
            row.leaves * _PERCENT,
            row.waits_on * _PERCENT,
        ]


#: The tables by their name in an address.
TABLES: Mapping[str, _Table] = {
    "stromen": _Table(_flow_columns, _flows),
    "gemeenten": _Table(_municipality_columns, _municipalities),
    "gemeentekosten": _Table(_cost_columns, _costs),
    "wachtenden": _Table(_queue_columns, _queue),
}
