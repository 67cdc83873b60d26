"""How waits are spread: half of the youths wait shorter than this, 9 of 10 shorter than that."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import ALL, Band, Series
from vliegwiel.web import notation
from vliegwiel.web.charts import BandPoint, BandSeries, band_chart, kept
from vliegwiel.web.components import Column, FigureBlock, Table

from .frames import Frame

#: Measures of the spread, each with how its line looks; the mean stands between both.
_LINES: tuple[tuple[str, Literal["first", "second", "third"]], ...] = (
    ("waiting_time_p90", "second"),
    ("waiting_time", "third"),
    ("waiting_time_median", "first"),
)
_SO_FAR = "wait_so_far"


def waits(frame: Frame, care_type: str) -> FigureBlock | None:
    """Median, mean and 90th percentile of the wait by month; None in an outcome without them.

    Of everything together where nobody waits for this form of care.
    """
    forecast = frame.forecast
    if care_type not in forecast.limited:
        care_type = ALL
    if not all(care_type in forecast.series.get(name, {}) for name, _role in _LINES):
        return None
    found = {name: forecast.of(name, care_type) for name, _role in _LINES}
    words = _words()
    lines = [
        BandSeries(words[name], list(_points(frame, _shown(found[name]))), role)
        for name, role in _LINES
    ]
    chart = ""
    if any(line.points for line in lines):
        chart = kept(
            band_chart,
            lines,
            y_title=_("Waiting time of youths who start (days)"),
            language=frame.language,
            events=frame.events(),
        )
    changed = found["waiting_time"].scenario is not None
    return frame.block(
        "waits",
        title=_finding(frame, care_type),
        what=_(
            "With the change, by month of the start. In 80 of 100 outcomes each lies in its band."
        )
        if changed
        else _("By month of the start. In 80 of 100 outcomes each lies in its band."),
        table=_table(frame, care_type),
        chart=chart,
    )


def _words() -> dict[str, str]:
    return {
        "waiting_time_median": _("half waits shorter"),
        "waiting_time": _("mean"),
        "waiting_time_p90": _("9 of 10 wait shorter"),
    }


def _shown(series: Series) -> Band:
    return series.scenario if series.scenario is not None else series.baseline


def _points(frame: Frame, band: Band) -> Iterator[BandPoint]:
    for month, low, mid, high in zip(
        frame.forecast.months, band.low, band.median, band.high, strict=True
    ):
        if low is not None and mid is not None and high is not None:
            yield BandPoint(month, low, mid, high)


def _finding(frame: Frame, care_type: str) -> str:
    """Half and nine of ten in the last month of the period, with the change and without it."""
    last = frame.forecast.months.index(frame.forecast.period[1])
    name = sentences.uncapitalised(frame.label(care_type))
    values = {}
    for key, measure in (("half", "waiting_time_median"), ("nine", "waiting_time_p90")):
        series = frame.forecast.of(measure, care_type)
        values[key] = _shown(series).median[last]
        values[f"{key}_before"] = series.baseline.median[last]
    if values["half"] is None or values["nine"] is None:
        return _("How waits for %(care_type)s are spread is not known") % {"care_type": name}
    words = {key: notation.number(value) for key, value in values.items()}
    words |= {"care_type": name, "month": notation.month(frame.forecast.months[last])}
    if frame.forecast.of("waiting_time", care_type).scenario is None:
        return (
            _(
                "In %(month)s half of the youths wait at most %(half)s days for %(care_type)s, and "
                "9 of 10 at most %(nine)s"
            )
            % words
        )
    return (
        _(
            "In %(month)s half of the youths wait at most %(half)s days for %(care_type)s, and 9 "
            "of 10 at most %(nine)s (without the change %(half_before)s and %(nine_before)s)"
        )
        % words
    )


def _table(frame: Frame, care_type: str) -> Table:
    names = (*(name for name, _role in reversed(_LINES)), _SO_FAR)
    words = {**_words(), _SO_FAR: str(MEASURES[_SO_FAR].label)}
    known = [name for name in names if care_type in frame.forecast.series.get(name, {})]
    columns = [Column(_("Month"), "month")]
    for name in known:
        columns.append(Column(f"{words[name]}: {_('Without the change')}".capitalize()))
        if frame.forecast.of(name, care_type).scenario is not None:
            columns.append(Column(f"{words[name]}: {_('With the change')}".capitalize()))
    rows = [
        _row(frame, k, month, known, care_type) for k, month in enumerate(frame.forecast.months)
    ]
    caption = _("Waiting time in days, %(care_type)s") % {
        "care_type": sentences.uncapitalised(frame.label(care_type))
    }
    return Table(caption, columns, rows)


def _row(
    frame: Frame, k: int, month: date, names: list[str], care_type: str
) -> list[str | date | None]:
    row: list[str | date | None] = [month]
    for name in names:
        series = frame.forecast.of(name, care_type)
        row += [_cell(band, k) for band in (series.baseline, series.scenario) if band is not None]
    return row


def _cell(band: Band, k: int) -> str:
    low, mid, high = band.low[k], band.median[k], band.high[k]
    if mid is None:
        return notation.MISSING
    return f"{notation.number(mid)} ({notation.interval(low, high)})"
