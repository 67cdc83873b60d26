"""Values of the region with the national ones: a bar, and right under it the bar of the country."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from vliegwiel.web import notation

from . import palette, scales
from .drawing import Layers, Size, draw, x_at
from .rows import BAR, RowFrame

# The national bar: how thick, and how far its middle lies below that of the region's bar.
_THIN, _DOWN = 10, BAR / 2 + 9
_EXTRA, _BELOW = 16, 0.4
# Wide enough for a letter, so that the words behind the longest bar have room.
_LETTER = 8.4


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A value of the region beside the national one (None where there is none).

    The texts are written behind the bars as they stand; without them the values are written.
    `derived` draws the bars open: the numbers were calculated, not taken from the source.
    """

    label: str
    region: float | None
    national: float | None = None
    region_text: str = ""
    national_text: str = ""
    derived: bool = False


def compare_bars(
    rows: Sequence[CompareRow],
    *,
    region_name: str,
    national_name: str,
    language: str,
    decimals: int = 1,
    unit: str = "%",
) -> str:
    """Bars of the region with the national bars under them, from zero; each says whose it is.

    Without a single national value the bars say their value alone.
    """
    beside = any(row.national is not None for row in rows)
    names = (region_name, national_name) if beside else ("", "")
    data = [_data(row, names, decimals, unit) for row in rows]
    values = [v for row in rows for v in (row.region, row.national) if v is not None]
    domain = scales.from_zero(values)
    description = _description(data, region_name, national_name if beside else "")

    def make(size: Size) -> Layers:
        longest = max((len(item[f"{name}_text"]) for item in data for name in _WHO), default=0)
        room = size.less(min(round(longest * _LETTER) + 14, size.width // 2))
        frame = RowFrame(
            data,
            domain,
            room,
            [row.label for row in rows],
            extra=_EXTRA if beside else 0,
            values_in_heading=False,
            below=_BELOW if beside else 0.28,
        )
        marks = [*_bars(frame, "region", BAR, 0, palette.REGION)]
        if beside:
            marks += _bars(frame, "national", _THIN, _DOWN, palette.NATIONAL)
        return frame.layered(*marks, _edge(frame, size))

    return draw(make, description=description, language=language)


_WHO = ("region", "national")


def _bars(frame: RowFrame, name: str, thick: int, down: float, colour: str) -> list[alt.Chart]:
    """The bars of one side with their words; what was calculated is drawn as an outline."""
    known = frame.base.transform_filter(f"isValid(datum.{name})")
    x, zero = frame.x(name), alt.X2Datum(0)
    filled = known.transform_filter("!datum.derived").mark_bar(
        color=colour, height=thick, yOffset=down, orient="horizontal"
    )
    outlined = known.transform_filter("datum.derived").mark_bar(
        fill=palette.PAPER,
        stroke=colour,
        strokeWidth=2,
        strokeDash=[4, 3],
        height=thick - 2,
        yOffset=down,
        orient="horizontal",
    )
    words = known.mark_text(align="left", dx=8, dy=down, baseline="middle").encode(
        x=x, text=alt.Text(f"{name}_text:N")
    )
    return [filled.encode(x=x, x2=zero), outlined.encode(x=x, x2=zero), words]


def _edge(frame: RowFrame, size: Size) -> alt.Chart:
    """Something unseen at the right edge: every drawing is as wide, so letters are as large."""
    layer: alt.Chart = (
        frame.of([{"row": 0}]).mark_point(opacity=0, size=1).encode(x=x_at(size.width))
    )
    return layer


def _data(row: CompareRow, names: tuple[str, str], decimals: int, unit: str) -> dict[str, Any]:
    def words(value: float | None, text: str, name: str) -> str:
        if value is None:
            return ""
        return f"{text or notation.number(value, decimals) + unit} {name}".strip()

    return {
        "label": row.label,
        "region": row.region,
        "national": row.national,
        "region_text": words(row.region, row.region_text, names[0]),
        "national_text": words(row.national, row.national_text, names[1]),
        "derived": row.derived,
    }


def _description(data: Sequence[dict[str, Any]], region_name: str, national_name: str) -> str:
    rows = "; ".join(
        f"{item['label']}: "
        + ", ".join(text for text in (item["region_text"], item["national_text"]) if text)
        for item in data
    )
    if not national_name:
        return _("Bar chart of %(region)s. %(rows)s.") % {"region": region_name, "rows": rows}
    return _("Bar chart of %(region)s beside %(national)s. %(rows)s.") % {
        "region": region_name,
        "national": national_name,
        "rows": rows,
    }
