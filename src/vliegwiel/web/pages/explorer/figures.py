"""Month by month, and form of care by form of care: what the change does."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import sentences, ways
from vliegwiel.apps.explorer.measures import MEASURES, Measure
from vliegwiel.science.caresystem import ALL, Band, Series, WaterBedRow, way_of
from vliegwiel.web import notation
from vliegwiel.web.charts import (
    BandPoint,
    BandSeries,
    DifferenceRow,
    band_chart,
    difference_bars,
    difference_chart,
    kept,
)
from vliegwiel.web.components import Column, FigureBlock, Table

from .amounts import euro_interval, signed_interval
from .frames import Frame


def difference(frame: Frame, measure: Measure, care_type: str) -> FigureBlock | None:
    """What the change adds or takes away in each month; None for a forecast without a change.

    The band is that of the differences within repetitions: much narrower than the distance between
    the bands of both lines, because the same youths live both lives.
    """
    series = frame.forecast.of(measure.key, care_type)
    if series.difference is None:
        return None
    points = _points(frame, series.difference, measure)
    title = _("Difference: %(measure)s") % {"measure": sentences.uncapitalised(measure.title)}
    chart = ""
    if points:
        chart = kept(
            difference_chart,
            points,
            y_title=title,
            more=str(measure.more),
            less=str(measure.less),
            language=frame.language,
            events=frame.events(),
        )
    return frame.block(
        "difference",
        title=_finding(frame, series, measure, care_type),
        what=_(
            "With the change compared to without, by month. Below the zero line is less, above it "
            "is more. In 80 of 100 outcomes the difference lies in the band."
        ),
        table=_difference_table(frame, series.difference, measure, care_type),
        chart=chart,
        hover=True,
    )


def _difference_table(frame: Frame, band: Band, measure: Measure, care_type: str) -> Table:
    columns = [
        Column(_("Month"), "month"),
        Column(_("Difference"), "signed", measure.decimals),
        Column(_("%(what)s: range") % {"what": _("Difference")}),
    ]
    rows = [
        (month, measure.show(band.median[k]), _signed_range(band, k, measure))
        for k, month in enumerate(frame.forecast.months)
    ]
    care = sentences.uncapitalised(frame.label(care_type))
    return Table(
        _("Difference through the change: %(measure)s, %(care_type)s")
        % {"measure": sentences.uncapitalised(measure.title), "care_type": care},
        columns,
        rows,
    )


def _signed_range(band: Band, k: int, measure: Measure) -> str:
    low, high = measure.show(band.low[k]), measure.show(band.high[k])
    if low is None or high is None:
        return notation.MISSING
    return _("%(low)s to %(high)s") % {
        "low": notation.signed(low, measure.decimals),
        "high": notation.signed(high, measure.decimals),
    }


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
        chart = kept(
            band_chart,
            lines,
            y_title=measure.title,
            language=frame.language,
            events=frame.events(),
        )
    return frame.block(
        "through-time",
        title=_level_finding(frame, series, measure, care_type),
        what=_(
            "%(measure)s, by month, without and with the change. In 80 of 100 outcomes the value "
            "lies in the band. The bands may overlap while the difference is clear: the same "
            "youths are in both lines."
        )
        % {"measure": measure.title},
        table=_month_table(frame, series, measure, care_type),
        chart=chart,
        hover=True,
    )


def _level_finding(frame: Frame, series: Series, measure: Measure, care_type: str) -> str:
    """Both levels in the last month of the period of the headline, in one line."""
    last = frame.forecast.months.index(frame.forecast.period[1])
    words = {
        "measure": str(measure.label),
        "care_type": sentences.uncapitalised(frame.label(care_type)),
        "unit": str(measure.unit),
        "month": notation.month(frame.forecast.months[last]),
    }
    before = measure.show(series.baseline.median[last])
    if before is None:
        return _("%(measure)s, %(care_type)s") % words
    words["before"] = notation.number(before, measure.decimals)
    after = measure.show(series.scenario.median[last]) if series.scenario is not None else None
    if after is None:
        return _("%(measure)s, %(care_type)s: %(before)s %(unit)s in %(month)s") % words
    words["after"] = notation.number(after, measure.decimals)
    return (
        _(
            "%(measure)s, %(care_type)s: %(before)s %(unit)s without and %(after)s with the change "
            "in %(month)s"
        )
        % words
    )


def _points(frame: Frame, band: Band, measure: Measure) -> list[BandPoint]:
    rows = zip(frame.forecast.months, band.low, band.median, band.high, strict=True)
    return [
        BandPoint(month, low * measure.factor, mid * measure.factor, high * measure.factor)
        for month, low, mid, high in rows
        if low is not None and mid is not None and high is not None
    ]


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
    forecast, days = frame.forecast, MEASURES["waiting_time"].change_decimals
    rows = [
        (
            frame.label(row.care_type),
            _judgement(row),
            signed_interval(row.waiting_time, decimals=days),
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
        chart=kept(
            difference_bars,
            list(_water_bed_bars(frame)),
            x_title=_("Waiting time: difference in days"),
            language=frame.language,
            decimals=days,
        ),
        downloads=frame.files("waterbed"),
    )


def _judgement(row: WaterBedRow) -> str:
    # Of the change itself and not of the verdict: outcomes that were kept before "unknown" was a
    # verdict say "same" where there is no change to tell.
    return capfirst(ways.word("waiting_time", way_of(row.waiting_time))) or notation.MISSING


def _water_bed_bars(frame: Frame) -> Iterator[DifferenceRow]:
    for row in frame.forecast.water_bed:
        wait = row.waiting_time
        if wait.low is None or wait.median is None or wait.high is None:
            continue
        yield DifferenceRow(frame.label(row.care_type), wait.low, wait.median, wait.high)


def _water_bed_finding(frame: Frame) -> str:
    rows = [row for row in frame.forecast.water_bed if row.care_type != ALL]
    better = [frame.label(row.care_type) for row in rows if way_of(row.waiting_time) == "less"]
    worse = [frame.label(row.care_type) for row in rows if way_of(row.waiting_time) == "more"]
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
