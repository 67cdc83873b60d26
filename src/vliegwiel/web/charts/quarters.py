"""A planning by quarter: a bar a row, and a line from what comes first to what waits for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import altair as alt
from django.utils.translation import gettext as _

from . import palette
from .drawing import Layers, Size, draw, rows_of, x_at

_ROW = 46
#: Where the bar of a row begins and ends; its name stands above.
_TOP, _END = 0.56, 0.86
_LETTERS = {"wide": 74, "narrow": 34}


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A row: `starts` and `ends` count quarters (year times four, plus 0 to 3), both inclusive.

    `needs` are places of rows that come first; `too_early` are those of them that are not ready
    when this one begins.
    """

    label: str
    starts: int
    ends: int
    needs: Sequence[int] = ()
    too_early: Sequence[int] = ()
    is_over: bool = False


def quarter_chart(rows: Sequence[QuarterRow], *, language: str) -> str:
    """The planning with its years along the bottom; for a figure block.

    Raises ValueError without a row, or where one ends before it begins.
    """
    if not rows:
        raise ValueError("a planning needs at least one row")
    if any(row.ends < row.starts for row in rows):
        raise ValueError("a row ends before it begins")
    description = _("Planning of %(rows)s rows, from %(first)s to %(last)s. The table says when "
                    "each begins and ends.") % {
        "rows": len(rows),
        "first": min(row.starts for row in rows) // 4,
        "last": max(row.ends for row in rows) // 4,
    }  # fmt: skip
    return draw(lambda size: _chart(rows, size), description=description, language=language)


def _chart(rows: Sequence[QuarterRow], size: Size) -> Layers:
    first = min(row.starts for row in rows) // 4 * 4
    last = (max(row.ends for row in rows) // 4 + 1) * 4
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(
            title=None,
            values=list(range(first, last + 1)),
            # A year stands at its first quarter; the other quarters have a line only.
            labelExpr="datum.value % 4 == 0 ? format(datum.value / 4, 'd') : ''",
            labelAlign="left",
            labelBound=True,
            grid=True,
            ticks=False,
        ),
    )
    layers = [*_links(rows, x), *_bars(rows, x), _names(rows, size)]
    return alt.layer(*layers).properties(width=size.width, height=_ROW * len(rows))


def _bars(rows: Sequence[QuarterRow], x: alt.X) -> Iterator[alt.Chart]:
    for is_over, colour in ((False, palette.SERIES[0]), (True, palette.NATIONAL)):
        bars = [
            {"from": row.starts, "to": row.ends + 1, "top": place + _TOP, "end": place + _END}
            for place, row in enumerate(rows)
            if row.is_over is is_over
        ]
        if bars:
            yield (
                alt.Chart(rows_of(bars))
                .mark_rect(color=colour, cornerRadius=2)
                .encode(x=x, x2=alt.X2("to:Q"), y=_y("top", len(rows)), y2=alt.Y2("end:Q"))
            )


def _links(rows: Sequence[QuarterRow], x: alt.X) -> Iterator[alt.Chart]:
    """From the end of what comes first to the begin of what waits; dashed where too soon."""
    for too_early, colour in ((False, palette.AXIS), (True, palette.SERIES[1])):
        lines = [
            {"from": rows[need].ends + 1, "to": row.starts, "top": need + _END, "end": place + _TOP}
            for place, row in enumerate(rows)
            for need in row.needs
            if (need in row.too_early) is too_early
        ]
        if lines:
            yield (
                alt.Chart(rows_of(lines))
                .mark_rule(color=colour, strokeWidth=2, strokeDash=[5, 4] if too_early else [1, 0])
                .encode(x=x, x2=alt.X2("to:Q"), y=_y("top", len(rows)), y2=alt.Y2("end:Q"))
            )


def _names(rows: Sequence[QuarterRow], size: Size) -> alt.Chart:
    longest = _LETTERS[size.name]
    names = [
        {
            "place": place + 0.3,
            "name": row.label if len(row.label) <= longest else f"{row.label[: longest - 1]}…",
        }
        for place, row in enumerate(rows)
    ]
    layer: alt.Chart = (
        alt.Chart(rows_of(names))
        .mark_text(align="left", baseline="middle")
        .encode(x=x_at(2), y=_y("place", len(rows)), text=alt.Text("name:N"))
    )
    return layer


def _y(name: str, count: int) -> alt.Y:
    return alt.Y(
        f"{name}:Q", axis=None, scale=alt.Scale(domain=[0, count], reverse=True, nice=False)
    )
