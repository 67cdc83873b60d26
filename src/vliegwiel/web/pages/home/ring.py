"""The loop as a ring of eight arrows: where each part stands in the drawing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from vliegwiel.web import loop

_CENTRE = 300.0
_OUTER, _INNER = 286.0, 158.0
_MIDDLE = (_OUTER + _INNER) / 2
_GAP, _TIP = 1.6, 7.0
_STEP = 360 / len(loop.PARTS)


@dataclass(frozen=True, slots=True)
class Count:
    """How much stands in a part: the number, and the words that go with it."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class RingPart:
    """One arrow of the ring. `x` and `y` are where its words stand; `url` is empty for visitors."""

    part: loop.LoopPart
    path: str
    x: float
    y: float
    url: str = ""
    count: Count | None = None

    @property
    def above(self) -> float:
        return self.y - 6

    @property
    def below(self) -> float:
        return self.y + 17


def ring_of(
    region_slug: str = "", counts: Mapping[str, Count] | None = None
) -> tuple[RingPart, ...]:
    """The eight parts clockwise from the top, with their links where a region is given."""
    parts = []
    for index, part in enumerate(loop.PARTS):
        start = index * _STEP - 90 - _STEP / 2
        x, y = _at(_MIDDLE, start + _STEP / 2 + _TIP / 2)
        url = part.url(region_slug) if region_slug else ""
        parts.append(RingPart(part, _arrow(start), x, y, url, (counts or {}).get(part.key)))
    return tuple(parts)


def _at(radius: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return (
        round(_CENTRE + radius * math.cos(angle), 1),
        round(_CENTRE + radius * math.sin(angle), 1),
    )


def _point(radius: float, degrees: float) -> str:
    x, y = _at(radius, degrees)
    return f"{x:g},{y:g}"


def _arrow(start: float) -> str:
    """A piece of the ring with a notch behind and a point in front."""
    begin, end = start + _GAP / 2, start + _STEP - _GAP / 2
    return (
        f"M{_point(_OUTER, begin)}A{_OUTER:g},{_OUTER:g},0,0,1,{_point(_OUTER, end)}"
        f"L{_point(_MIDDLE, end + _TIP)}L{_point(_INNER, end)}"
        f"A{_INNER:g},{_INNER:g},0,0,0,{_point(_INNER, begin)}"
        f"L{_point(_MIDDLE, begin + _TIP)}Z"
    )
