"""Lines through years: what was counted, region beside nation."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
from django.utils.translation import gettext as _

from vliegwiel.web import notation

from . import palette, scales
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled, y_at

_COLOURS = {"region": palette.REGION, "national": palette.NATIONAL}
_SHAPES = {"region": "circle", "national": "square"}
_LINE = FONT_SIZE * 1.2


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """Values by year. A missing year breaks the line: nothing was counted, nothing is drawn."""

    name: str
    points: Sequence[tuple[int, float | None]]
    role: Literal["region", "national"] = "region"


def trend_chart(
    series: Sequence[TrendSeries],
    *,
    y_title: str,
    language: str,
    decimals: int = 1,
    unit: str = "",
    breaks: Sequence[tuple[int, int]] = (),
) -> str:
    """Lines with dots by year from zero.

    `breaks` are pairs of years between which the way of counting changed: no line crosses them.

    Raises ValueError without a single value.
    """
    values = [v for line in series for _year, v in line.points if v is not None]
    if not values:
        raise ValueError("a trend needs at least one value")
    domain = scales.from_zero(values)
    description = _(
        "Line chart by year of %(what)s, for %(names)s. The table holds the same values."
    ) % {"what": y_title, "names": ", ".join(line.name for line in series)}

    def make(size: Size) -> Layers:
        size = size.less(90 if size.narrow else 120)
        years = sorted({year for line in series for year, _value in line.points})
        inside = [pair for pair in breaks if years[0] <= pair[0] and pair[1] <= years[-1]]
        layers = [_break(pair) for pair in inside]
        for line in series:
            layers += _line(line, inside, domain, years, size)
        layers += _end_labels(series, domain, size, decimals, unit)
        return alt.layer(*layers).properties(
            width=size.width, height=size.height, title=titled(y_title, size)
        )

    return draw(make, description=description, language=language)


def _x(years: Sequence[int], size: Size) -> alt.X:
    step = max(1, round(len(years) / (4 if size.narrow else 9)))
    shown = list(years)[::-1][::step][::-1]
    return alt.X(
        "year:Q",
        scale=alt.Scale(domain=[years[0], years[-1]], nice=False, zero=False),
        axis=alt.Axis(title=None, values=shown, format="d", grid=False),
    )


def _line(
    line: TrendSeries,
    breaks: Sequence[tuple[int, int]],
    domain: tuple[float, float],
    years: Sequence[int],
    size: Size,
) -> list[alt.Chart]:
    rows: list[dict[str, float | None]] = [{"year": y, "value": v} for y, v in line.points]
    # A point without a value between two years ends the line there.
    rows += [{"year": (after + before) / 2, "value": None} for after, before in breaks]
    rows.sort(key=lambda row: row["year"] or 0)
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~f"),
    )
    base = alt.Chart(rows_of(rows)).encode(x=_x(years, size), y=y)
    colour = _COLOURS[line.role]
    return [
        base.mark_line(color=colour, strokeWidth=3 if line.role == "region" else 2),
        base.transform_filter("isValid(datum.value)").mark_point(
            color=colour, filled=True, size=60, opacity=1, shape=_SHAPES[line.role]
        ),
    ]


def _break(pair: tuple[int, int]) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(rows_of([{"year": sum(pair) / 2}]))
        .mark_rule(color=palette.AXIS, strokeDash=[1, 3], strokeWidth=1.5)
        .encode(x=alt.X("year:Q"))
    )
    return layer


def _end_labels(
    series: Sequence[TrendSeries],
    domain: tuple[float, float],
    size: Size,
    decimals: int,
    unit: str,
) -> list[alt.Chart]:
    low, high = domain
    ends = []
    for line in series:
        known = [(year, value) for year, value in line.points if value is not None]
        if known:
            ends.append((line, *known[-1]))
    texts = [
        [*textwrap.wrap(line.name, 18), f"{notation.number(value, decimals)}{unit}"]
        for line, _year, value in ends
    ]
    places = [(high - value) / (high - low) * size.height for _line, _year, value in ends]
    places = scales.spread_labels(places, max((len(t) for t in texts), default=1) * _LINE + 2)
    layers = []
    for (line, year, _value), text, place in zip(ends, texts, places, strict=True):
        layers.append(
            alt.Chart(rows_of([{"year": year}]))
            .mark_text(
                text=text,
                align="left",
                dx=10,
                baseline="middle",
                fontWeight=600,
                color=_COLOURS[line.role],
                lineHeight=_LINE,
            )
            .encode(x=alt.X("year:Q"), y=y_at(place - (len(text) - 1) * _LINE / 2))
        )
    return layers
