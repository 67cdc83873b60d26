"""Lines through time with a band of uncertainty: forecasts, baseline beside scenario."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled, y_at

Role = Literal["baseline", "scenario", "first", "second", "third"]

_COLOURS = {
    "baseline": palette.BASELINE,
    "scenario": palette.SCENARIO,
    "first": palette.SERIES[0],
    "second": palette.SERIES[1],
    "third": palette.SERIES[2],
}
# Never colour alone: the baseline has short strokes, the scenario long and thicker ones. Several
# measures of one world have roles by number.
_DASHES = {
    "baseline": [2, 3],
    "scenario": [9, 4],
    "first": [9, 4],
    "second": [2, 3],
    "third": [12, 3, 2, 3],
}
_WIDTHS = {"baseline": 2, "scenario": 3, "first": 3, "second": 3, "third": 3}
_OPACITIES = {"baseline": 0.2, "scenario": 0.2, "first": 0.12, "second": 0.12, "third": 0.12}
_LINE = FONT_SIZE * 1.2


@dataclass(frozen=True, slots=True)
class BandPoint:
    """What is expected in one month: the middle and the interval around it."""

    month: date
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class BandSeries:
    """A forecast through time. `observed` holds what was measured, drawn as dots."""

    name: str
    points: Sequence[BandPoint]
    role: Role = "baseline"
    observed: Sequence[tuple[date, float]] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens on a date, drawn as a vertical line with its name."""

    month: date
    label: str


def band_chart(
    series: Sequence[BandSeries],
    *,
    y_title: str,
    language: str,
    events: Sequence[Event] = (),
) -> str:
    """Lines with bands by month, on an axis that starts at zero; for the `chart` of a figure block.

    `y_title` names what is measured and its unit. Raises ValueError without a single point.
    """
    if not any(line.points for line in series):
        raise ValueError("a band chart needs at least one point")
    names = ", ".join(line.name for line in series)
    description = _(
        "Line chart by month with bands of uncertainty: %(what)s, for %(names)s. "
        "The table holds the same values."
    ) % {"what": y_title, "names": names}
    return draw(
        lambda size: _chart(series, events, y_title, size),
        description=description,
        language=language,
    )


def _chart(
    series: Sequence[BandSeries], events: Sequence[Event], y_title: str, size: Size
) -> Layers:
    if not size.narrow:
        size = size.less(120)
    highest = [point.high for line in series for point in line.points]
    highest += [value for line in series for _month, value in line.observed]
    domain = scales.from_zero(highest)
    layers: list[alt.Chart] = []
    for line in series:
        layers += _band_and_line(
            line, domain, month_axis([p.month for line in series for p in line.points], size)
        )
    layers += [_dots(line) for line in series if line.observed]
    layers += event_marks(events)
    layers += _labels(series, domain, size)
    return alt.layer(*layers).properties(
        width=size.width, height=size.height, title=titled(y_title, size)
    )


def signed_axis(name: str, domain: tuple[float, float], ticks: int = 5) -> alt.Y:
    """Differences from below to above zero, with their signs."""
    return alt.Y(
        f"{name}:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=alt.Axis(
            title=None,
            tickCount=ticks,
            domain=False,
            ticks=False,
            labelExpr="datum.value == 0 ? '0' : format(datum.value, '+,~f')",
        ),
    )


def month_axis(points: Iterable[date], size: Size) -> alt.X:
    """Months from left to right, with as many names as there is room for."""
    months = sorted(set(points))
    wanted = 4 if size.narrow else 7
    steps = (1, 2, 3, 6, 12, 24)
    step = next((s for s in steps if len(months) / s <= wanted), 60)
    shown = [m for m in months if (m.year * 12 + m.month - 1) % step == 0] or months[:1]
    ticks = [alt.DateTime(year=m.year, month=m.month, date=1, utc=True) for m in shown]
    return alt.X(
        "month:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(
            title=None,
            values=ticks,
            format="%b %Y",
            grid=False,
            labelOverlap=True,
            labelFlush=False,
        ),
    )


