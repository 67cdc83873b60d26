"""The chance that a pilot shows its effect, by how long it takes: a line per number of places."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
from django.utils.translation import gettext as _

from . import palette, scales
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled, y_at

#: More lines than this cannot be told apart.
MOST_POWER_LINES = 4
_DASHES = ([1, 0], [9, 4], [2, 3], [12, 3, 2, 3])
_LINE = FONT_SIZE * 1.2
_ROOM = 150


@dataclass(frozen=True, slots=True)
class PowerPlace:
    """After so many months the effect is seen in this part of the cases, in per cent."""

    months: int
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A line with its name; `answer` is the shortest duration that does, None when none does."""

    name: str
    points: Sequence[PowerPlace]
    answer: int | None = None


def power_chart(
    lines: Sequence[PowerLine], *, asked: float, y_title: str, x_title: str, language: str
) -> str:
    """Per cent seen by months, with a level line at what was asked; for a figure block.

    One line has its band of uncertainty; of several only the lines are drawn. A dot marks each
    answer. Raises ValueError without a point, or with more lines than can be told apart.
    """
    if not any(line.points for line in lines):
        raise ValueError("a chart of power needs at least one point")
    if len(lines) > MOST_POWER_LINES:
        raise ValueError(f"at most {MOST_POWER_LINES} lines can be told apart")
    description = _(
        "Line chart: %(what)s, by %(months)s, for %(names)s, with a level line at the %(asked)s "
        "per cent that was asked. The table holds the same values."
    ) % {
        "what": y_title, "months": x_title, "asked": f"{asked:g}",
        "names": ", ".join(line.name for line in lines),
    }  # fmt: skip
    return draw(
        lambda size: _chart(lines, asked, y_title, x_title, size),
        description=description,
        language=language,
    )


def _chart(
    lines: Sequence[PowerLine], asked: float, y_title: str, x_title: str, size: Size
) -> Layers:
    if not size.narrow:
        size = size.less(_ROOM)
    x = _months(lines, x_title)
    layers: list[alt.Chart] = _asked(lines, asked, x)
    for place, line in enumerate(lines):
        if line.points:
            layers += _line(line, place, x, banded=len(lines) == 1)
    layers += _labels(lines, size)
    return alt.layer(*layers).properties(
        width=size.width, height=size.height, title=titled(y_title, size)
    )


def _months(lines: Sequence[PowerLine], title: str) -> alt.X:
    last = max(point.months for line in lines for point in line.points)
    step = next((s for s in (3, 6, 12) if last / s <= 8), 24)
    return alt.X(
        "months:Q",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(title=title, values=list(range(0, last + 1, step)), grid=False, format="d"),
    )


def _y(name: str) -> alt.Y:
    return alt.Y(
        f"{name}:Q",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(title=None, values=[0, 20, 40, 60, 80, 100], domain=False, ticks=False),
    )


def _asked(lines: Sequence[PowerLine], asked: float, x: alt.X) -> list[alt.Chart]:
    last = max(point.months for line in lines for point in line.points)
    base = alt.Chart(rows_of([{"months": k, "asked": asked} for k in (0, last)])).encode(x=x)
    words = alt.Chart(rows_of([{"months": 0, "asked": asked}])).encode(x=x)
    return [
        base.mark_line(color=palette.INK, strokeWidth=1.5, strokeDash=[4, 3]).encode(y=_y("asked")),
        words.mark_text(
            text=_("asked: %(asked)s") % {"asked": f"{asked:g}"},
            align="left", dx=4, dy=-9, color=palette.SOFT,
        ).encode(y=_y("asked")),
    ]  # fmt: skip


def _line(line: PowerLine, place: int, x: alt.X, *, banded: bool) -> list[alt.Chart]:
    rows = [{"months": p.months, "low": p.low, "mid": p.mid, "high": p.high} for p in line.points]
    base, colour = alt.Chart(rows_of(rows)).encode(x=x), palette.SERIES[place]
    drawn = [
        base.mark_line(color=colour, strokeWidth=3, strokeDash=_DASHES[place]).encode(y=_y("mid"))
    ]
    if banded:
        drawn.insert(0, base.mark_area(color=colour, opacity=0.18).encode(
            y=_y("low"), y2=alt.Y2("high:Q")))  # fmt: skip
    found = [row for row in rows if row["months"] == line.answer]
    if found:
        dot = alt.Chart(rows_of(found)).encode(x=x, y=_y("mid"))
        drawn.append(dot.mark_point(color=colour, filled=True, size=120, opacity=1))
    return drawn


def _labels(lines: Sequence[PowerLine], size: Size) -> list[alt.Chart]:
    """The name of each line at its end: beside it, or above it on a narrow screen."""
    known = [(place, line) for place, line in enumerate(lines) if line.points]
    ends = [(100.0 - line.points[-1].mid) / 100.0 * size.height for _place, line in known]
    if size.narrow:
        # Above the line, which comes from below; under it when there is no room above.
        ends = [end - 1.6 * _LINE if end > 2 * _LINE else end + 1.4 * _LINE for end in ends]
    places = scales.spread_labels(ends, _LINE + 2)
    below = max(0.0, max(places, default=0.0) - size.height + 8.0)
    above = max(0.0, 8.0 - min(places, default=8.0))
    made = []
    for (place, line), y in zip(known, places, strict=True):
        row = [{"months": line.points[-1].months}]
        made.append(
            alt.Chart(rows_of(row))
            .mark_text(
                text=line.name, align="right" if size.narrow else "left",
                dx=0 if size.narrow else 10, baseline="middle", fontWeight=600,
                color=palette.SERIES[place],
            )
            .encode(x=alt.X("months:Q"), y=y_at(y - below + above))
        )  # fmt: skip
    return made
