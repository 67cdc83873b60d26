"""Flows through three columns of places: where they come from, where they are, where they go.

A layered layout with a fixed order: a place stands in its column where the caller puts it, so that
two drawings of the same places can be laid beside each other. Narrow screens get the same as two
drawings under each other, of two columns each: nothing has to be scrolled sideways.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

_LINE = 19
_NODE = 10
_GAP = 9
_LETTER = 7.6
# Pixels for the column that holds most; the others get as much for each youth.
_HEIGHTS = {"wide": 430, "narrow": 300}
_THINNEST = 0.75
_TOP = 30

Style = Literal["plain", "aside", "more", "less"]
_CLASSES: Mapping[Style, str] = {
    "plain": "s-region",
    "aside": "s-national",
    "more": "s-2",
    "less": "s-5",
}
# Never colour alone: what lies aside and what gets less has strokes.
_DASHES: Mapping[Style, str] = {"plain": "", "aside": "7 3", "more": "", "less": "5 4"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where flows begin, come together or end: a column (0, 1 or 2), and a number in words."""

    key: str
    name: str
    column: int
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """So much goes from a place to one in the next column; above zero, whatever it stands for."""

    source: str
    target: str
    value: float
    style: Style = "plain"


@dataclass(slots=True)
class _Node:
    place: Place
    lines: list[str]
    into: float = 0.0
    out: float = 0.0
    top: float = 0.0
    filled_in: float = 0.0
    filled_out: float = 0.0

    @property
    def size(self) -> float:
        return max(self.into, self.out)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A drawing: how wide, which columns at which places, and how many letters in a line."""

    name: Literal["wide", "narrow"]
    width: float
    xs: Mapping[int, float]
    letters: int


def sankey_chart(
    places: Sequence[Place],
    streams: Sequence[Stream],
    *,
    description: str,
    headings: tuple[str, str, str],
) -> str:
    """The flows as SVG for a wide and a narrow place; for the `chart` of a figure block.

    Places stand under each other in the order given. `description` is read aloud in place of the
    drawing, so it tells the finding. Places without a stream are left out.

    Raises:
        ValueError: without a stream, or when one does not run from a column to the next.
    """
    _check(places, streams)
    wide = _wide_frame(places, streams)
    parts = [_drawing(wide, places, streams, (0, 1, 2), headings)]
    svg = _svg("wide", wide.width, parts, description)
    narrow, offset, drawn = _narrow_frames(places, streams), 0.0, []
    for frame, columns in zip(narrow, ((0, 1), (1, 2)), strict=True):
        between = [s for s in streams if _column(places, s.source) == columns[0]]
        if between:
            body, height = _drawing(frame, places, between, columns, headings)
            drawn.append((f'<g transform="translate(0,{offset:.0f})">{body}</g>', offset + height))
            offset += height + 28
    return svg + _svg("narrow", max(frame.width for frame in narrow), drawn, description)


def _check(places: Sequence[Place], streams: Sequence[Stream]) -> None:
    columns = {place.key: place.column for place in places}
    if not streams:
        raise ValueError("a drawing of flows needs a stream")
    for stream in streams:
        if stream.value <= 0:
            raise ValueError("a stream is above zero")
        if columns[stream.target] != columns[stream.source] + 1:
            raise ValueError("a stream runs from a column to the next")


def _column(places: Sequence[Place], key: str) -> int:
    return next(place.column for place in places if place.key == key)


def _used(places: Sequence[Place], streams: Sequence[Stream]) -> list[Place]:
    ends = {stream.source for stream in streams} | {stream.target for stream in streams}
    return [place for place in places if place.key in ends]


def _widest(places: Sequence[Place], column: int, letters: int) -> float:
    """Pixels for the names of a column: a word is never broken."""
    found = [
        len(line) for place in places if place.column == column for line in _lines(place, letters)
    ]
    return _LETTER * max(found, default=0)


def _lines(place: Place, letters: int) -> list[str]:
    lines = textwrap.wrap(place.name, letters, break_long_words=False)
    if not place.amount:
        return lines
    if len(lines[-1]) + len(place.amount) + 1 <= letters:
        return [*lines[:-1], f"{lines[-1]} {place.amount}"]
    return [*lines, place.amount]


def _wide_frame(places: Sequence[Place], streams: Sequence[Stream]) -> _Frame:
    used, letters = _used(places, streams), 24
    left, right = (_widest(used, column, letters) + 8 for column in (0, 2))
    inside = max(180.0, _widest(used, 1, letters) + 90)
    first = left + _NODE
    xs = {0: left, 1: first + 170, 2: first + 170 + _NODE + inside}
    return _Frame("wide", xs[2] + _NODE + right, xs, letters)


def _narrow_frames(places: Sequence[Place], streams: Sequence[Stream]) -> list[_Frame]:
    used, letters, between = _used(places, streams), 15, 76
    frames = []
    for column in (0, 1):
        left = _widest(used, column, letters) + 8
        right = _widest(used, column + 1, letters) + 8
        xs = {column: left, column + 1: left + _NODE + between}
        frames.append(_Frame("narrow", xs[column + 1] + _NODE + right, xs, letters))
    return frames


def _svg(name: str, width: float, parts: Sequence[tuple[str, float]], description: str) -> str:
    height = max(bottom for _body, bottom in parts)
    body = "".join(body for body, _bottom in parts)
    return (
        f'<svg class="vw-chart__{name}" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(description)}" focusable="false">{body}</svg>'
    )


def _drawing(
    frame: _Frame,
    places: Sequence[Place],
    streams: Sequence[Stream],
    columns: Sequence[int],
    headings: tuple[str, str, str],
) -> tuple[str, float]:
    """The drawing of these columns, and how high it is."""
    nodes = _nodes(frame, _used(places, streams), streams)
    by_column = [[n for n in nodes.values() if n.place.column == column] for column in columns]
    totals = [sum(node.size for node in column) for column in by_column]
    scale = _HEIGHTS[frame.name] / max(totals)
    height = max(_stack(column, scale) for column in by_column)
    order = {key: rank for rank, key in enumerate(nodes)}
    parts = [_heading(frame, column, headings[column], columns) for column in columns]
    links = sorted(streams, key=lambda s: (order[s.source], order[s.target]))
    tops = {id(link): _leave(nodes[link.source], link, scale) for link in links}
    links.sort(key=lambda s: (order[s.target], order[s.source]))
    ends = {id(link): _arrive(nodes[link.target], link, scale) for link in links}
    parts += [_link(frame, nodes, s, (tops[id(s)], ends[id(s)]), scale) for s in links]
    parts += [_bar(frame, node, scale) for node in nodes.values()]
    parts += [_label(frame, node, columns, scale) for node in nodes.values()]
    return "".join(parts), height


def _nodes(frame: _Frame, places: Sequence[Place], streams: Sequence[Stream]) -> dict[str, _Node]:
    nodes = {place.key: _Node(place, _lines(place, frame.letters)) for place in places}
    for stream in streams:
        nodes[stream.source].out += stream.value
        nodes[stream.target].into += stream.value
    return nodes


def _stack(nodes: Sequence[_Node], scale: float) -> float:
    """Puts the nodes below each other with room for every name; returns the height."""
    y = float(_TOP)
    for node in nodes:
        thick = node.size * scale
        room = max(thick, len(node.lines) * _LINE)
        node.top = y + (room - thick) / 2
        y += room + _GAP
    return y


def _leave(node: _Node, stream: Stream, scale: float) -> float:
    """Where on its source a stream begins: the middle of its width."""
    at = node.top + (node.filled_out + stream.value / 2) * scale
    node.filled_out += stream.value
    return at


def _arrive(node: _Node, stream: Stream, scale: float) -> float:
    at = node.top + (node.filled_in + stream.value / 2) * scale
    node.filled_in += stream.value
    return at


def _link(
    frame: _Frame,
    nodes: Mapping[str, _Node],
    stream: Stream,
    ys: tuple[float, float],
    scale: float,
) -> str:
    y1, y2 = ys
    x1 = frame.xs[nodes[stream.source].place.column] + _NODE
    x2 = frame.xs[nodes[stream.target].place.column]
    middle = (x1 + x2) / 2
    dash = _DASHES[stream.style]
    strokes = f' stroke-dasharray="{dash}"' if dash else ""
    width = max(stream.value * scale, _THINNEST)
    return (
        f'<path class="{_CLASSES[stream.style]}" fill="none" opacity="0.4" '
        f'stroke-width="{width:.2f}"{strokes} '
        f'd="M{x1:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"/>'
    )


def _bar(frame: _Frame, node: _Node, scale: float) -> str:
    return (
        f'<rect class="f-region" x="{frame.xs[node.place.column]:.1f}" y="{node.top:.1f}" '
        f'width="{_NODE}" height="{max(node.size * scale, 1.0):.1f}"/>'
    )


def _label(frame: _Frame, node: _Node, columns: Sequence[int], scale: float) -> str:
    """The name beside its bar: at the left of the first column, else at the right of it."""
    column = node.place.column
    first = column == columns[0]
    x = frame.xs[column] - 8 if first else frame.xs[column] + _NODE + 8
    inside = column not in (columns[0], columns[-1])
    centre = node.top + node.size * scale / 2
    y = centre - (len(node.lines) - 1) * _LINE / 2 + 5
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + k * _LINE:.1f}">{escape(line)}</tspan>'
        for k, line in enumerate(node.lines)
    )
    # Names between two columns stand on the flows: a line of paper around the letters.
    halo = ' class="s-paper" stroke-width="4" paint-order="stroke"' if inside else ""
    anchor = "end" if first else "start"
    return f'<text font-size="16" text-anchor="{anchor}"{halo}>{spans}</text>'


def _heading(frame: _Frame, column: int, text: str, columns: Sequence[int]) -> str:
    first, last = column == columns[0], column == columns[-1]
    anchor = "start" if first else "end" if last else "middle"
    x = 0.0 if first else frame.width if last else frame.xs[column] + _NODE / 2
    return (
        f'<text class="c-soft-text" font-size="16" font-weight="600" text-anchor="{anchor}" '
        f'x="{x:.1f}" y="15">{escape(text)}</text>'
    )
