"""Where the insights stand on the map, and how the lines between them run.

The insights stand on an ellipse in the order of their numbers, so that the map looks the same at
every visit and "who names whom" can be followed by eye. Lines bend inwards: straight ones would run
through boxes, and a relation printed both ways would hide one of its two heads.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 1120.0, 760.0
_BOX_WIDTH, _LINE = 240.0, 24.0
_RADIUS_X, _RADIUS_Y = WIDTH / 2 - _BOX_WIDTH / 2 - 14, HEIGHT / 2 - 66
_HEAD = 13.0


@dataclass(frozen=True, slots=True)
class Node:
    """A box with its lines of text; `insight` is the node of the query."""

    insight: Any
    x: float
    y: float
    width: float
    height: float
    lines: Sequence[tuple[float, str]]
    meta_y: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A bent line with a head at the insight that is named, or at both ends."""

    origin: int
    target: int
    is_mutual: bool
    path: str
    heads: Sequence[str]


@dataclass(frozen=True, slots=True)
class Layout:
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    width: int = int(WIDTH)
    height: int = int(HEIGHT)


def layout_of(data: Any) -> Layout:
    """Places the nodes and edges of `insights.queries.insight_map`."""
    count = len(data.nodes)
    nodes = {node.number: _node(node, index, count) for index, node in enumerate(data.nodes)}
    edges = [
        _edge(nodes[edge.origin], nodes[edge.target], edge)
        for edge in data.edges
        # A pair that names each other is one line with two heads.
        if not edge.is_mutual or edge.origin < edge.target
    ]
    return Layout(list(nodes.values()), edges)


def _node(insight: Any, index: int, count: int) -> Node:
    angle = 2 * math.pi * index / max(count, 1) - math.pi / 2
    x = WIDTH / 2 + (_RADIUS_X * math.cos(angle) if count > 1 else 0)
    y = HEIGHT / 2 + (_RADIUS_Y * math.sin(angle) if count > 1 else 0)
    words = textwrap.wrap(insight.name, 26) or [""]
    height = _LINE * (len(words) + 1) + 22
    first = y - height / 2 + 30
    lines = [(round(first + _LINE * row, 1), text) for row, text in enumerate(words)]
    return Node(
        insight=insight,
        x=round(x, 1),
        y=round(y, 1),
        width=_BOX_WIDTH,
        height=height,
        lines=lines,
        meta_y=round(first + _LINE * len(words), 1),
    )


def _edge(origin: Node, target: Node, edge: Any) -> Edge:
    bend = _bend(origin, target)
    start, end = _border(origin, bend), _border(target, bend)
    heads = [_head(end, bend)]
    if edge.is_mutual:
        heads.append(_head(start, bend))
        start = _towards(start, bend, _HEAD - 2)
    end = _towards(end, bend, _HEAD - 2)
    path = f"M{start[0]:.1f},{start[1]:.1f}Q{bend[0]:.1f},{bend[1]:.1f},{end[0]:.1f},{end[1]:.1f}"
    return Edge(edge.origin, edge.target, edge.is_mutual, path, heads)


_Point = tuple[float, float]


def _bend(origin: Node, target: Node) -> _Point:
    """The point that the line bends to: from the middle of both towards the middle of the map."""
    middle_x, middle_y = (origin.x + target.x) / 2, (origin.y + target.y) / 2
    return (
        middle_x + (WIDTH / 2 - middle_x) * 0.2,
        middle_y + (HEIGHT / 2 - middle_y) * 0.2,
    )


def _border(node: Node, towards: _Point) -> _Point:
    """Where a line from the middle of the box to `towards` leaves the box."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    scale = min(
        (node.width / 2 + 4) / abs(dx) if dx else math.inf,
        (node.height / 2 + 4) / abs(dy) if dy else math.inf,
    )
    return node.x + dx * min(scale, 1), node.y + dy * min(scale, 1)


def _towards(point: _Point, other: _Point, distance: float) -> _Point:
    dx, dy = other[0] - point[0], other[1] - point[1]
    length = math.hypot(dx, dy) or 1.0
    return point[0] + dx / length * distance, point[1] + dy / length * distance


def _head(tip: _Point, source: _Point) -> str:
    """A triangle with its point at `tip`, coming from `source`."""
    back = _towards(tip, source, _HEAD)
    dx, dy = (tip[0] - back[0]) / _HEAD, (tip[1] - back[1]) / _HEAD
    half = _HEAD * 0.5
    left = (back[0] - dy * half, back[1] + dx * half)
    right = (back[0] + dy * half, back[1] - dx * half)
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, left, right))
