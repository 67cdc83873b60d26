"""A difference through time: what a change adds or takes away, with its band around a zero line."""

from collections.abc import Sequence

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .bands import BandPoint, Event, event_marks, month_axis, signed_axis
from .drawing import Layers, Size, draw, rows_of, titled, y_at

# Part of the height that stays free on the side of zero where nothing lies.
_OTHER_SIDE = 0.18
_ABOVE, _BELOW = "▲", "▼"


def difference_chart(
    points: Sequence[BandPoint],
    *,
    y_title: str,
    more: str,
    less: str,
    language: str,
    events: Sequence[Event] = (),
) -> str:
    """One line with its band, above and below zero, by month; for the `chart` of a figure block.

    `more` and `less` say what it means to lie above and below the zero line ("longer wait"). Raises
    ValueError without a single point.
    """
    if not points:
        raise ValueError("a chart of differences needs at least one point")
    description = _(
        "Line chart by month of a difference with its band of uncertainty: %(what)s. Above zero is "
        "%(more)s, below zero %(less)s. The table holds the same values."
    ) % {"what": y_title, "more": more, "less": less}
    return draw(
        lambda size: _chart(points, events, y_title, (more, less), size),
        description=description,
        language=language,
    )


def _chart(
    points: Sequence[BandPoint],
    events: Sequence[Event],
    y_title: str,
    sides: tuple[str, str],
    size: Size,
) -> Layers:
    more, less = f"{_ABOVE} {sides[0]}", f"{_BELOW} {sides[1]}"
    title = titled(y_title, size)
    if size.narrow:
        title = [*title, more, less]
    else:
        size = size.less(120)
    domain = _domain(points)
    layers = [*_band(points, domain, size), *event_marks(events)]
    if not size.narrow:
        layers += _sides(points, domain, (more, less), size)
    return alt.layer(*layers).properties(width=size.width, height=size.height, title=title)


def _domain(points: Sequence[BandPoint]) -> tuple[float, float]:
    """Zero and all values, with room on both sides of zero so that its line lies inside."""
    low, high = scales.from_zero([value for p in points for value in (p.low, p.high)])
    room = _OTHER_SIDE * (high - low)
    return min(low, -room), max(high, room)


def _band(points: Sequence[BandPoint], domain: tuple[float, float], size: Size) -> list[alt.Chart]:
    rows = [
        {"month": p.month.isoformat(), "low": p.low, "mid": p.mid, "high": p.high, "zero": 0}
        for p in points
    ]
    base = alt.Chart(rows_of(rows)).encode(x=month_axis([p.month for p in points], size))
    return [
        base.mark_area(color=palette.SCENARIO, opacity=0.25).encode(
            y=signed_axis("low", domain), y2=alt.Y2("high:Q")
        ),
        base.mark_line(color=palette.INK, strokeWidth=1.5).encode(y=signed_axis("zero", domain)),
        base.mark_line(color=palette.SCENARIO, strokeWidth=3).encode(y=signed_axis("mid", domain)),
    ]


def _sides(
    points: Sequence[BandPoint],
    domain: tuple[float, float],
    sides: tuple[str, str],
    size: Size,
) -> list[alt.Chart]:
    """Behind the zero line: what above it and below it means."""
    low, high = domain
    zero = high / (high - low) * size.height
    base = alt.Chart(rows_of([{"month": points[-1].month.isoformat()}])).encode(x=alt.X("month:T"))
    return [
        base.mark_text(
            text=text, align="left", dx=10, baseline="middle", color=palette.SOFT
        ).encode(y=y_at(zero + shift))
        for text, shift in zip(sides, (-16, 16), strict=True)
    ]
