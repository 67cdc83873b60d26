"""Flows from one row of places to another: lines as thick as what goes along them."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import ceil

from django.utils.translation import gettext as _

_LINE = 19
_NODE = 10
_BAND_HEIGHT = 300


@dataclass(frozen=True, slots=True)
class Flow:
    """So much goes from one named place to another."""

    source: str
    target: str
    value: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """A drawing with so much room for names on both sides, and for the lines between them."""

    name: str
    left: int
    right: int
    between: int
    letters: int

    @property
    def width(self) -> int:
        return self.left + self.between + self.right

    @property
    def x_source(self) -> float:
        return self.left

    @property
    def x_target(self) -> float:
        return self.width - self.right


_LAYOUTS = (_Layout("wide", 190, 230, 260, 26), _Layout("narrow", 118, 138, 84, 15))
# What a letter takes at the size of the names, and what lies beside a name.
_LETTER = 7.5
_BESIDE = _NODE + 10


@dataclass(slots=True)
class _Node:
    name: str
    lines: list[str]
    total: float
    top: float = 0.0
    used: float = 0.0


def flow_chart(flows: Sequence[Flow], *, what: str, order: Sequence[str] = ()) -> str:
    """The flows as SVG for a wide and a narrow place; for the `chart` of a figure block.

    `what` names the flows and their unit. Places stand in the order of `order`, the others after
    them as they first appear.
    Raises ValueError without a flow above zero.
    """
    rank = {name: place for place, name in enumerate(order)}
    last = len(rank)
    drawn = sorted(
        (flow for flow in flows if flow.value > 0),
        key=lambda flow: (rank.get(flow.source, last), rank.get(flow.target, last)),
    )
    if not drawn:
        raise ValueError("a flow chart needs a flow")
    description = _("Flow chart of %(what)s. The table holds the same values.") % {"what": what}
    layouts = (_with_room_for(drawn, layout) for layout in _LAYOUTS)
    return "".join(_draw(drawn, layout, description, rank) for layout in layouts)


def _with_room_for(flows: Sequence[Flow], layout: _Layout) -> _Layout:
    """The layout, wider where a line of a name asks for it: a word is never broken."""
    left, right = (
        ceil(_BESIDE + _LETTER * max(len(line) for name in names for line in _lines(name, layout)))
        for names in ([flow.source for flow in flows], [flow.target for flow in flows])
    )
    return replace(layout, left=max(layout.left, left), right=max(layout.right, right))


def _lines(name: str, layout: _Layout) -> list[str]:
    return textwrap.wrap(name, layout.letters, break_long_words=False)


def _draw(flows: Sequence[Flow], layout: _Layout, description: str, rank: Mapping[str, int]) -> str:
    last = len(rank)
    total = sum(flow.value for flow in flows)
    scale = _BAND_HEIGHT / total
    sources = _nodes([(flow.source, flow.value) for flow in flows], layout)
    targets = _nodes([(flow.target, flow.value) for flow in flows], layout)
    targets = {name: targets[name] for name in sorted(targets, key=lambda n: rank.get(n, last))}
    height = max(_place(sources, scale), _place(targets, scale))
    parts = [_link(flow, sources, targets, layout, scale) for flow in flows]
    parts += [_drawn(node, layout.x_source - _NODE, scale) for node in sources.values()]
    parts += [_drawn(node, layout.x_target, scale) for node in targets.values()]
    parts += [_label(node, layout.x_source - _NODE - 8, "end", scale) for node in sources.values()]
    parts += [
        _label(node, layout.x_target + _NODE + 8, "start", scale) for node in targets.values()
    ]
    return (
        f'<svg class="vw-chart__{layout.name}" viewBox="0 0 {layout.width} {height:.0f}" '
        f'role="img" aria-label="{escape(description)}" focusable="false">{"".join(parts)}</svg>'
    )


def _nodes(ends: Sequence[tuple[str, float]], layout: _Layout) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for name, value in ends:
        if name not in nodes:
            nodes[name] = _Node(name, _lines(name, layout), 0.0)
        nodes[name].total += value
    return nodes


def _place(nodes: dict[str, _Node], scale: float) -> float:
    """Puts the nodes below each other with room for every name; returns the height."""
    y = 0.0
    for node in nodes.values():
        thick = node.total * scale
        room = max(thick, len(node.lines) * _LINE)
        node.top = y + (room - thick) / 2
        y += room + 8
    return y


def _link(
    flow: Flow,
    sources: dict[str, _Node],
    targets: dict[str, _Node],
    layout: _Layout,
    scale: float,
) -> str:
    source, target = sources[flow.source], targets[flow.target]
    thick = flow.value * scale
    y1, y2 = source.top + source.used + thick / 2, target.top + target.used + thick / 2
    source.used += thick
    target.used += thick
    x1, x2 = layout.x_source, layout.x_target
    middle = (x1 + x2) / 2
    return (
        f'<path class="s-region" fill="none" opacity="0.35" stroke-width="{max(thick, 0.75):.2f}" '
        f'd="M{x1:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"/>'
    )


def _drawn(node: _Node, x: float, scale: float) -> str:
    height = max(node.total * scale, 1.0)
    return (
        f'<rect class="f-region" x="{x:.1f}" y="{node.top:.1f}" width="{_NODE}" '
        f'height="{height:.1f}"/>'
    )


def _label(node: _Node, x: float, anchor: str, scale: float) -> str:
    centre = node.top + node.total * scale / 2
    first = centre - (len(node.lines) - 1) * _LINE / 2 + 5
    lines = "".join(
        f'<tspan x="{x:.1f}" y="{first + k * _LINE:.1f}">{escape(line)}</tspan>'
        for k, line in enumerate(node.lines)
    )
    return f'<text font-size="16" text-anchor="{anchor}">{lines}</text>'
