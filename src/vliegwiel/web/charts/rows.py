"""Charts in rows: a name above, the value beside it. For long Dutch words on narrow screens too."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from vliegwiel.web import notation

from . import palette, scales
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, titled

_ROW = 62
_BAR = 20
_LINE = FONT_SIZE * 1.2


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A value of the region beside the national one (None where there is none).

    The texts are written beside the bar as they stand; without them the values are written.
    """

    label: str
    region: float | None
    national: float | None = None
    region_text: str = ""
    national_text: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference with its interval; below zero is less than without the change."""

    label: str
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """What the outcome becomes when one assumption goes to its lowest and to its highest value."""

    label: str
    low: float
    high: float
    low_label: str = ""
    high_label: str = ""


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How values lie: lowest, middle, highest, and how many there are."""

    label: str
    low: float
    mid: float
    high: float


def compare_bars(
    rows: Sequence[CompareRow],
    *,
    region_name: str,
    national_name: str,
    language: str,
    decimals: int = 1,
    unit: str = "%",
) -> str:
    """Bars of the region with a mark for the national value; from zero."""
    values = [v for row in rows for v in (row.region, row.national) if v is not None]
    domain = scales.from_zero(values)
    data = [_compare_data(row, decimals, unit, national_name) for row in rows]
    description = _(
        "Bar chart of %(region)s beside %(national)s: %(rows)s. The table holds the same values."
    ) % {
        "region": region_name,
        "national": national_name,
        "rows": ", ".join(row.label for row in rows),
    }

    def make(size: Size) -> Layers:
        room = size if size.narrow else size.less(180)
        frame = _Frame(data, domain, room, [row.label for row in rows])
        bars = frame.base.mark_bar(color=palette.REGION, height=_BAR, orient="horizontal").encode(
            x=frame.x("region"), x2=alt.X2Datum(0)
        )
        marks = [bars]
        if any(row.national is not None for row in rows):
            tick = frame.base.transform_filter("isValid(datum.national)").mark_tick(
                fill=palette.INK,
                stroke=palette.PAPER,
                strokeWidth=1,
                thickness=5,
                size=_BAR + 14,
                orient="vertical",
            )
            marks.append(tick.encode(x=frame.x("national")))
        return frame.layered(*marks, frame.values("text", at="end"))

    return draw(make, description=description, language=language)


def _compare_data(row: CompareRow, decimals: int, unit: str, national_name: str) -> dict[str, Any]:
    def write(value: float) -> str:
        return f"{notation.number(value, decimals)}{unit}"

    known = [v for v in (row.region, row.national) if v is not None]
    text = row.region_text or (write(row.region) if row.region is not None else notation.MISSING)
    if row.national is not None:
        text = f"{text} ({national_name}: {row.national_text or write(row.national)})"
    return {
        "label": row.label,
        "region": row.region,
        "national": row.national,
        "end": max(known, default=0.0),
        "text": text,
    }


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
        frame = _Frame(data, domain, size, [row.label for row in rows], axis_title=x_title)
        bar = frame.base.mark_bar(
            color=palette.SCENARIO, opacity=0.35, height=_BAR, orient="horizontal"
        )
        rule = frame.base.mark_rule(color=palette.SCENARIO, strokeWidth=3)
        dot = frame.base.mark_point(color=palette.SCENARIO, filled=True, size=110, opacity=1)
        return frame.layered(
            frame.line_at("zero"),
            bar.encode(x=frame.x("zero"), x2="mid:Q"),
            rule.encode(x=frame.x("low"), x2="high:Q"),
            dot.encode(x=frame.x("mid")),
            frame.heading_values("text"),
        )

    return draw(make, description=description, language=language)


def tornado_chart(
    rows: Sequence[TornadoRow],
    *,
    centre: float,
    x_title: str,
    language: str,
    decimals: int = 0,
) -> str:
    """Which assumptions matter most: the outcome at the lowest and the highest value of each.

    `centre` is the outcome with every assumption at its own value. Rows stand in the order given;
    put the widest first.
    """
    values = [v for row in rows for v in (row.low, row.high)] + [centre]
    reach = max((abs(value - centre) for value in values), default=0) or 1.0
    domain = (centre - reach * 1.25, centre + reach * 1.25)
    data = [_tornado_data(row, centre, decimals) for row in rows]
    description = _(
        "Which assumptions matter most for %(what)s: %(rows)s. The table holds the same values."
    ) % {
        "what": x_title,
        "rows": "; ".join(f"{d['label']}: {d['left']}, {d['right']}" for d in data),
    }

    def make(size: Size) -> Layers:
        labels = [row.label for row in rows]
        frame = _Frame(data, domain, size, labels, axis_title=x_title, extra=24)
        sides = []
        for name, colour in (("low", palette.BASELINE), ("high", palette.SCENARIO)):
            bar = frame.base.mark_bar(color=colour, height=_BAR, opacity=0.85, orient="horizontal")
            sides.append(bar.encode(x=frame.x("centre"), x2=f"{name}:Q"))
        texts = [frame.side_text("left"), frame.side_text("right")]
        return frame.layered(*sides, frame.line_at("centre"), *texts)

    return draw(make, description=description, language=language)


