"""A comparison of forecasts as a file: the table, and everything by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vliegwiel.apps.explorer import comparing, descriptions, exports, sentences, ways
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.apps.explorer.spreadsheets import (
    FileColumn,
    Value,
    for_people,
    for_programs,
    line_writer,
    program_cell,
)
from vliegwiel.science.caresystem import Forecast, Interval

COLUMNS = (
    FileColumn("region_name", gettext_lazy("Region")),
    FileColumn("scenario"),
    FileColumn("scenario_name", gettext_lazy("Scenario")),
    FileColumn("period", gettext_lazy("Period")),
    FileColumn("care_type"),
    FileColumn("care_type_name", gettext_lazy("Form of care")),
    FileColumn("measure"),
    FileColumn("measure_name", gettext_lazy("Measure")),
    FileColumn("unit", gettext_lazy("Unit")),
    FileColumn("difference_median", gettext_lazy("Difference: middle")),
    FileColumn("difference_low", gettext_lazy("Difference: low end")),
    FileColumn("difference_high", gettext_lazy("Difference: high end")),
    FileColumn("judgement", gettext_lazy("Judgement")),
    FileColumn("kind", gettext_lazy("Kind of number")),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A forecast with the name that tells it from the others."""

    name: str
    forecast: Forecast


def csv_lines(sides: Sequence[Named], *, region: str) -> Iterator[str]:
    """A line for each number of each scenario, for programs: in English."""
    with override("en"):
        yield from for_programs(COLUMNS, list(_rows(sides, region)))


def spreadsheet_lines(sides: Sequence[Named], *, region: str) -> Iterator[str]:
    """The same for people, in the active language."""
    yield from for_people(COLUMNS, _rows(sides, region))


def month_lines(sides: Sequence[Named], *, region: str) -> Iterator[str]:
    """Every month of every scenario under each other, for people."""
    for place, side in enumerate(sides):
        lines = exports.spreadsheet_lines(side.forecast, region=region, scenario=side.name)
        # The mark of the encoding and the headings stand there once.
        yield from islice(lines, 2 if place else 0, None)


def month_csv_lines(sides: Sequence[Named]) -> Iterator[str]:
    """The same for programs, in English: the columns of one forecast behind the scenario's name."""
    write = line_writer()
    yield write(["scenario_name", *exports.COLUMNS])
    for side in sides:
        for row in exports.program_rows(side.forecast):
            yield write([program_cell(value) for value in (side.name, *row)])


def _rows(sides: Sequence[Named], region: str) -> Iterator[list[Value]]:
    forecasts = [side.forecast for side in sides]
    kind = _("outcome of a model")
    for row in comparing.rows(forecasts):
        measure = MEASURES[row.measure]
        for side, found, way in zip(sides, row.differences, row.ways, strict=True):
            if found is None or way == "unknown":
                continue
            forecast = side.forecast
            yield [
                region,
                forecast.identity.scenario,
                side.name,
                _period(forecast, row),
                row.care_type,
                descriptions.in_active_language(forecast.labels[row.care_type]),
                row.measure,
                str(measure.label),
                str(_("euros") if row.measure == "cost" else measure.unit),
                *_numbers(found),
                ways.word(row.measure, way),
                kind,
            ]


def _period(forecast: Forecast, row: comparing.ComparedRow) -> str:
    if row.span == "total":
        return sentences.span(forecast.months[0], forecast.months[-1])
    return sentences.period(forecast)


def _numbers(found: Interval) -> tuple[float | None, ...]:
    return found.median, found.low, found.high
