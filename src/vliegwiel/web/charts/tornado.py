"""Which assumptions matter most: the outcome at both ends of each, beside the one in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
from django.utils.translation import gettext as _

from . import palette
from .drawing import FONT_SIZE, Layers, Size, draw, rows_of, x_at, y_at
from .rows import BAR, LINE, RowFrame

Side = Literal["better", "worse", "chance"]

_COLOURS = {"better": palette.BETTER, "worse": palette.WORSE, "chance": palette.NATIONAL}
_OPACITIES = {"better": 0.9, "worse": 0.9, "chance": 0.35}
_LEFT, _RIGHT, _SAME = "◀", "▶", "="
_SQUARE = "■"
_UNDER = BAR / 2 + 13


@dataclass(frozen=True, slots=True)
class TornadoEnd:
    """The outcome with an assumption at one end of its range, and words for both.

    `chance` tells that the outcome lies no further from the middle than chance explains.
    """

    outcome: float
    words: str
    chance: bool = False


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """What the outcome becomes when one assumption goes to its lowest and to its highest value."""

    label: str
    low: TornadoEnd
    high: TornadoEnd


def tornado_chart(
    rows: Sequence[TornadoRow],
    *,
    centre: float,
    x_title: str,
    better: str,
    worse: str,
    language: str,
) -> str:
    """Which assumptions move the outcome most, at the lowest and the highest value of each.

    `centre` is the outcome with every assumption at its own value; less is `better`, more is
    `worse`, in the words of what is measured ("shorter wait"). Rows stand in the order given; put
    the widest first. Raises ValueError without a single row.
    """
    if not rows:
        raise ValueError("a tornado chart needs at least one row")
    description = _(
        "Which assumptions matter most for %(what)s: %(rows)s. The table holds the same values."
    ) % {
        "what": x_title,
        "rows": "; ".join(f"{row.label}: {row.low.words}, {row.high.words}" for row in rows),
    }
    return draw(
        lambda size: _chart(rows, centre, x_title, (better, worse), size),
        description=description,
        language=language,
    )


def _chart(
    rows: Sequence[TornadoRow], centre: float, x_title: str, sides: tuple[str, str], size: Size
) -> Layers:
    values = [end.outcome for row in rows for end in (row.low, row.high)]
    reach = max((abs(value - centre) for value in values), default=0) or 1.0
    frame = RowFrame(
        [{"centre": centre} for _row in rows],
        (centre - reach * 1.25, centre + reach * 1.25),
        size,
        [row.label for row in rows],
        axis_title=f"{_LEFT} {sides[0]} – {sides[1]} {_RIGHT}\n{x_title}",
        extra=24 + (int(LINE) if size.narrow else 0),
        below=0.42 if size.narrow else 0.36,
    )
    return frame.layered(
        *_bars(frame, rows, centre),
        frame.line_at("centre"),
        *_words(frame, rows, centre, size),
        *_key(rows, sides, size),
    )


def _bars(frame: RowFrame, rows: Sequence[TornadoRow], centre: float) -> Iterator[alt.Chart]:
    found: dict[Side, list[dict[str, Any]]] = {"better": [], "worse": [], "chance": []}
    for index, row in enumerate(rows):
        for end in (row.low, row.high):
            place = {"row": index, "centre": centre, "end": end.outcome}
            found[_side(end, centre)].append(place)
    for side, places in found.items():
        if places:
            yield (
                frame.of(places)
                .mark_bar(
                    color=_COLOURS[side],
                    opacity=_OPACITIES[side],
                    height=BAR,
                    orient="horizontal",
                )
                .encode(x=frame.x("centre"), x2=alt.X2("end:Q"))
            )


def _side(end: TornadoEnd, centre: float) -> Side:
    if end.chance:
        return "chance"
    return "better" if end.outcome < centre else "worse"


def _words(
    frame: RowFrame, rows: Sequence[TornadoRow], centre: float, size: Size
) -> Iterator[alt.Chart]:
    """What the assumption is and what the outcome, under the bar: never colour alone."""
    ends = [sorted((row.low, row.high), key=lambda end: end.outcome) for row in rows]
    for k in (0, 1):
        texts = [
            {"row": index, "text": f"{_sign(pair[k], centre)} {pair[k].words}"}
            for index, pair in enumerate(ends)
        ]
        align: Literal["left", "right"] = "left" if size.narrow or k else "right"
        place = 0.0 if size.narrow else size.width / 2 + (8 if k else -8)
        down = _UNDER + (k * LINE if size.narrow else 0)
        yield (
            frame.of(texts)
            .mark_text(align=align, dy=down, fontSize=FONT_SIZE - 1, color=palette.SOFT)
            .encode(x=x_at(place), text=alt.Text("text:N"))
        )


def _sign(end: TornadoEnd, centre: float) -> str:
    if end.outcome == centre:
        return _SAME
    return _LEFT if end.outcome < centre else _RIGHT


def _key(rows: Sequence[TornadoRow], sides: tuple[str, str], size: Size) -> Iterator[alt.Chart]:
    """What the colours mean, above the rows."""
    entries: list[tuple[Side, str]] = [("better", sides[0]), ("worse", sides[1])]
    if any(end.chance for row in rows for end in (row.low, row.high)):
        entries.append(("chance", _("no more than chance")))
    for k, (side, text) in enumerate(entries):
        across = 0.0 if size.narrow else k * size.width / 3
        up = -14.0 - (len(entries) - 1 - k) * LINE if size.narrow else -14.0
        yield (
            alt.Chart(rows_of([{"key": k}]))
            .mark_text(text=f"{_SQUARE} {text}", align="left", color=_COLOURS[side], fontWeight=600)
            .encode(x=x_at(across), y=y_at(up))
        )
