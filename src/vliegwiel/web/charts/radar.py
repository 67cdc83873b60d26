"""A radar: the means of a profile around a point, at most a few beside each other."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
from django.utils.translation import gettext as _

from vliegwiel.web import notation

from . import palette
from .drawing import Layers, Size, draw, rows_of

MOST_RADAR_LINES = 6
# In pixels: a line of words, the sample of a line before its name, and a letter.
_LINE, _KEY, _LETTER = 19, 50, 8
_DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 4], [12, 5])


@dataclass(frozen=True, slots=True)
class RadarLine:
    """The values of one profile in the order of the axes; None leaves a gap."""

    label: str
    values: Sequence[float | None]


def radar_chart(
    axes: Sequence[str],
    lines: Sequence[RadarLine],
    *,
    low: float,
    high: float,
    language: str,
    decimals: int = 2,
) -> str:
    """Each profile as a line around the middle, from `low` there to `high` at the rim.

    Raises ValueError for fewer than three axes, more than MOST_RADAR_LINES lines, or a line with
    another number of values than there are axes.
    """
    if len(axes) < 3 or not 0 < len(lines) <= MOST_RADAR_LINES:
        raise ValueError("a radar has at least three axes and a few lines")
    if any(len(line.values) != len(axes) for line in lines):
        raise ValueError("a line has a value for each axis")
    description = _("Radar from %(low)s in the middle to %(high)s at the rim. %(lines)s.") % {
        "low": notation.number(low, 0),
        "high": notation.number(high, 0),
        "lines": "; ".join(_told(line, axes, decimals) for line in lines),
    }

    def make(size: Size) -> Layers:
        return _Radar(axes, lines, low, high, size).drawn()

    return draw(make, description=description, language=language)


def _told(line: RadarLine, axes: Sequence[str], decimals: int) -> str:
    values = ", ".join(
        f"{axis} {notation.number(value, decimals)}"
        for axis, value in zip(axes, line.values, strict=True)
        if value is not None
    )
    return f"{line.label}: {values}"


class _Radar:
    """One drawing, in pixels from the top left."""

    def __init__(
        self,
        axes: Sequence[str],
        lines: Sequence[RadarLine],
        low: float,
        high: float,
        size: Size,
    ) -> None:
        self._axes, self._lines, self._low, self._high = axes, lines, low, high
        self._radius = 92.0 if size.narrow else 150.0
        self._width = float(size.width)
        self._letters = 13 if size.narrow else 22
        self._middle = (self._width / 2, self._radius + 66)
        room = (size.width - _KEY) // _LETTER
        self._labels = [textwrap.wrap(line.label, room) or [""] for line in lines]
        self._height = 2 * self._middle[1] + self._below(0)

    def drawn(self) -> Layers:
        layers = [*self._rings(), *self._names()]
        for number, line in enumerate(self._lines):
            layers += self._line(number, line)
        return alt.layer(*layers).properties(width=self._width, height=self._height)

    def _point(self, axis: int, share: float) -> tuple[float, float]:
        angle = 2 * math.pi * axis / len(self._axes) - math.pi / 2
        reach = self._radius * share
        return self._middle[0] + reach * math.cos(angle), self._middle[1] + reach * math.sin(angle)

    def _chart(self, points: Sequence[dict[str, Any]]) -> alt.Chart:
        x = alt.X(
            "x:Q", axis=None, scale=alt.Scale(domain=[0, self._width], nice=False, zero=False)
        )
        y = alt.Y(
            "y:Q",
            axis=None,
            scale=alt.Scale(domain=[self._height, 0], nice=False, zero=False),
        )
        drawn: alt.Chart = alt.Chart(rows_of(points)).encode(x=x, y=y)
        return drawn

    def _path(self, points: Sequence[tuple[float, float]], **look: Any) -> alt.Chart:
        rows = [{"x": x, "y": y, "order": place} for place, (x, y) in enumerate(points)]
        layer: alt.Chart = self._chart(rows).mark_line(**look).encode(order=alt.Order("order:Q"))
        return layer

    def _rings(self) -> list[alt.Chart]:
        steps = round(self._high - self._low)
        layers, numbers = [], []
        for step in range(1, steps + 1):
            ring = [self._point(axis, step / steps) for axis in range(len(self._axes))]
            layers.append(self._path([*ring, ring[0]], color=palette.GRID, strokeWidth=1))
        for axis in range(len(self._axes)):
            spoke = [self._middle, self._point(axis, 1)]
            layers.append(self._path(spoke, color=palette.GRID, strokeWidth=1))
        for step in range(steps + 1):
            x, y = self._point(0, step / steps)
            numbers.append({"x": x - 6, "y": y, "text": f"{self._low + step:g}"})
        words = self._chart(numbers).mark_text(align="right", color=palette.SOFT, fontSize=13)
        return [*layers, words.encode(text=alt.Text("text:N"))]

    def _names(self) -> list[alt.Chart]:
        layers = []
        for axis, name in enumerate(self._axes):
            x, y = self._point(axis, 1.14)
            wrapped = textwrap.wrap(name, self._letters) or [""]
            one = self._chart([{"x": x, "y": y + self._shift(y, len(wrapped))}])
            layers.append(one.mark_text(text=wrapped, align=self._side(x), lineHeight=_LINE))
        return layers

    def _side(self, x: float) -> Literal["left", "center", "right"]:
        """Names stand outside the rim."""
        if abs(x - self._middle[0]) < 8:
            return "center"
        return "left" if x > self._middle[0] else "right"

    def _shift(self, y: float, lines: int) -> float:
        """Above the middle the last line of a name stands at the rim, below it the first."""
        if abs(y - self._middle[1]) <= 8:
            return -(lines - 1) * _LINE / 2
        return -(lines - 1) * float(_LINE) if y < self._middle[1] else 6.0

    def _line(self, number: int, line: RadarLine) -> list[alt.Chart]:
        colour = palette.SERIES[number]
        look = {"color": colour, "strokeWidth": 3, "strokeDash": _DASHES[number]}
        span = self._high - self._low
        points = [
            self._point(axis, (value - self._low) / span)
            for axis, value in enumerate(line.values)
            if value is not None
        ]
        whole = len(points) == len(line.values)
        closed = [*points, points[0]] if whole else points
        layers = [self._path(closed, **look)] if whole else []
        dots = [{"x": x, "y": y} for x, y in points]
        layers.append(self._chart(dots).mark_point(filled=True, size=60, color=colour, opacity=1))
        at = self._height - self._below(number) + _LINE / 2
        layers.append(self._path([(0, at), (_KEY - 10, at)], **look))
        name = self._chart([{"x": _KEY, "y": at}])
        text = self._labels[number]
        return [*layers, name.mark_text(text=text, align="left", lineHeight=_LINE)]

    def _below(self, number: int) -> float:
        """The height of the names of this line and those after it."""
        return float(sum(len(text) * _LINE + 4 for text in self._labels[number:]))
