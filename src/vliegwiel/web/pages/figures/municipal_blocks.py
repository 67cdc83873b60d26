"""The figure blocks of municipalities: the map with its table, and all of one municipality."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.figures.queries import FigureValue, MunicipalRow
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, FigureBlock, Quality, Table

from . import sentences
from .blocks import states_of
from .municipal_subjects import GENERATED, OnMap, Place, Subject, on_map

_YEARS_FOR_A_LINE = 2


def period(name: str) -> str:
    """A period in words: a year, a half year or a day."""
    if name[4:5] == "H":
        half = _("first half of %(year)s") if name[5:] == "1" else _("second half of %(year)s")
        return half % {"year": name[:4]}
    if name[4:5] == "-":
        return notation.day(date.fromisoformat(name))
    return name


def map_block(region: Any, subject: Subject, name: str) -> FigureBlock:
    """The municipalities on a map of tiles, darker where the value is higher."""
    shown = on_map(region, subject, name)
    shades = _shades(shown.places)
    return FigureBlock(
        id="map",
        title=_finding(shown),
        what=f"{shown.label}, {period(shown.date)}. {_legend(shown, shades)}",
        chart=_map(region, shown, shades),
        table=_map_table(region, shown),
        heading=2,
        source=shown.source,
        date=period(shown.date),
        quality=Quality("fair", _("provisional: CBS will replace these figures"))
        if shown.provisional
        else None,
        how=[_how_the_map(shown), *shown.notes],
        mark="generated" if shown.generated else "",
    )


def _map(region: Any, shown: OnMap, shades: dict[str, int]) -> str:
    where = reference.municipality_places()
    tiles = [
        charts.Tile(
            name=place.name,
            latitude=where[place.code].latitude,
            longitude=where[place.code].longitude,
            written=place.written,
            shade=shades.get(place.code),
            link=reverse("municipality", args=[region.slug, place.code]),
        )
        for place in shown.places
        if place.code in where
    ]
    words = _("Map of tiles, one for each municipality, about where they lie: %(what)s. "
              "The table holds the same values.")  # fmt: skip
    return charts.tile_map(tiles, description=words % {"what": shown.label}) if tiles else ""


def _shades(places: Sequence[Place]) -> dict[str, int]:
    """The class of each municipality: as many in each as can be, equal values in one."""
    known = sorted({place.value for place in places if place.value is not None})
    most = len(charts.SHADES)
    return {
        place.code: min(most * known.index(place.value) // max(len(known), 1), most - 1)
        for place in places
        if place.value is not None
    }


def _legend(shown: OnMap, shades: dict[str, int]) -> str:
    """What the shades mean, in words: from the lightest to the darkest."""
    parts = []
    for shade in sorted(set(shades.values())):
        inside = [place for place in shown.places if shades.get(place.code) == shade]
        low = min(inside, key=lambda place: place.value or 0)
        high = max(inside, key=lambda place: place.value or 0)
        span = low.written
        if high.written != low.written:
            span = _("%(low)s to %(high)s") % {"low": low.written, "high": high.written}
        words = ngettext("%(span)s (%(n)s municipality)", "%(span)s (%(n)s municipalities)",
                         len(inside))  # fmt: skip
        parts.append(words % {"span": span, "n": len(inside)})
    legend = _("From light to dark: %(parts)s.") % {"parts": "; ".join(parts)} if parts else ""
    without = len(shown.places) - len(shades)
    if without:
        words = ngettext(
            "%(n)s municipality with a broken line has no figure.",
            "%(n)s municipalities with a broken line have no figure.",
            without,
        )
        legend = f"{legend} {words % {'n': without}}".strip()
    return legend


def _finding(shown: OnMap) -> str:
    known = [place for place in shown.places if place.value is not None]
    if not known:
        return _("There is no figure of a municipality to show")
    low = min(known, key=lambda place: place.value or 0)
    high = max(known, key=lambda place: place.value or 0)
    words = {
        "high": high.name, "most": high.written, "low": low.name, "least": low.written,
        "unit": "" if "%" in high.written else f" {shown.unit}",
    }  # fmt: skip
    if low.value == high.value:
        return _("In every municipality with a figure it is %(most)s%(unit)s") % words
    return (
        _("Highest in %(high)s (%(most)s%(unit)s), lowest in %(low)s (%(least)s%(unit)s)") % words
    )


def _map_table(region: Any, shown: OnMap) -> Table:
    columns = (
        Column(_("Municipality")),
        Column(shown.unit or _("Value"), "number"),
        Column(_("Remark")),
    )
    rows: list[tuple[str, str, str]] = [
        (place.name, place.written, place.status) for place in shown.places
    ]
    if shown.region:
        rows.append((region.name, shown.region, _("the whole region")))
    if shown.national:
        rows.append((_("Netherlands"), shown.national, ""))
    return Table(f"{shown.label}, {period(shown.date)}", columns, rows)


def _how_the_map(shown: OnMap) -> str:
    words = _(
        "The map shows no borders: every municipality is a tile of the same size, put about where "
        "its main place lies (coordinates: GeoNames, CC BY 4.0). No open map of the borders could "
        "be had when this was made. Municipalities are those of 1 January 2026."
    )
    if any(
        not where.inside
        for place in shown.places
        if (where := reference.municipality_places().get(place.code))
    ):
        words += " " + _("Of one municipality the nearest place outside it was taken.")
    return words


def blocks_of(
    region: Any, municipality: Any, rows: Sequence[MunicipalRow]
) -> Sequence[FigureBlock]:
    """Shares over the years, and every figure of the newest period in one table."""
    if not rows:
        return []
    newest = rows[0].figure.period
    blocks = [
        *_trend(region, municipality, rows),
        _everything(region, municipality, [row for row in rows if row.figure.period == newest]),
    ]
    older = [row for row in rows if row.figure.period != newest]
    if older:
        blocks.append(_everything(region, municipality, older, earlier=True))
    return blocks


def _trend(region: Any, municipality: Any, rows: Sequence[MunicipalRow]) -> Sequence[FigureBlock]:
    """The share of youths with any youth care by year, beside region and country."""
    years = {
        int(row.figure.period): row
        for row in rows
        if row.figure.measure == "share_of_youths"
        and row.figure.care_form == "all_youth_care"
        and (row.figure.sex, row.figure.referrer) == ("all", "all")
        and len(row.figure.period) == 4
    }
    if len(years) < _YEARS_FOR_A_LINE:
        return []
    first = years[max(years)].figure
    what = f"{first.measure_label}: {sentences.lower(first.care_form_label)}"
    names = (municipality.name, region.name, _("Netherlands"))
    lines = [
        [(year, _number(value)) for year, row in sorted(years.items())
         for value in ((row.figure, row.region, row.national)[place],)]
        for place in range(3)
    ]  # fmt: skip
    series = [
        charts.TrendSeries(name, points, "region" if place == 0 else "national")
        for place, (name, points) in enumerate(zip(names, lines, strict=True))
        if place != 1 and any(value is not None for _year, value in points)
    ]
    table = Table(
        what,
        (Column(_("Year")), *(Column(name, "number") for name in names)),
        [
            (str(year), *(_shown(value) for value in (row.figure, row.region, row.national)))
            for year, row in sorted(years.items())
        ],
    )
    return [
        FigureBlock(
            id="trend",
            title=_("Over the years: %(first)s in %(from)s, %(last)s in %(to)s") % {
                "first": sentences.written(years[min(years)].figure), "from": min(years),
                "last": sentences.written(first), "to": max(years),
            },
            what=what,
            chart=charts.trend_chart(
                series, y_title=what, language=get_language() or "nl", unit="%"
            ),
            table=table,
            heading=2,
            **_origin([row.figure for row in years.values()]),
        )
    ]  # fmt: skip


def _everything(
    region: Any, municipality: Any, rows: Sequence[MunicipalRow], *, earlier: bool = False
) -> FigureBlock:
    columns = (
        Column(_("What is counted")),
        Column(_("Period")),
        Column(municipality.name, "number"),
        Column(region.name, "number"),
        Column(_("Netherlands"), "number"),
        Column(_("Status")),
    )
    body = [
        (
            _counted(row.figure),
            period(row.figure.period),
            sentences.written(row.figure),
            _shown(row.region),
            _shown(row.national),
            row.figure.status_label,
        )
        for row in rows
    ]
    title = _("Figures of earlier periods") if earlier else _("The newest figures")
    return FigureBlock(
        id="earlier" if earlier else "newest",
        title=title,
        table=Table(f"{municipality.name}: {title}", columns, body),
        heading=2,
        **_origin([row.figure for row in rows]),
    )


def _counted(figure: FigureValue) -> str:
    """What a figure counts: measure, form, and for whom when that is not everybody."""
    words = f"{figure.measure_label}: {sentences.lower(figure.care_form_label)}"
    if figure.referrer not in {"all", "none"}:
        words += f", {sentences.lower(figure.referrer_label)}"
    if figure.sex != "all":
        words += ", " + (_("boys") if figure.sex == "male" else _("girls"))
    if figure.age_band not in {"0-22", "all"}:
        words += ", " + sentences.age(figure.age_band)
    return words


def _origin(values: Sequence[FigureValue]) -> dict[str, Any]:
    """Source, state and mark of what a block shows."""
    how = [*states_of(values), *dict.fromkeys(value.note for value in values if value.note)]
    return {
        "source": "; ".join(dict.fromkeys(value.source.title for value in values)),
        "how": how,
        "mark": "generated" if any(v.source.key == GENERATED for v in values) else "",
    }


def _shown(value: FigureValue | None) -> str | None:
    return sentences.written(value) if value else None


def _number(value: FigureValue | None) -> float | None:
    return float(value.value) if value else None
