"""The figures of a finished forecast, each as the one figure block."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.apps.explorer.edits import rollout_of
from vliegwiel.science.caresystem import (
    ALL,
    Band,
    Forecast,
    Scenario,
    Sensitivity,
    SensitivityRow,
    Series,
)
from vliegwiel.web import notation
from vliegwiel.web.charts import (
    BandPoint,
    BandSeries,
    DifferenceRow,
    Event,
    TornadoRow,
    band_chart,
    difference_bars,
    tornado_chart,
)
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table

from .amounts import Measure, amount, euro_interval, rounded_euro, signed_interval

_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """What all figures of one forecast share."""

    forecast: Forecast
    scenario: Scenario
    source: str
    date: str
    how: Sequence[str]
    downloads: Sequence[Download]

    @property
    def language(self) -> str:
        return (get_language() or "nl")[:2]

    def label(self, care_type: str) -> str:
        return in_active_language(self.forecast.labels[care_type])

    def block(
        self, key: str, *, title: str, what: str, table: Table, chart: str, hover: bool = False
    ) -> FigureBlock:
        return FigureBlock(
            id=key,
            title=title,
            what=what,
            table=table,
            chart=chart,
            quality=Quality("model", _("an outcome of the model, not a measurement")),
            source=self.source,
            date=self.date,
            how=self.how,
            downloads=self.downloads,
            hover=hover,
        )


def through_time(frame: Frame, measure: Measure, care_type: str) -> FigureBlock:
    """Baseline and scenario month by month, with the bands that hold 80 of 100 outcomes."""
    series = frame.forecast.of(measure.key, care_type)
    lines = [
        BandSeries(_("Without the change"), _points(frame, series.baseline, measure), "baseline")
    ]
    if series.scenario is not None:
        changed = _points(frame, series.scenario, measure)
        lines.append(BandSeries(_("With the change"), changed, "scenario"))
    chart = ""
    if any(line.points for line in lines):
        chart = band_chart(
            lines, y_title=measure.title, language=frame.language, events=_events(frame.scenario)
        )
    return frame.block(
        "through-time",
        title=_finding(frame, series, measure, care_type),
        what=_("%(measure)s, by month. In 80 of 100 outcomes the value lies in the band.")
        % {"measure": measure.title},
        table=_month_table(frame, series, measure, care_type),
        chart=chart,
        hover=True,
    )


def _points(frame: Frame, band: Band, measure: Measure) -> list[BandPoint]:
    rows = zip(frame.forecast.months, band.low, band.median, band.high, strict=True)
    return [
        BandPoint(month, low * measure.factor, mid * measure.factor, high * measure.factor)
        for month, low, mid, high in rows
        if low is not None and mid is not None and high is not None
    ]


def _events(scenario: Scenario) -> list[Event]:
    rollout = rollout_of(scenario)
    events = []
    if rollout.first_from is not None:
        events.append(Event(rollout.first_from, _("first")))
    if rollout.everywhere_from is not None:
        events.append(Event(rollout.everywhere_from, _("everywhere")))
    return events


def _finding(frame: Frame, series: Series, measure: Measure, care_type: str) -> str:
    """The difference in the last month of the period of the forecast's headline, in one line."""
    name = {
        "measure": str(measure.label),
        "care_type": sentences.uncapitalised(frame.label(care_type)),
    }
    difference = series.difference
    last = frame.forecast.months.index(frame.forecast.period[1])
    if difference is None or difference.median[last] is None:
        return _("%(measure)s, %(care_type)s") % name
    values = (difference.median[last], difference.low[last], difference.high[last])
    mid, low, high = (notation.signed(measure.show(value), measure.decimals) for value in values)
    return _(
        "%(measure)s, %(care_type)s: %(mid)s %(unit)s in %(month)s through the change "
        "(%(low)s to %(high)s)"
    ) % {
        **name,
        "unit": str(measure.unit),
        "month": notation.month(frame.forecast.months[last]),
        "mid": mid,
        "low": low,
        "high": high,
    }


