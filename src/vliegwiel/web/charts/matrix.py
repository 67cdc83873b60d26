"""A grid of signs: what stands in each column of each row. For narrow screens the names go above.

A cell has a colour and a sign, so that nobody needs the colour; what each sign means is a text of
the page, and the table beside the chart says it in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
from django.utils.translation import gettext as _

from . import palette
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, x_at

_ROW = 58
#: The part of a row that its name takes.
_NAME = 0.48
_LONGEST_SIGN = 20

#: Tone of a cell -> its colour.
_TONES: Mapping[str, str] = {
    "bad": palette.SERIES[1],
    "limited": palette.SERIES[2],
    "late": palette.SERIES[3],
    "unknown": palette.NATIONAL,
    "good": palette.SERIES[0],
}


@dataclass(frozen=True, slots=True)
class MatrixSign:
    """What a cell can show: one letter or sign, and a tone of bad, limited, late, unknown, good."""

    sign: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row with its name; `cells` are keys of the signs, one a column."""

    label: str
    cells: Sequence[str]


def matrix_chart(
    rows: Sequence[MatrixRow],
    *,
    columns: Sequence[str],
    signs: Mapping[str, MatrixSign],
    language: str,
) -> str:
    """The grid with a name above each row and the columns along the top; for a figure block.

    Raises ValueError without a cell, or where a row has another number of cells than columns.
    """
    if not rows or not columns:
        raise ValueError("a grid needs at least one cell")
    if any(len(row.cells) != len(columns) for row in rows):
        raise ValueError("a row has a cell for each column")
    counted = ", ".join(
        f"{sign.label}: {sum(row.cells.count(key) for row in rows)}" for key, sign in signs.items()
    )
    description = _("Grid of %(rows)s rows and %(columns)s columns. %(counted)s. The table says "
                    "what stands in each cell.") % {
        "rows": len(rows), "columns": len(columns), "counted": counted,
    }  # fmt: skip
    return draw(
        lambda size: _chart(rows, columns, signs, size), description=description, language=language
    )


def _chart(
    rows: Sequence[MatrixRow],
    columns: Sequence[str],
    signs: Mapping[str, MatrixSign],
    size: Size,
) -> Layers:
    x = alt.X(
        "column:O",
        scale=alt.Scale(domain=list(columns), paddingInner=0.08, paddingOuter=0),
        axis=alt.Axis(
            orient="top", title=None, labelAngle=-90, domain=False, ticks=False, labelLimit=160
        ),
    )
    layers = [_names(rows, len(rows))]
    letter = min(FONT_SIZE, round(0.8 * size.width / len(columns)), _LONGEST_SIGN)
    for key, sign in signs.items():
        cells = [
            {"column": column, "top": place + _NAME, "mid": place + (1 + _NAME) / 2 - 0.02,
             "end": place + 0.96}
            for place, row in enumerate(rows)
            for column, cell in zip(columns, row.cells, strict=True)
            if cell == key
        ]  # fmt: skip
        if not cells:
            continue
        base = alt.Chart(rows_of(cells)).encode(x=x)
        layers += [
            base.mark_rect(color=_TONES[sign.tone]).encode(
                y=_y("top", len(rows)), y2=alt.Y2("end:Q")
            ),
            base.mark_text(
                text=sign.sign, color=palette.PAPER, fontSize=letter, fontWeight=700,
                baseline="middle",
            ).encode(y=_y("mid", len(rows))),
        ]  # fmt: skip
    return alt.layer(*layers).properties(width=size.width, height=_ROW * len(rows))


def _names(rows: Sequence[MatrixRow], count: int) -> alt.Chart:
    names = [{"place": place + 0.24, "name": row.label} for place, row in enumerate(rows)]
    layer: alt.Chart = (
        alt.Chart(rows_of(names))
        .mark_text(align="left", baseline="middle")
        .encode(x=x_at(0), y=_y("place", count), text=alt.Text("name:N"))
    )
    return layer


def _y(name: str, count: int) -> alt.Y:
    return alt.Y(
        f"{name}:Q", axis=None, scale=alt.Scale(domain=[0, count], reverse=True, nice=False)
    )
