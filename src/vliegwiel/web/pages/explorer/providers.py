"""Of forms of care with several providers: how it goes at each of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.apps.explorer.measures import MEASURES, Measure
from vliegwiel.science.caresystem import Band, ProviderSeries
from vliegwiel.web import notation
from vliegwiel.web.components import Column, FigureBlock, Table

from .frames import Frame

_SHOWN = ("waiting_time", "waiting_list", "in_care", "utilisation")


def providers(frame: Frame) -> FigureBlock | None:
    """Each provider in the last month of the headline's period; None where no form has several."""
    forecast = frame.forecast
    if not forecast.providers:
        return None
    last = forecast.months.index(forecast.period[1])
    month = {"month": notation.month(forecast.months[last])}
    columns = [
        Column(_("Provider")),
        Column(_("Measure")),
        Column(_("Without the change")),
        Column(_("With the change")),
        Column(_("Difference")),
    ]
    rows = [row for one in forecast.providers for row in _rows(frame, one, last)]
    return frame.block(
        "providers",
        title=_finding(frame, last),
        what=_(
            "Forms of care that several providers give, in %(month)s. In brackets: 80 of 100 "
            "outcomes. Who waits in one queue for several providers waits for none of them alone."
        )
        % month,
        table=Table(_("Each provider in %(month)s") % month, columns, rows),
        chart="",
        downloads=frame.files("aanbieders"),
    )


def _rows(frame: Frame, one: ProviderSeries, k: int) -> Iterator[tuple[str, ...]]:
    for key in _SHOWN:
        series, measure = one.series.get(key), MEASURES[key]
        if series is None:
            continue
        yield (
            _name(frame, one),
            measure.title,
            _interval(series.baseline, k, measure),
            _interval(series.scenario, k, measure),
            _interval(series.difference, k, measure, signed=True),
        )


def _interval(band: Band | None, k: int, measure: Measure, *, signed: bool = False) -> str:
    """A month of a band; a dash where nothing is known."""
    if band is None:
        return notation.MISSING
    mid, low, high = (measure.show(part[k]) for part in (band.median, band.low, band.high))
    if mid is None or low is None or high is None:
        return notation.MISSING
    write = notation.signed if signed else notation.number
    return _("%(mid)s (%(low)s to %(high)s)") % {
        "mid": write(mid, measure.decimals),
        "low": write(low, measure.decimals),
        "high": write(high, measure.decimals),
    }


def _finding(frame: Frame, k: int) -> str:
    """Where the wait is longest, with the change when there is one."""
    waits = []
    for one in frame.forecast.providers:
        series = one.series.get("waiting_time")
        band = None if series is None else series.scenario or series.baseline
        days = None if band is None else band.median[k]
        if days is not None:
            waits.append((days, one))
    month = notation.month(frame.forecast.months[k])
    if not waits:
        return _("How it goes at each provider in %(month)s") % {"month": month}
    days, longest = max(waits, key=lambda item: item[0])
    return ngettext(
        "The wait is longest at %(provider)s: %(days)s day in %(month)s",
        "The wait is longest at %(provider)s: %(days)s days in %(month)s",
        round(days),
    ) % {
        "provider": _name(frame, longest),
        "days": notation.number(days),
        "month": month,
    }


def _name(frame: Frame, one: ProviderSeries) -> str:
    care_type = sentences.uncapitalised(frame.label(one.care_type))
    return f"{in_active_language(one.label)} ({care_type})"
