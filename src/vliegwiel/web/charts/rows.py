"""Charts in rows: a name above, the value beside it. For long Dutch words on narrow screens too."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from vliegwiel.web import notation

from . import palette, scales
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled, x_at

ROW = 62
BAR = 20
LINE = FONT_SIZE * 1.2


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference with its interval; below zero is less than without the change."""

    label: str
    low: float
    mid: float
    high: float


def difference_bars(
    rows: Sequence[DifferenceRow], *, x_title: str, language: str, decimals: int = 0
) -> str:
    """The difference that a change makes per row, with its interval, on both sides of zero."""
    values = [v for row in rows for v in (row.low, row.mid, row.high)]
    domain = scales.from_zero(values)
    data = [
        {
            "label": row.label,
            "low": row.low,
            "mid": row.mid,
            "high": row.high,
            "zero": 0,
            "text": _("%(mid)s (%(low)s to %(high)s)")
            % {
                "mid": notation.signed(row.mid, decimals),
                "low": notation.signed(row.low, decimals),
                "high": notation.signed(row.high, decimals),
            },
        }
        for row in rows
    ]
    description = _("Differences with their intervals, %(what)s: %(rows)s.") % {
        "what": x_title,
        "rows": "; ".join(f"{item['label']} {item['text']}" for item in data),
    }

    def make(size: Size) -> Layers:
        frame = RowFrame(data, domain, size, [row.label for row in rows], axis_title=x_title)
        bar = frame.base.mark_bar(
            color=palette.SCENARIO, opacity=0.35, height=BAR, orient="horizontal"
        )
        rule = frame.base.mark_rule(color=palette.SCENARIO, strokeWidth=3)
        dot = frame.base.mark_point(color=palette.SCENARIO, filled=True, size=110, opacity=1)
        return frame.layered(
            frame.line_at("zero"),
            bar.encode(x=frame.x("zero"), x2=alt.X2("mid:Q")),
            rule.encode(x=frame.x("low"), x2=alt.X2("high:Q")),
            dot.encode(x=frame.x("mid")),
            frame.heading_values("text"),
        )

    return draw(make, description=description, language=language)


class RowFrame:
    """Rows under each other: the name of a row above its mark, one shared axis below."""

    def __init__(
        self,
        data: list[dict[str, Any]],
        domain: tuple[float, float],
        size: Size,
        labels: Sequence[str],
        *,
        axis_title: str = "",
        extra: int = 0,
        values_in_heading: bool = True,
        below: float = 0.28,
    ) -> None:
        width = 38 if size.narrow else 74
        self._wrapped = [textwrap.wrap(label, width) or [""] for label in labels]
        deepest = max((len(text) for text in self._wrapped), default=1)
        # On a narrow screen a value in the heading stands on a line of its own, under the name.
        self._under = LINE if size.narrow and values_in_heading else 0
        self._row = ROW + extra + (deepest - 1) * LINE + self._under
        # The part of a row that lies below the middle of its bar.
        self._below = below
        self._size = size
        self._domain = domain
        self._axis_title = axis_title
        rows = [{**item, "row": index} for index, item in enumerate(data)]
        self._count = len(rows)
        self.base = self.of(rows)

    def of(self, rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
        """A drawing of other data on the same rows: each item says its `row`."""
        drawn: alt.Chart = alt.Chart(rows_of(rows)).encode(y=self._y())
        return drawn

    def _y(self) -> alt.Y:
        return alt.Y(
            "row:Q",
            axis=None,
            scale=alt.Scale(
                domain=[self._below - 1, self._count + self._below - 1],
                range=[0, self._row * self._count],
                nice=False,
            ),
        )

    def x(self, name: str) -> alt.X:
        axis = (
            alt.Axis(
                title=[
                    line
                    for part in self._axis_title.splitlines()
                    for line in titled(part, self._size)
                ],
                tickCount=4 if self._size.narrow else 6,
                format=",~f",
                domain=False,
            )
            if self._axis_title
            else None
        )
        return alt.X(
            f"{name}:Q",
            scale=alt.Scale(domain=list(self._domain), nice=False, zero=False),
            axis=axis,
        )

    def line_at(self, name: str) -> alt.Chart:
        """A short upright line through every row, so that no line runs through the words."""
        layer: alt.Chart = self.base.mark_tick(
            color=palette.AXIS, thickness=2, size=BAR + 12, orient="vertical"
        ).encode(x=self.x(name))
        return layer

    def heading_values(self, text: str) -> alt.Chart:
        """The value on the line of the name: at the right, or under the name on a narrow screen."""
        mark = (
            self.base.mark_text(align="left", dy=-BAR / 2 - 14, fontWeight=600)
            if self._size.narrow
            else self.base.mark_text(align="right", dy=-BAR / 2 - 14, fontWeight=600)
        )
        place = 0 if self._size.narrow else self._size.width
        layer: alt.Chart = mark.encode(x=x_at(place), text=alt.Text(f"{text}:N"))
        return layer

    def layered(self, *marks: alt.Chart) -> Layers:
        return alt.layer(*marks, *self._names()).properties(
            width=self._size.width, height=self._row * self._count
        )

    def _names(self) -> list[alt.Chart]:
        above = BAR / 2 + 14 + self._under
        layers = []
        for index, text in enumerate(self._wrapped):
            one = alt.Chart(rows_of([{"row": index}])).encode(y=self._y())
            layers.append(
                one.mark_text(
                    text=text, align="left", dy=-above - (len(text) - 1) * LINE, lineHeight=LINE
                ).encode(x=x_at(0))
            )
        return layers
