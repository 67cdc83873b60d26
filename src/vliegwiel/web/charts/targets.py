"""The way to a target: what was read, beside the straight line from the base to the goal."""

from collections.abc import Sequence
from datetime import date

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import Layers, Size, draw, rows_of, titled


def target_chart(
    readings: Sequence[tuple[date, float]],
    *,
    base: tuple[date, float],
    goal: tuple[date, float],
    y_title: str,
    language: str,
) -> str:
    """Dots for readings, a dashed line from base to goal, on an axis from zero.

    Raises ValueError when the goal does not lie after the base.
    """
    if goal[0] <= base[0]:
        raise ValueError("a target is due after its base")
    later = [one for one in readings if one[0] > base[0]]
    domain = list(scales.from_zero([base[1], goal[1], *(value for _day, value in later)]))
    description = _(
        "Line chart of %(what)s: what was read, beside the line from the base to the target. "
        "The table holds the same values."
    ) % {"what": y_title}

    def make(size: Size) -> Layers:
        way = _lines([base, goal], domain, size)
        read = _lines([base, *sorted(later)], domain, size)
        ends = alt.Chart(rows_of([_row(goal)])).encode(x=alt.X("day:T"), y=alt.Y("value:Q"))
        return alt.layer(
            way.mark_line(color=palette.NATIONAL, strokeWidth=2, strokeDash=[6, 4]),
            ends.mark_point(color=palette.NATIONAL, filled=True, size=80, shape="diamond"),
            read.mark_line(color=palette.REGION, strokeWidth=3),
            read.mark_point(color=palette.REGION, filled=True, size=60, opacity=1),
        ).properties(width=size.width, height=size.height, title=titled(y_title, size))

    return draw(make, description=description, language=language)


def _lines(points: Sequence[tuple[date, float]], domain: list[float], size: Size) -> alt.Chart:
    axis = alt.Axis(title=None, format="%b %Y", tickCount=3 if size.narrow else 6, grid=False)
    chart: alt.Chart = alt.Chart(rows_of(list(map(_row, points)))).encode(
        x=alt.X("day:T", axis=axis),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(domain=domain, nice=False),
            axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~f"),
        ),
    )
    return chart


def _row(point: tuple[date, float]) -> dict[str, str | float]:
    return {"day": point[0].isoformat(), "value": point[1]}
