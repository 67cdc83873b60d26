"""What a comparison of forecasts shows in figures, tables and words: each has a letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import comparing, descriptions, sentences, ways
from vliegwiel.apps.explorer.comparing import ComparedRow
from vliegwiel.apps.explorer.measures import MEASURES, Measure
from vliegwiel.science.caresystem import ALL, Forecast, Interval, Way
from vliegwiel.web import notation
from vliegwiel.web.charts import BandPoint, NamedBand, kept, panels_chart, several_chart
from vliegwiel.web.components import Column, FigureBlock, Table, Tone, Toned

from .amounts import euro_interval, rounded_euro, signed_interval
from .frames import Origin

LETTERS = "ABCDE"


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the forecasts that stand beside each other."""

    letter: str
    name: str
    run: Any
    forecast: Forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside(Origin):
    """The forecasts with what their figures share."""

    all: Sequence[Compared]

    @property
    def forecasts(self) -> list[Forecast]:
        return [one.forecast for one in self.all]

    @property
    def care_types(self) -> tuple[str, ...]:
        return comparing.care_types_of(self.forecasts)

    def label(self, care_type: str) -> str:
        return next(
            descriptions.in_active_language(found.labels[care_type])
            for found in self.forecasts
            if care_type in found.labels
        )

    @property
    def limited(self) -> frozenset[str]:
        """Where youths can wait, everything together included."""
        return frozenset(name for found in self.forecasts for name in found.can_wait)


def lines(beside: Beside, measure: Measure, care_type: str) -> FigureBlock:
    """What each scenario adds or takes away, month by month: a line each."""
    bands = _bands(beside, measure, care_type)
    title = _("Difference: %(measure)s") % {"measure": sentences.uncapitalised(measure.title)}
    chart = ""
    if any(band.points for band in bands):
        chart = kept(
            several_chart,
            bands,
            y_title=title,
            more=str(measure.more),
            less=str(measure.less),
            language=beside.language,
        )
    return beside.block(
        "lines",
        title=_finding(beside, measure, care_type),
        what=_(
            "With each scenario compared to the same time without a change, by month. The middle "
            "of all outcomes; the table holds the range in which 80 of 100 outcomes lie."
        ),
        table=_month_table(beside, measure, care_type),
        chart=chart,
        hover=True,
    )


def panels(beside: Beside, measure: Measure, care_type: str) -> FigureBlock | None:
    """The same with the bands, each scenario by itself; None where there is nothing to draw."""
    bands = _bands(beside, measure, care_type)
    if not any(band.points for band in bands):
        return None
    title = _("Difference: %(measure)s") % {"measure": sentences.uncapitalised(measure.title)}
    return beside.block(
        "panels",
        title=_("How sure each difference is"),
        what=_(
            "Every scenario with its band, all on the same axis. The thin lines are the others. "
            "In 80 of 100 outcomes the difference lies in the band."
        ),
        table=_month_table(beside, measure, care_type),
        chart=kept(panels_chart, bands, y_title=title, language=beside.language),
    )


def _bands(beside: Beside, measure: Measure, care_type: str) -> list[NamedBand]:
    return [
        NamedBand(one.letter, one.name, tuple(_points(one.forecast, measure, care_type)))
        for one in beside.all
    ]


def _points(forecast: Forecast, measure: Measure, care_type: str) -> Iterator[BandPoint]:
    series = forecast.series.get(measure.key, {}).get(care_type)
    if series is None or series.difference is None:
        return
    band = series.difference
    for month, low, mid, high in zip(
        forecast.months, band.low, band.median, band.high, strict=True
    ):
        if low is not None and mid is not None and high is not None:
            values = (low, mid, high)
            yield BandPoint(month, *(value * measure.factor for value in values))


def _month_table(beside: Beside, measure: Measure, care_type: str) -> Table:
    columns = [Column(_("Month"), "month")]
    columns += [Column(f"{one.letter} {one.name}") for one in beside.all]
    found = [
        {point.month: point for point in _points(one.forecast, measure, care_type)}
        for one in beside.all
    ]
    rows = [
        (month, *(_point(by_month.get(month), measure) for by_month in found))
        for month in beside.all[0].forecast.months
    ]
    caption = _("Difference through the change: %(measure)s, %(care_type)s") % {
        "measure": sentences.uncapitalised(measure.title),
        "care_type": sentences.uncapitalised(beside.label(care_type)),
    }
    return Table(caption, columns, rows)


def _point(point: BandPoint | None, measure: Measure) -> str | None:
    if point is None:
        return None
    return signed_interval(Interval(point.mid, point.low, point.high), decimals=measure.decimals)


def _finding(beside: Beside, measure: Measure, care_type: str) -> str:
    """The difference of each in the last month of the period, in one line."""
    month = beside.all[0].forecast.period[1]
    values = []
    for one in beside.all:
        points = {point.month: point for point in _points(one.forecast, measure, care_type)}
        if month in points:
            mid = notation.signed(points[month].mid, measure.decimals)
            values.append(f"{one.letter}\N{NO-BREAK SPACE}{mid}")
    words = {
        "measure": str(measure.label),
        "care_type": sentences.uncapitalised(beside.label(care_type)),
        "values": "; ".join(values),
        "unit": str(measure.unit),
        "month": notation.month(month),
    }
    if not values:
        return _("%(measure)s, %(care_type)s") % words
    return _("%(measure)s, %(care_type)s, in %(month)s: %(values)s %(unit)s") % words


