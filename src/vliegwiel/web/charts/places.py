"""What awaits whoever stands at a place in a queue: a line with its band, by place."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import Layers, Size, draw, rows_of, titled

_ROOM = 1.06


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """A place in a queue, 1 being the first, and what is expected there with its interval."""

    place: int
    low: float
    mid: float
    high: float


def place_chart(
    points: Sequence[PlacePoint], *, x_title: str, y_title: str, description: str, language: str
) -> str:
    """A line with its band by place, from zero; for the `chart` of a figure block.

    `description` is read aloud in place of the drawing. Raises ValueError without a point.
    """
    if not points:
        raise ValueError("a chart of places needs at least one point")
    return draw(
        lambda size: _chart(points, x_title, y_title, size),
        description=_("%(finding)s. The table holds every place that was reckoned.")
        % {"finding": description},
        language=language,
    )


def _chart(points: Sequence[PlacePoint], x_title: str, y_title: str, size: Size) -> Layers:
    size = size.less(16)
    rows = [{"place": p.place, "low": p.low, "mid": p.mid, "high": p.high} for p in points]
    x = alt.X(
        "place:Q",
        scale=alt.Scale(domain=[0, points[-1].place * _ROOM], nice=False, zero=True),
        axis=alt.Axis(
            title=titled(x_title, size), tickCount=4 if size.narrow else 8, format="d", grid=False
        ),
    )
    base = alt.Chart(rows_of(rows)).encode(x=x)
    domain = scales.from_zero([point.high for point in points])
    layers = [
        base.mark_area(color=palette.BASELINE, opacity=0.2).encode(
            y=_y("low", domain), y2=alt.Y2("high:Q")
        ),
        base.mark_line(color=palette.BASELINE, strokeWidth=2.5).encode(y=_y("mid", domain)),
        base.mark_point(color=palette.BASELINE, filled=True, size=45, opacity=1).encode(
            y=_y("mid", domain)
        ),
    ]
    return alt.layer(*layers).properties(
        width=size.width, height=size.height, title=titled(y_title, size)
    )


def _y(name: str, domain: tuple[float, float]) -> alt.Y:
    return alt.Y(
        f"{name}:Q",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~f"),
    )
