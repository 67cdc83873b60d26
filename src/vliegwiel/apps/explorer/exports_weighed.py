"""What a change does, costs and rests on as files: the tables behind the findings of a forecast."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import assumed, descriptions, sentences, ways
from vliegwiel.apps.explorer.cost_years import a_year
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
from vliegwiel.apps.explorer.spreadsheets import FileColumn, Value
from vliegwiel.science.caresystem import Compared, Interval, Series, way_of

_OF_WATER_BED = ("waiting_time", "waiting_list", "in_care", "cost")


def _water_bed_columns() -> list[FileColumn]:
    return [
        FileColumn("period", _("Period")),
        *_care_type_columns(),
        *_measure_columns(),
        *ends_columns("difference", _("Difference")),
        FileColumn("judgement", _("Judgement")),
    ]


def _care_type_columns() -> list[FileColumn]:
    return [FileColumn("care_type"), FileColumn("care_type_name", _("Form of care"))]


def _measure_columns() -> list[FileColumn]:
    return [
        FileColumn("measure"),
        FileColumn("measure_name", _("Measure")),
        FileColumn("unit", _("Unit")),
    ]


def _water_bed(told: Told) -> Iterator[list[Value]]:
    period = sentences.period(told.forecast)
    for row in told.forecast.water_bed:
        for name in _OF_WATER_BED:
            measure, found = MEASURES[name], getattr(row, name)
            unit = _("euros") if name == "cost" else str(measure.unit)
            yield [
                period, row.care_type, _label(told, row.care_type), name, str(measure.label), unit,
                *ends(found), ways.word(name, way_of(found)),
            ]  # fmt: skip


def _cost_columns() -> list[FileColumn]:
    return [
        *_care_type_columns(),
        FileColumn("span"),
        FileColumn("period", _("Period")),
        FileColumn("months", _("Months")),
        FileColumn("unit", _("Unit")),
        *three_columns(),
        *ends_columns("share", _("Difference as a part of the cost without the change (%)")),
        *ends_columns("youths", _("Youths in care at once: difference")),
    ]


def _costs(told: Told) -> Iterator[list[Value]]:
    """Each calendar year, all months together, and what that is on average a year."""
    forecast, unit = told.forecast, _("euros")
    for year in forecast.costs:
        label = _label(told, year.care_type)
        yield [
            year.care_type, label, "year", str(year.year), year.months, unit,
            *three_numbers(year), *ends(None), *ends(None),
        ]  # fmt: skip
    together = sentences.span(forecast.months[0], forecast.months[-1])
    for total in forecast.cost_totals:
        label, parts = _label(told, total.care_type), (total.baseline, total.scenario)
        yield [
            total.care_type, label, "together", together, len(forecast.months), unit,
            *three_numbers(total), *ends(total.share, PERCENT), *ends(total.youths),
        ]  # fmt: skip
        yearly = [a_year(forecast, part) for part in (*parts, total.difference)]
        yield [
            total.care_type, label, "average_year", _("On average a year"), 12, unit,
            *(end for part in yearly for end in ends(part)), *ends(None), *ends(None),
        ]  # fmt: skip


def _tornado_columns() -> list[FileColumn]:
    return [
        *_care_type_columns(),
        FileColumn("outcome_of"),
        FileColumn("outcome", _("Outcome with all at their likeliest (days)")),
        *_assumption_columns(),
        FileColumn("outcome_low", _("Outcome at the lowest value (days)")),
        FileColumn("chance_low", _("What chance alone can do at the lowest value (days)")),
        FileColumn("outcome_high", _("Outcome at the highest value (days)")),
        FileColumn("chance_high", _("What chance alone can do at the highest value (days)")),
        FileColumn("more_than_chance", _("More than chance")),
        FileColumn("why", _("Why this range")),
    ]


def _assumption_columns() -> list[FileColumn]:
    """An assumption as numbers for programs, and in words."""
    return [
        FileColumn("assumption"),
        FileColumn("assumption_name", _("Assumption")),
        FileColumn("unit"),
        FileColumn("likeliest"),
        FileColumn("lowest"),
        FileColumn("highest"),
        FileColumn("likeliest_in_words", _("Likeliest")),
        FileColumn("lowest_in_words", _("Lowest")),
        FileColumn("highest_in_words", _("Highest")),
    ]


def _assumption(told: Told, item: assumed.Assumption) -> list[Value]:
    numbers = (item.value, item.low, item.high)
    words = [assumed.in_words(item, number, told.scenario) for number in numbers]
    name = assumed.name(item, told.scenario, told.system)
    return [item.address, name, item.unit, *numbers, *words]


def _tornado(told: Told) -> Iterator[list[Value]]:
    """Nothing where there is no waiting time to compare, as on the page."""
    found = told.outcome.sensitivity
    if assumed.untold(told.forecast, found):
        return
    what = "difference" if found.is_difference else "waiting_time"
    for row in found.rows:
        yield [
            found.focus, _label(told, found.focus), what, found.outcome, *_assumption(told, row),
            row.outcome_low, row.noise_low, row.outcome_high, row.noise_high,
            _("yes") if row.stands_out(found.outcome) else _("no"),
            descriptions.in_active_language(row.why),
        ]  # fmt: skip


def _assumed_columns() -> list[FileColumn]:
    return [*_assumption_columns(), FileColumn("why", _("Why this range"))]


def _assumptions(told: Told) -> Iterator[list[Value]]:
    for item in assumed.in_order(told.forecast.assumptions):
        yield [*_assumption(told, item), descriptions.in_active_language(item.why)]


def _provider_columns() -> list[FileColumn]:
    return [
        FileColumn("month", _("Month")),
        *_care_type_columns(),
        FileColumn("provider"),
        FileColumn("provider_name", _("Provider")),
        *_measure_columns(),
        *three_columns(),
    ]


def _providers(told: Told) -> Iterator[list[Value]]:
    """A provider, measure and month: for people in the notation of all other months."""
    for one in told.forecast.providers:
        care, name = _label(told, one.care_type), descriptions.in_active_language(one.label)
        for key, series in one.series.items():
            measure = MEASURES[key]
            for k, month in enumerate(told.forecast.months):
                yield [
                    month, one.care_type, care, one.provider, name, key,
                    str(measure.label), str(measure.file_unit),
                    *three_numbers(_in_month(series, k), measure.file_factor),
                ]  # fmt: skip


def _in_month(series: Series, k: int) -> Compared:
    """One month of a series."""
    plain, *others = [
        None if band is None else Interval(band.median[k], band.low[k], band.high[k])
        for band in (series.baseline, series.scenario, series.difference)
    ]
    return Compared(plain or Interval(None, None, None), *others)


def _label(told: Told, care_type: str) -> str:
    return descriptions.in_active_language(told.forecast.labels[care_type])


#: The tables by their name in an address.
TABLES: Mapping[str, ExportTable] = {
    "waterbed": ExportTable(_water_bed_columns, _water_bed),
    "kosten": ExportTable(_cost_columns, _costs),
    "tornado": ExportTable(_tornado_columns, _tornado),
    "aannames": ExportTable(_assumed_columns, _assumptions),
    "aanbieders": ExportTable(_provider_columns, _providers),
}