def _tornado_data(row: TornadoRow, centre: float, decimals: int) -> dict[str, Any]:
    def words(value: float, label: str) -> str:
        text = notation.number(value, decimals)
        return f"{label}: {text}" if label else text

    ends = sorted([(row.low, row.low_label), (row.high, row.high_label)])
    return {
        "label": row.label,
        "centre": centre,
        "low": row.low,
        "high": row.high,
        "left": words(*ends[0]),
        "right": words(*ends[1]),
    }


def spread_chart(
    rows: Sequence[SpreadRow], *, x_title: str, language: str, texts: Sequence[str]
) -> str:
    """From the lowest to the highest value with the middle as a dot; `texts` are written beside."""
    domain = scales.from_zero([row.high for row in rows])
    data = [
        {"label": row.label, "low": row.low, "mid": row.mid, "high": row.high, "text": text}
        for row, text in zip(rows, texts, strict=True)
    ]
    description = _("Lowest, middle and highest value, %(what)s: %(rows)s.") % {
        "what": x_title,
        "rows": "; ".join(f"{item['label']} {item['text']}" for item in data),
    }

    def make(size: Size) -> Layers:
        frame = _Frame(data, domain, size, [row.label for row in rows], axis_title=x_title)
        span = frame.base.mark_bar(
            color=palette.REGION, opacity=0.3, height=12, cornerRadius=6, orient="horizontal"
        )
        dot = frame.base.mark_point(color=palette.REGION, filled=True, size=130, opacity=1)
        return frame.layered(
            span.encode(x=frame.x("low"), x2="high:Q"),
            dot.encode(x=frame.x("mid")),
            frame.heading_values("text"),
        )

    return draw(make, description=description, language=language)


class _Frame:
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
    ) -> None:
        width = 38 if size.narrow else 74
        self._wrapped = [textwrap.wrap(label, width) or [""] for label in labels]
        deepest = max((len(text) for text in self._wrapped), default=1)
        self._row = _ROW + extra + (deepest - 1) * _LINE + (_LINE if size.narrow else 0)
        self._size = size
        self._domain = domain
        self._axis_title = axis_title
        rows = [{**item, "row": index} for index, item in enumerate(data)]
        self._count = len(rows)
        self.base = alt.Chart(rows_of(rows)).encode(y=self._y())

    def _y(self) -> alt.Y:
        return alt.Y(
            "row:Q",
            axis=None,
            scale=alt.Scale(
                domain=[-0.72, self._count - 0.72], range=[0, self._row * self._count], nice=False
            ),
        )

    def x(self, name: str) -> alt.X:
        axis = (
            alt.Axis(
                title=titled(self._axis_title, self._size),
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
            color=palette.AXIS, thickness=2, size=_BAR + 12, orient="vertical"
        ).encode(x=self.x(name))
        return layer

    def values(self, text: str, *, at: str) -> alt.Chart:
        """The value behind the bar, or under the name where there is no room beside it."""
        if self._size.narrow:
            return self.heading_values(text)
        layer: alt.Chart = self.base.mark_text(align="left", dx=10, baseline="middle").encode(
            x=self.x(at), text=f"{text}:N"
        )
        return layer

    def heading_values(self, text: str) -> alt.Chart:
        """The value on the line of the name: at the right, or under the name on a narrow screen."""
        mark = (
            self.base.mark_text(align="left", dy=-_BAR / 2 - 14, fontWeight=600)
            if self._size.narrow
            else self.base.mark_text(align="right", dy=-_BAR / 2 - 14, fontWeight=600)
        )
        place = 0 if self._size.narrow else self._size.width
        layer: alt.Chart = mark.encode(x=alt.value(place), text=f"{text}:N")
        return layer

    def side_text(self, name: str) -> alt.Chart:
        """Words under a bar, left or right of the middle of the drawing."""
        left = name == "left"
        layer: alt.Chart = self.base.mark_text(
            align="right" if left else "left",
            dy=_BAR / 2 + 13,
            fontSize=FONT_SIZE - 1,
            color=palette.SOFT,
        ).encode(x=alt.value(self._size.width / 2 + (-8 if left else 8)), text=f"{name}:N")
        return layer

    def layered(self, *marks: alt.Chart) -> Layers:
        return alt.layer(*marks, *self._names()).properties(
            width=self._size.width, height=self._row * self._count
        )

    def _names(self) -> list[alt.Chart]:
        above = _BAR / 2 + 14 + (_LINE if self._size.narrow else 0)
        layers = []
        for index, text in enumerate(self._wrapped):
            one = alt.Chart(rows_of([{"row": index}])).encode(y=self._y())
            layers.append(
                one.mark_text(
                    text=text, align="left", dy=-above - (len(text) - 1) * _LINE, lineHeight=_LINE
                ).encode(x=alt.value(0))
            )
        return layers