def _month_table(frame: Frame, series: Series, measure: Measure, care_type: str) -> Table:
    parts = [(_("Without the change"), series.baseline, "number")]
    if series.scenario is not None and series.difference is not None:
        parts.append((_("With the change"), series.scenario, "number"))
        parts.append((_("Difference"), series.difference, "signed"))
    columns = [Column(_("Month"), "month")]
    for label, _band, kind in parts:
        columns.append(Column(label, kind, measure.decimals))  # type: ignore[arg-type]
        columns.append(Column(_("%(what)s: range") % {"what": label}))
    rows = [_month_row(k, month, parts, measure) for k, month in enumerate(frame.forecast.months)]
    caption = f"{measure.title}, {sentences.uncapitalised(frame.label(care_type))}"
    return Table(caption, columns, rows)


def _month_row(
    k: int, month: date, parts: Sequence[tuple[str, Band, str]], measure: Measure
) -> list[str | float | date | None]:
    row: list[str | float | date | None] = [month]
    for _label, band, _kind in parts:
        row.append(measure.show(band.median[k]))
        low, high = measure.show(band.low[k]), measure.show(band.high[k])
        row.append(notation.interval(low, high, measure.decimals))
    return row


def water_bed(frame: Frame) -> FigureBlock:
    """Where it gets better and where worse: a change in one place shifts trouble to another."""
    forecast = frame.forecast
    rows = [
        (
            frame.label(row.care_type),
            _verdict(row.verdict)
            if row.care_type in (*forecast.limited, ALL)
            else notation.MISSING,
            signed_interval(row.waiting_time, decimals=1),
            signed_interval(row.waiting_list),
            signed_interval(row.in_care),
            euro_interval(row.cost, signed=True),
        )
        for row in forecast.water_bed
    ]
    columns = [
        Column(_("Form of care")),
        Column(_("Judgement")),
        Column(_("Waiting time (days)")),
        Column(_("Waiting list (youths)")),
        Column(_("In care (youths)")),
        Column(_("Cost in the period")),
    ]
    period = sentences.period(forecast)
    caption = _("Differences through the change in %(period)s") % {"period": period}
    return frame.block(
        "water-bed",
        title=_water_bed_finding(frame),
        what=_("Waiting time in %(period)s: days more (+) or less (−) than without the change.")
        % {"period": period},
        table=Table(caption, columns, rows),
        chart=difference_bars(
            list(_water_bed_bars(frame)),
            x_title=_("Waiting time: difference in days"),
            language=frame.language,
            decimals=1,
        ),
    )


def _verdict(code: str) -> str:
    words = {
        "better": _("Shorter wait"),
        "worse": _("Longer wait"),
        "unclear": _("Not clear"),
        "same": _("No difference"),
    }
    return words[code]


def _water_bed_bars(frame: Frame) -> Iterator[DifferenceRow]:
    for row in frame.forecast.water_bed:
        wait = row.waiting_time
        if wait.low is None or wait.median is None or wait.high is None:
            continue
        yield DifferenceRow(frame.label(row.care_type), wait.low, wait.median, wait.high)


def _water_bed_finding(frame: Frame) -> str:
    rows = [row for row in frame.forecast.water_bed if row.care_type != ALL]
    better = [frame.label(row.care_type) for row in rows if row.verdict == "better"]
    worse = [frame.label(row.care_type) for row in rows if row.verdict == "worse"]
    names = {"better": _listed(better), "worse": _listed(worse)}
    if better and worse:
        return _("The wait gets shorter for %(better)s, and longer for %(worse)s") % names
    if better:
        return _("The wait gets shorter for %(better)s, and nowhere clearly longer") % names
    if worse:
        return _("The wait gets longer for %(worse)s, and nowhere clearly shorter") % names
    return _("The wait changes clearly nowhere")


