"""An effect at each look: a dot with its interval, beside nothing and the smallest that matters."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .bands import month_axis, signed_axis
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled, x_at, y_at

_ABOVE, _BELOW = "▲", "▼"
_ROOM = 0.15
_LINE = FONT_SIZE * 1.2


@dataclass(frozen=True, slots=True)
class LookPoint:
    """What was known on a day: the estimate and the interval around it."""

    day: date
    low: float
    mid: float
    high: float


def looks_chart(
    points: Sequence[LookPoint],
    *,
    matters: float | None,
    y_title: str,
    more: str,
    less: str,
    language: str,
) -> str:
    """Intervals through time with lines at zero and at the smallest effect that matters.

    `matters` has the sign of the side that is better; without it there is no such line. `more` and
    `less` say what it means to lie above and below the line of no difference.

    Raises ValueError without a single point.
    """
    if not points:
        raise ValueError("a chart of looks needs at least one look")
    description = _(
        "Chart by day of measuring: a dot for the difference and an upright line for where it can "
        "lie, beside a line of no difference and a line of the smallest difference that matters. "
        "%(what)s. The table holds the same values."
    ) % {"what": y_title}
    return draw(
        lambda size: _chart(points, matters, y_title, (more, less), size),
        description=description,
        language=language,
    )


def _chart(
    points: Sequence[LookPoint],
    matters: float | None,
    y_title: str,
    sides: tuple[str, str],
    size: Size,
) -> Layers:
    more, less = f"{_ABOVE} {sides[0]}", f"{_BELOW} {sides[1]}"
    title = [*titled(y_title, size), more, less]
    place = size if size.narrow else size.less(150)
    domain = _domain(points, matters)
    x = month_axis([point.day.replace(day=1) for point in points], place)
    layers = [*_lines(matters, domain), *_intervals(points, domain, x)]
    layers += _names(matters, domain, place)
    return alt.layer(*layers).properties(width=place.width, height=place.height, title=title)


def _domain(points: Sequence[LookPoint], matters: float | None) -> tuple[float, float]:
    """Zero and everything else, with room around it."""
    ends = [value for point in points for value in (point.low, point.high)]
    low, high = scales.from_zero(ends if matters is None else [matters, *ends])
    room = _ROOM * (high - low)
    return min(low, -room), max(high, room)


def _lines(matters: float | None, domain: tuple[float, float]) -> list[alt.Chart]:
    """No difference as a whole line, the smallest that matters as strokes."""
    base = alt.Chart(rows_of([{"zero": 0, "matters": matters}]))
    lines = [
        base.mark_rule(color=palette.INK, strokeWidth=1.5).encode(y=signed_axis("zero", domain))
    ]
    if matters is not None:
        strokes = base.mark_rule(color=palette.SERIES[2], strokeWidth=2, strokeDash=[7, 4])
        lines.append(strokes.encode(y=signed_axis("matters", domain)))
    return lines


def _intervals(
    points: Sequence[LookPoint], domain: tuple[float, float], x: alt.X
) -> list[alt.Chart]:
    rows = [
        {"month": p.day.isoformat(), "low": p.low, "mid": p.mid, "high": p.high} for p in points
    ]
    base = alt.Chart(rows_of(rows)).encode(x=x)
    return [
        base.mark_rule(color=palette.REGION, strokeWidth=4, opacity=0.55).encode(
            y=signed_axis("low", domain), y2=alt.Y2("high:Q")
        ),
        base.mark_point(color=palette.REGION, filled=True, size=90, opacity=1).encode(
            y=signed_axis("mid", domain)
        ),
    ]


def _names(matters: float | None, domain: tuple[float, float], size: Size) -> list[alt.Chart]:
    """What both lines are: behind them, or on a narrow screen upon them."""
    low, high = domain
    named = [(0.0, _("no difference"), palette.SOFT)]
    if matters is not None:
        named.append((matters, _("smallest difference that matters"), palette.SERIES[2]))
    texts = [[text] if size.narrow else textwrap.wrap(text, 18) for _value, text, _c in named]
    heights = [(high - value) / (high - low) * size.height for value, _text, _colour in named]
    apart = max(len(text) for text in texts) * _LINE + 2
    places = heights if size.narrow else scales.spread_labels(heights, apart)
    left = x_at(0 if size.narrow else size.width)
    layers = []
    for (_value, _text, colour), text, y in zip(named, texts, places, strict=True):
        top = y - (9 if size.narrow else (len(text) - 1) * _LINE / 2)
        mark = alt.Chart(rows_of([{"none": 0}])).mark_text(
            text=text,
            align="left",
            dx=4 if size.narrow else 10,
            baseline="middle",
            color=colour,
            fontWeight=600,
            lineHeight=_LINE,
        )
        layers.append(mark.encode(x=left, y=y_at(top)))
    return layers