def _y(name: str, domain: tuple[float, float]) -> alt.Y:
    return alt.Y(
        f"{name}:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~f"),
    )


def _band_and_line(line: BandSeries, domain: tuple[float, float], x: alt.X) -> list[alt.Chart]:
    rows = [
        {"month": p.month.isoformat(), "low": p.low, "mid": p.mid, "high": p.high}
        for p in line.points
    ]
    base = alt.Chart(rows_of(rows)).encode(x=x)
    colour = _COLOURS[line.role]
    return [
        base.mark_area(color=colour, opacity=_OPACITIES[line.role]).encode(
            y=_y("low", domain), y2=alt.Y2("high:Q")
        ),
        base.mark_line(
            color=colour, strokeWidth=_WIDTHS[line.role], strokeDash=_DASHES[line.role]
        ).encode(y=_y("mid", domain)),
    ]


def _dots(line: BandSeries) -> alt.Chart:
    rows = [{"month": month.isoformat(), "value": value} for month, value in line.observed]
    layer: alt.Chart = (
        alt.Chart(rows_of(rows))
        .mark_point(color=_COLOURS[line.role], filled=True, size=45, opacity=1)
        .encode(x=alt.X("month:T"), y=alt.Y("value:Q"))
    )
    return layer


def event_marks(events: Sequence[Event]) -> list[alt.Chart]:
    """Upright lines with names at the top: one for a month, each name a line below the last."""
    labels: dict[date, list[str]] = {}
    for event in sorted(events, key=lambda event: event.month):
        labels.setdefault(event.month, []).append(event.label)
    layers = []
    for rank, (month, names) in enumerate(labels.items()):
        base = alt.Chart(rows_of([{"month": month.isoformat()}])).encode(x=alt.X("month:T"))
        layers += [
            base.mark_rule(color=palette.AXIS, strokeDash=[1, 3], strokeWidth=1.5),
            base.mark_text(
                text=", ".join(names), align="left", dx=5, baseline="top", color=palette.SOFT
            ).encode(y=y_at(rank * _LINE)),
        ]
    return layers


def _labels(
    series: Sequence[BandSeries], domain: tuple[float, float], size: Size
) -> list[alt.Chart]:
    """The name of each line at its end: beside it, or above or below it on a narrow screen."""
    drawn = [line for line in series if line.points]
    texts = [textwrap.wrap(line.name, 30 if size.narrow else 19) for line in drawn]
    low, high = domain
    ends = [(high - line.points[-1].mid) / (high - low) * size.height for line in drawn]
    if size.narrow:
        return _labels_inside(drawn, texts, ends, size)
    heights = max((len(text) for text in texts), default=1) * _LINE + 4
    places = scales.spread_labels(ends, heights)
    return [
        _label(line, text, y=place - (len(text) - 1) * _LINE / 2, align="left", dx=10)
        for line, text, place in zip(drawn, texts, places, strict=True)
    ]


def _labels_inside(
    drawn: Sequence[BandSeries], texts: list[list[str]], ends: list[float], size: Size
) -> list[alt.Chart]:
    order = sorted(range(len(drawn)), key=ends.__getitem__)
    layers = []
    for rank, index in enumerate(order):
        above = rank < (len(drawn) + 1) // 2
        lines = texts[index]
        y = ends[index] - 16 - (len(lines) - 1) * _LINE if above else ends[index] + 18
        y = min(max(y, 8), size.height - 8 - (len(lines) - 1) * _LINE)
        layers.append(_label(drawn[index], lines, y=y, align="right", dx=0))
    return layers


def _label(
    line: BandSeries, text: list[str], *, y: float, align: Literal["left", "right"], dx: int
) -> alt.Chart:
    last = line.points[-1]
    layer: alt.Chart = (
        alt.Chart(rows_of([{"month": last.month.isoformat()}]))
        .mark_text(
            text=text,
            align=align,
            dx=dx,
            baseline="middle",
            fontWeight=600,
            color=_COLOURS[line.role],
            lineHeight=_LINE,
        )
        .encode(x=alt.X("month:T"), y=y_at(y))
    )

    return layer