def _listed(labels: Sequence[str]) -> str:
    names = [sentences.uncapitalised(label) for label in labels]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def costs(frame: Frame) -> FigureBlock:
    """What it costs and saves in each calendar year, all municipalities together."""
    years = [cost for cost in frame.forecast.costs if cost.care_type == ALL]
    labels = [_year(cost.year, cost.months) for cost in years]
    rows = [
        (
            label,
            euro_interval(cost.baseline),
            euro_interval(cost.scenario),
            euro_interval(cost.difference, signed=True),
        )
        for label, cost in zip(labels, years, strict=True)
    ]
    columns = [
        Column(_("Year")),
        Column(_("Without the change")),
        Column(_("With the change")),
        Column(_("Difference")),
    ]
    bars = [
        DifferenceRow(label, d.low / 1000, d.median / 1000, d.high / 1000)
        for label, cost in zip(labels, years, strict=True)
        if (d := cost.difference) is not None
        and d.low is not None
        and d.median is not None
        and d.high is not None
    ]
    return frame.block(
        "costs",
        title=_cost_finding(frame),
        what=_("Cost of care for all municipalities together, in the prices of the care system."),
        table=Table(_("Cost by calendar year"), columns, rows),
        chart=difference_bars(
            bars, x_title=_("Cost: difference in thousands of euros"), language=frame.language
        )
        if bars
        else "",
    )


def _year(year: int, months: int) -> str:
    if months == _MONTHS_IN_YEAR:
        return str(year)
    return _("%(year)s (%(months)s months)") % {"year": year, "months": months}


def _cost_finding(frame: Frame) -> str:
    found = next(row.cost for row in frame.forecast.water_bed if row.care_type == ALL)
    if found.median is None or found.low is None or found.high is None:
        return _("What it costs is not known")
    period = sentences.period(frame.forecast)
    size = {
        "period": period,
        "mid": rounded_euro(abs(found.median)),
        "low": rounded_euro(min(abs(found.low), abs(found.high))),
        "high": rounded_euro(max(abs(found.low), abs(found.high))),
    }
    if found.high < 0:
        return _("Care costs %(mid)s less in %(period)s (%(low)s to %(high)s)") % size
    if found.low > 0:
        return _("Care costs %(mid)s more in %(period)s (%(low)s to %(high)s)") % size
    return _(
        "It is not clear whether care gets cheaper or more expensive in %(period)s: "
        "from %(less)s less to %(more)s more"
    ) % {
        "period": period,
        "less": rounded_euro(abs(min(0.0, found.low))),
        "more": rounded_euro(max(0.0, found.high)),
    }


def tornado(frame: Frame, found: Sensitivity) -> FigureBlock:
    """The assumptions that move the outcome most, each from its lowest to its highest value."""
    care_type = sentences.uncapitalised(frame.label(found.focus))
    bars = [
        TornadoRow(
            in_active_language(row.label),
            row.outcome_low,
            row.outcome_high,
            amount(row.low, row.unit),
            amount(row.high, row.unit),
        )
        for row in found.rows
    ]
    columns = [
        Column(_("Assumption")),
        Column(_("Likeliest")),
        Column(_("Range")),
        Column(_("Outcome at the lowest value (days)"), "signed", 1),
        Column(_("Outcome at the highest value (days)"), "signed", 1),
        Column(_("Why this range")),
    ]
    x_title = _("Change of the waiting time for %(care_type)s in days") % {"care_type": care_type}
    return frame.block(
        "tornado",
        title=_tornado_finding(found),
        what=_(
            "Each assumption in turn at its lowest and its highest value; the others at their "
            "likeliest. With all at their likeliest the outcome is %(outcome)s days."
        )
        % {"outcome": notation.signed(found.outcome, 1)},
        table=Table(x_title, columns, [_tornado_row(row) for row in found.rows]),
        chart=tornado_chart(
            bars, centre=found.outcome, x_title=x_title, language=frame.language, decimals=1
        )
        if bars
        else "",
    )


def _tornado_row(row: SensitivityRow) -> list[str | float | None]:
    return [
        in_active_language(row.label),
        amount(row.value, row.unit),
        _("%(low)s to %(high)s")
        % {"low": amount(row.low, row.unit), "high": amount(row.high, row.unit)},
        row.outcome_low,
        row.outcome_high,
        in_active_language(row.why),
    ]


def _tornado_finding(found: Sensitivity) -> str:
    if not found.rows:
        return _("No assumption changes the outcome")
    return _("Of %(count)s assumptions “%(label)s” matters most") % {
        "count": notation.number(found.assumptions),
        "label": in_active_language(found.rows[0].label),
    }
