"""The figure blocks of the page with regional figures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.figures import queries
from vliegwiel.apps.figures.queries import CareRow, FigurePair, FigureValue, Trend
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table

from . import sentences

_YEARS_FOR_A_LINE = 3
# What can be followed over the years, in this order; shown where the region has two years of it.
_TRENDS = (
    ("youths_with_care", "all_youth_care"),
    ("share_of_youths", "without_residence"),
    ("share_of_youths", "with_residence"),
)


def blocks_of(region: Any, *, year: str = "", care_form: str = "") -> Sequence[FigureBlock]:
    """Every figure that the region has numbers for, of a year, or each of its newest.

    `care_form` is followed over the years in place of the main forms.
    """
    blocks = [
        _compared(
            region,
            "care-forms",
            queries.shares_by_care_form(region, year or None),
            title=sentences.by_care_form,
            what=_("Share of youths (0 to 22 years) by form of youth care, %(year)s"),
        ),
        _compared(
            region,
            "referrers",
            _all_referrers(region, year),
            title=sentences.by_referrer,
            what=_("Share of new youth care by referrer, %(year)s"),
        ),
        _ages(region, queries.youths_by_sex_and_age(region, year or None)),
        *_trends(region, care_form),
    ]
    return [block for block in blocks if block is not None]


def _all_referrers(region: Any, year: str) -> Sequence[FigurePair]:
    """The referrers that the source names, and what is left beside them."""
    pairs = queries.shares_by_referrer(region, year or None)
    remainder = queries.referrer_remainder(pairs)
    return [*pairs, remainder] if remainder else pairs


def _compared(
    region: Any, key: str, pairs: Sequence[FigurePair], *, title: Any, what: str
) -> FigureBlock | None:
    shown = [(pair, pair.region) for pair in pairs if pair.region]
    if not shown:
        return None
    what = what % {"year": shown[0][1].period}
    return FigureBlock(
        id=key,
        title=title(pairs, region.name),
        what=what,
        chart=charts.compare_bars(
            [_bar(pair, value) for pair, value in shown],
            region_name=region.name,
            national_name=_("Netherlands"),
            language=get_language() or "nl",
        ),
        table=_compared_table(region, key, what, shown),
        **_provenance(region, [value for _pair, value in shown]),
    )


def _bar(pair: FigurePair, value: FigureValue) -> charts.CompareRow:
    return charts.CompareRow(
        sentences.named(pair.label, value),
        float(value.value),
        float(pair.national.value) if pair.national else None,
        sentences.written(value),
        sentences.written(pair.national) if pair.national else "",
        derived=value.status == "calculated",
    )


def _compared_table(
    region: Any, key: str, what: str, shown: Sequence[tuple[FigurePair, FigureValue]]
) -> Table:
    columns = (
        Column(_("Form") if key == "care-forms" else _("Referrer")),
        Column(region.name, "percent"),
        Column(_("Netherlands"), "percent"),
        Column(_("Difference in percentage points"), "signed"),
    )
    rows = [
        (
            sentences.named(pair.label, value),
            sentences.written(value),
            sentences.written(pair.national) if pair.national else None,
            _difference(pair),
        )
        for pair, value in shown
    ]
    return Table(what, columns, rows)


def _difference(pair: FigurePair) -> str | None:
    """No more places than the numbers that it comes from."""
    if pair.difference is None or pair.region is None or pair.national is None:
        return None
    return notation.signed(pair.difference, max(pair.region.decimals, pair.national.decimals))


def _ages(region: Any, rows: Sequence[CareRow]) -> FigureBlock | None:
    rows = [row for row in rows if row.by_age]
    if not rows:
        return None
    first = rows[0]
    what = _("Youths with youth care by age, %(form)s, %(year)s") % {
        "form": sentences.lower(first.label),
        "year": first.period,
    }
    drawn = [
        charts.CompareRow(sentences.age(value.age_band), float(value.value))
        for value in first.by_age
    ]
    values = [value for row in rows for value in (row.total, *row.by_sex, *row.by_age) if value]
    return FigureBlock(
        id="ages",
        title=sentences.by_age(first),
        what=what,
        chart=charts.compare_bars(
            drawn,
            region_name=region.name,
            national_name="",
            language=get_language() or "nl",
            decimals=0,
            unit="",
        ),
        table=_age_table(rows),
        **_provenance(region, values),
    )


def _age_table(rows: Sequence[CareRow]) -> Table:
    first = rows[0]
    heads = [_sex(value) for value in first.by_sex]
    heads += [sentences.age(value.age_band) for value in first.by_age]
    columns = [Column(_("What is counted")), Column(_("Total"), "number")]
    columns += [Column(head, "number") for head in heads]
    body = []
    for row in rows:
        known = {_sex(value): float(value.value) for value in row.by_sex}
        known |= {sentences.age(value.age_band): float(value.value) for value in row.by_age}
        total = float(row.total.value) if row.total else None
        body.append((row.label, total, *(known.get(head) for head in heads)))
    caption = _("Youths with youth care by sex and age, %(year)s") % {"year": first.period}
    return Table(caption, columns, body)


def _sex(value: FigureValue) -> str:
    return _("Boys") if value.sex == "male" else _("Girls")


def _trends(region: Any, care_form: str) -> Sequence[FigureBlock]:
    """A drawing where there are enough years for one, the others together in one table."""
    measures = ("youths_with_care", "share_of_youths")
    wanted = [(measure, care_form) for measure in measures] if care_form else _TRENDS
    trends = [queries.trend(region, measure=measure, care_form=form) for measure, form in wanted]
    drawn = [trend for trend in trends if len(trend.region) >= _YEARS_FOR_A_LINE]
    listed = [trend for trend in trends if 2 <= len(trend.region) < _YEARS_FOR_A_LINE]
    return [*(_trend(region, trend) for trend in drawn), *_then_and_now(region, listed)]


def _trend(region: Any, trend: Trend) -> FigureBlock:
    figure = trend.region[0].figure
    share = figure.unit == "percent"
    # Counts of a region and of a country do not fit on one honest axis; shares do.
    national = trend.national if share else []
    name = _name(figure)
    series = [charts.TrendSeries(region.name, _points(trend.region))]
    if national:
        series.append(charts.TrendSeries(_("Netherlands"), _points(national), "national"))
    return FigureBlock(
        id=f"trend-{trend.measure}-{trend.care_form}".replace("_", "-"),
        title=sentences.over_the_years(trend, name),
        what=f"{name}, {figure.unit_label}",
        chart=charts.trend_chart(
            series,
            y_title=f"{name} ({figure.unit_label})",
            language=get_language() or "nl",
            decimals=figure.decimals,
            unit="%" if share else "",
            breaks=[(int(item.after), int(item.before)) for item in trend.breaks],
        ),
        table=_trend_table(region, trend, name, with_national=bool(national)),
        **_provenance(region, [point.figure for point in trend.region], _break_notes([trend])),
    )


def _then_and_now(region: Any, trends: Sequence[Trend]) -> Sequence[FigureBlock]:
    """A few single years: two dots with a break between them would only look like a trend."""
    if not trends:
        return []
    values = [point.figure for trend in trends for point in trend.region]
    rows = [(_name(value), value.period, sentences.written(value)) for value in values]
    columns = (Column(_("What is counted")), Column(_("Year")), Column(region.name, "number"))
    broken = any(trend.breaks for trend in trends)
    return [
        FigureBlock(
            id="earlier-years",
            title=_("Earlier years cannot be compared just like that: the way of counting changed")
            if broken
            else _("How it was in earlier years"),
            table=Table(_("Figures of earlier years"), columns, rows),
            **_provenance(region, values, _break_notes(trends)),
        )
    ]


def _name(figure: FigureValue) -> str:
    return f"{figure.measure_label}: {sentences.lower(figure.care_form_label)}"


def _break_notes(trends: Sequence[Trend]) -> list[str]:
    notes = [
        _("Between %(after)s and %(before)s the figures do not compare: %(note)s")
        % {"after": item.after, "before": item.before, "note": item.note}
        for trend in trends
        for item in trend.breaks
    ]
    return list(dict.fromkeys(notes))


def _points(points: Sequence[queries.TrendPoint]) -> list[tuple[int, float | None]]:
    return [(int(point.period), float(point.figure.value)) for point in points]


def _trend_table(region: Any, trend: Trend, name: str, *, with_national: bool) -> Table:
    own = {point.period: point.figure for point in trend.region}
    beside = {point.period: point.figure for point in trend.national} if with_national else {}
    columns = [Column(_("Year")), Column(region.name, "number")]
    columns += [Column(_("Netherlands"), "number")] if with_national else []
    columns.append(Column(_("Source")))
    rows = []
    for period in sorted({*own, *beside}):
        figures = [own.get(period), *([beside.get(period)] if with_national else [])]
        source = next(figure.source.title for figure in figures if figure)
        rows.append((period, *(sentences.written(f) if f else None for f in figures), source))
    return Table(name, columns, rows)


def _provenance(
    region: Any, values: Sequence[FigureValue], notes: Iterable[str] = ()
) -> dict[str, Any]:
    """Source, quality, date, explanation and place on the page, the same for every figure here."""
    sources = list(dict.fromkeys(value.source.title for value in values))
    places = list(dict.fromkeys(value.place for value in values))
    remarks = list(dict.fromkeys(value.note for value in values if value.note))
    doubtful = any(value.is_interpreted for value in values)
    provisional = any("provisional" in value.status for value in values)
    quality = Quality("printed")
    if doubtful:
        quality = Quality("fair", _("our reading of the source, see the explanation"))
    elif provisional:
        quality = Quality("fair", _("provisional: CBS will replace these figures"))
    return {
        "heading": 2,
        "source": "; ".join(sources),
        "date": ", ".join(sorted({value.period for value in values})),
        "quality": quality,
        "how": [
            _("Taken over from the source as it stands there: %(places)s.")
            % {"places": "; ".join(places)},
            *states_of(values),
            *notes,
            *remarks,
        ],
        "downloads": (
            Download(
                _("Download all figures (CSV)"),
                reverse("figures_csv", kwargs={"region_slug": region.slug}),
            ),
        ),
    }


def states_of(values: Sequence[FigureValue]) -> Sequence[str]:
    """Of which state of the tables of CBS the figures are, in a sentence; none for others."""
    states = {value.modified_on for value in values if value.modified_on}
    if not states:
        return []
    days = ", ".join(notation.day(state) for state in sorted(states))
    return [_("Figures of tables of CBS, in the state of %(days)s.") % {"days": days}]