@dataclass(frozen=True, slots=True)
class Part:
    """One number for every form of care: in words, and as a table that opens."""

    title: str
    finding: str
    table: Table


def parts(beside: Beside) -> list[Part]:
    """Everything that is compared, a table for each number."""
    found: dict[tuple[str, str], list[ComparedRow]] = {}
    for row in comparing.rows(beside.forecasts):
        if MEASURES[row.measure].limited and row.care_type not in beside.limited:
            continue
        found.setdefault((row.measure, row.span), []).append(row)
    return [_part(beside, rows) for rows in found.values()]


def _part(beside: Beside, rows: Sequence[ComparedRow]) -> Part:
    first = rows[0]
    title = _title(beside, first)
    columns = [Column(_("Form of care")), *(Column(f"{x.letter} {x.name}") for x in beside.all)]
    body = [
        (beside.label(row.care_type), *(_cell(row, found) for found in row.differences))
        for row in rows
    ]
    caption = _("%(what)s: difference through the change") % {"what": title}
    return Part(title, in_words(beside, first), Table(caption, columns, body))


def _title(beside: Beside, row: ComparedRow) -> str:
    forecast = beside.all[0].forecast
    measure = MEASURES[row.measure]
    if row.span == "total":
        period = sentences.span(forecast.months[0], forecast.months[-1])
    else:
        period = sentences.period(forecast)
    if row.measure == "cost":
        return _("Cost in %(period)s") % {"period": period}
    return _("%(measure)s in %(period)s") % {"measure": measure.title, "period": period}


def _cell(row: ComparedRow, found: Interval | None) -> Toned | None:
    """The difference with its sign and its word; the colour only repeats them."""
    way = comparing.way(found)
    if found is None or way == "unknown":
        return None
    text = ways.word(row.measure, way)
    if way == "same":
        return Toned(ways.signed(way, text))
    amount = (
        euro_interval(found, signed=True)
        if row.measure == "cost"
        else signed_interval(found, decimals=MEASURES[row.measure].change_decimals)
    )
    return Toned(ways.signed(way, f"{text}: {amount}"), tone(row.measure, way))


def tone(key: str, way: Way) -> Tone:
    """What colour a cell gets: better or worse only where that is for us to say."""
    if way not in ("less", "more"):
        return "plain"
    good = MEASURES[key].good
    if good == 0:
        return "less" if way == "less" else "more"
    return "better" if (way == "more") == (good > 0) else "worse"


def in_words(beside: Beside, row: ComparedRow) -> str:
    """With which scenarios the number goes down, with which up, and which cannot be told apart."""
    measure, said = MEASURES[row.measure], []
    doubts = []
    for which, word in (("less", measure.less), ("more", measure.more)):
        side = comparing.strongest(row, which)  # type: ignore[arg-type]
        if not side.places:
            continue
        names = [_named(beside, row, place) for place in side.places]
        said.append(_("%(word)s: %(names)s") % {"word": word, "names": _listed(names)})
        if side.alike:
            first, second = (beside.all[place].letter for place in side.places[:2])
            doubts.append(
                _(
                    "The ranges of %(first)s and %(second)s overlap: "
                    "which does more is not seen here."
                )
                % {"first": first, "second": second}
            )
    others = [
        beside.all[place].letter for place, way in enumerate(row.ways) if way in ("same", "unclear")
    ]
    if others:
        said.append(_("no clear difference: %(names)s") % {"names": _listed(others)})
    if not said:
        return _("not known")
    return " ".join([f"{capfirst('; '.join(said))}.", *doubts])


def _named(beside: Beside, row: ComparedRow, place: int) -> str:
    found = row.differences[place]
    value = found.median if found is not None and found.median is not None else 0.0
    if row.measure == "cost":
        amount = rounded_euro(value)
        amount = f"+{amount}" if value > 0 else amount
    else:
        amount = notation.signed(value, MEASURES[row.measure].change_decimals)
    return f"{beside.all[place].letter} ({amount})"


def _listed(names: Sequence[str]) -> str:
    return get_text_list(list(names), _("and"))


def waits_of(beside: Beside, place: int, which: Way) -> str:
    """The forms of care where one scenario surely makes youths wait shorter, or longer."""
    names = [
        sentences.uncapitalised(beside.label(row.care_type))
        for row in comparing.rows(beside.forecasts)
        if row.measure == "waiting_time" and row.care_type != ALL and row.ways[place] == which
    ]
    return _listed(names)


def total_cost(beside: Beside, place: int) -> str:
    """What one scenario adds to the cost of all care over all months."""
    row = next(
        row
        for row in comparing.rows(beside.forecasts)
        if row.span == "total" and row.care_type == ALL
    )
    return euro_interval(row.differences[place], signed=True)
