"""Several changes beside each other: one line each around zero, and each again with its band."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .bands import BandPoint, month_axis, signed_axis
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled, y_at

#: More lines than this cannot be told apart in one drawing.
MOST_LINES = 5
# Never colour alone: every line has its own strokes, and its letter at the end.
_DASHES = ([1, 0], [9, 4], [2, 3], [12, 3, 2, 3], [5, 5])
_OTHER_SIDE = 0.18
_LINE = FONT_SIZE * 1.2
_NAME_LETTERS, _NAME_LINES = 17, 2
_ABOVE, _BELOW = "▲", "▼"
_PANEL_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class NamedBand:
    """What one of them does, month by month; `letter` stands at the end of its line."""

    letter: str
    name: str
    points: Sequence[BandPoint]


def several_chart(
    series: Sequence[NamedBand], *, y_title: str, more: str, less: str, language: str
) -> str:
    """A line for each, above and below zero, without bands; for the `chart` of a figure block.

    `more` and `less` say what it means to lie above and below the zero line. Raises ValueError
    without a single point, or with more than MOST_LINES lines.
    """
    _refuse(series)
    description = _(
        "Line chart by month of differences: %(what)s, a line for each of %(names)s. Above zero is "
        "%(more)s, below zero %(less)s. The table holds the same values with their ranges."
    ) % {"what": y_title, "names": _names(series), "more": more, "less": less}
    return draw(
        lambda size: _lines(series, y_title, (more, less), size),
        description=description,
        language=language,
    )


def panels_chart(series: Sequence[NamedBand], *, y_title: str, language: str) -> str:
    """A small drawing for each with its band, all on the same axis; the other lines are thin.

    Raises ValueError as `several_chart` does.
    """
    _refuse(series)
    description = _(
        "Small line charts by month, one for each of %(names)s, with the band of uncertainty: "
        "%(what)s. The table holds the same values."
    ) % {"what": y_title, "names": _names(series)}
    return draw(
        lambda size: _panels(series, y_title, size), description=description, language=language
    )


def _refuse(series: Sequence[NamedBand]) -> None:
    if len(series) > MOST_LINES:
        raise ValueError(f"at most {MOST_LINES} lines can be told apart")
    if not any(one.points for one in series):
        raise ValueError("a chart of differences needs at least one point")


def _names(series: Sequence[NamedBand]) -> str:
    return "; ".join(f"{one.letter} {one.name}" for one in series)


def _domain(values: list[float]) -> tuple[float, float]:
    """Zero and all values, with room on both sides of zero so that its line lies inside."""
    low, high = scales.from_zero(values)
    room = _OTHER_SIDE * (high - low)
    return min(low, -room), max(high, room)


def _lines(series: Sequence[NamedBand], y_title: str, sides: tuple[str, str], size: Size) -> Layers:
    title = [*titled(y_title, size), f"{_ABOVE} {sides[0]}", f"{_BELOW} {sides[1]}"]
    size = size.less(24 if size.narrow else 170)
    domain = _domain([point.mid for one in series for point in one.points])
    x = month_axis([point.month for one in series for point in one.points], size)
    layers = [_zero(series, x, domain, 5)]
    layers += [
        _line(one, place, x, domain, width=3) for place, one in enumerate(series) if one.points
    ]
    layers += _end_labels(series, domain, size)
    return alt.layer(*layers).properties(width=size.width, height=size.height, title=title)


def _zero(
    series: Sequence[NamedBand], x: alt.X, domain: tuple[float, float], ticks: int
) -> alt.Chart:
    months = sorted({point.month for one in series for point in one.points})
    rows = [{"month": month.isoformat(), "zero": 0} for month in (months[0], months[-1])]
    layer: alt.Chart = (
        alt.Chart(rows_of(rows))
        .mark_line(color=palette.INK, strokeWidth=1.5)
        .encode(x=x, y=signed_axis("zero", domain, ticks))
    )
    return layer


def _line(
    one: NamedBand,
    place: int,
    x: alt.X,
    domain: tuple[float, float],
    *,
    width: float,
    faint: bool = False,
) -> alt.Chart:
    rows = [{"month": point.month.isoformat(), "mid": point.mid} for point in one.points]
    layer: alt.Chart = (
        alt.Chart(rows_of(rows))
        .mark_line(
            color=palette.AXIS if faint else palette.SERIES[place],
            opacity=0.45 if faint else 1,
            strokeWidth=width,
            strokeDash=_DASHES[place],
        )
        .encode(x=x, y=signed_axis("mid", domain, 5))
    )
    return layer


def _end_labels(
    series: Sequence[NamedBand], domain: tuple[float, float], size: Size
) -> list[alt.Chart]:
    """The letter of each line at its end; its name beside it where there is room."""
    low, high = domain
    drawn = [(place, one) for place, one in enumerate(series) if one.points]
    texts = [_label(one, size) for _place, one in drawn]
    ends = [(high - one.points[-1].mid) / (high - low) * size.height for _place, one in drawn]
    places = scales.spread_labels(ends, max(len(text) for text in texts) * _LINE + 3)
    layers = []
    for (place, one), text, y in zip(drawn, texts, places, strict=True):
        layers.append(
            alt.Chart(rows_of([{"month": one.points[-1].month.isoformat()}]))
            .mark_text(
                text=text,
                align="left",
                dx=8,
                baseline="middle",
                fontWeight=600,
                color=palette.SERIES[place],
                lineHeight=_LINE,
            )
            .encode(x=alt.X("month:T"), y=y_at(y - (len(text) - 1) * _LINE / 2))
        )
    return layers


def _label(one: NamedBand, size: Size) -> list[str]:
    if size.narrow:
        return [one.letter]
    lines = textwrap.wrap(
        f"{one.letter} {one.name}", _NAME_LETTERS, max_lines=_NAME_LINES, placeholder="…"
    )
    return lines or [one.letter]


def _panels(series: Sequence[NamedBand], y_title: str, size: Size) -> alt.ConcatChart:
    drawn = [(place, one) for place, one in enumerate(series) if one.points]
    columns = 1 if size.narrow else 2
    width = size.width - 40 if size.narrow else size.width // 2 - 60
    part = Size("narrow", width, _PANEL_HEIGHT)
    domain = _domain(
        [value for one in series for point in one.points for value in (point.low, point.high)]
    )
    panels = [_panel(series, place, one, domain, part) for place, one in drawn]
    return alt.concat(*panels, columns=columns, spacing=28).properties(
        title=alt.TitleParams(text=titled(y_title, size))
    )


def _panel(
    series: Sequence[NamedBand],
    place: int,
    one: NamedBand,
    domain: tuple[float, float],
    size: Size,
) -> Layers:
    x = month_axis([point.month for point in one.points], size)
    band = [
        {"month": p.month.isoformat(), "low": p.low, "high": p.high, "mid": p.mid}
        for p in one.points
    ]
    others = [
        _line(other, k, x, domain, width=1.25, faint=True)
        for k, other in enumerate(series)
        if k != place and other.points
    ]
    layers = [
        alt.Chart(rows_of(band))
        .mark_area(color=palette.SERIES[place], opacity=0.25)
        .encode(x=x, y=signed_axis("low", domain, 4), y2=alt.Y2("high:Q")),
        _zero(series, x, domain, 4),
        *others,
        _line(one, place, x, domain, width=3),
    ]
    title = alt.TitleParams(
        text=textwrap.wrap(f"{one.letter} {one.name}", 32), fontWeight="bold", color=palette.INK
    )
    return alt.layer(*layers).properties(width=size.width, height=size.height, title=title)
