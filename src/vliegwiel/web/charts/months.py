"""A count at the end of each month: a line with dots, for what was observed."""

from collections.abc import Sequence
from datetime import date

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import Layers, Size, draw, rows_of, titled


def month_chart(points: Sequence[tuple[date, float | None]], *, y_title: str, language: str) -> str:
    """A line with dots by month on an axis from zero; a month without a value breaks the line.

    Raises ValueError without a single value.
    """
    values = [value for _month, value in points if value is not None]
    if not values:
        raise ValueError("a chart of months needs at least one value")
    domain = list(scales.from_zero(values))
    description = _("Line chart by month of %(what)s. The table holds the same values.") % {
        "what": y_title
    }
    data = [{"month": f"{month:%Y-%m-01}", "value": value} for month, value in points]

    def make(size: Size) -> Layers:
        base = alt.Chart(rows_of(data)).encode(
            x=alt.X(
                "month:T",
                axis=alt.Axis(
                    title=None, format="%b %Y", tickCount=3 if size.narrow else 6, grid=False
                ),
            ),
            y=alt.Y(
                "value:Q",
                scale=alt.Scale(domain=domain, nice=False),
                axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~f"),
            ),
        )
        known = base.transform_filter("isValid(datum.value)")
        return alt.layer(
            base.mark_line(color=palette.REGION, strokeWidth=3),
            known.mark_point(color=palette.REGION, filled=True, size=60, opacity=1),
        ).properties(width=size.width, height=size.height, title=titled(y_title, size))

    return draw(make, description=description, language=language)
