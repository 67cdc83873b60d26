"""The loop as a ring of eight arrows: where each part stands in the drawing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.web import loop

_CENTRE = 300.0
# Wide enough for three lines of words in each arrow.
_OUTER, _INNER = 290.0, 138.0
_MIDDLE = (_OUTER + _INNER) / 2
_GAP, _TIP = 1.6, 7.0
_LINE, _BASELINE = 24.0, 6.0
_STEP = 360 / len(loop.PARTS)


@dataclass(frozen=True, slots=True)
class Count:
    """How much of something stands in a part ("37 figures"), and the page where it stands."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class RingPart:
    """One arrow of the ring. `x` and `y` are where its words stand; `url` is empty for visitors."""

    part: loop.LoopPart
    path: str
    x: float
    y: float
    url: str = ""
    counts: Sequence[Count] = ()

    @property
    def label_y(self) -> float:
        """The name of the part stands above its counts, and all of them round the middle."""
        return round(self.y + _BASELINE - _LINE * len(self.counts) / 2, 1)

    @property
    def lines(self) -> Sequence[tuple[float, Count]]:
        """Each count with the height of its line."""
        return [
            (round(self.label_y + _LINE * number, 1), count)
            for number, count in enumerate(self.counts, start=1)
        ]


def ring_of(
    region_slug: str = "", counts: Mapping[str, Sequence[Count]] | None = None
) -> tuple[RingPart, ...]:
    """The eight parts clockwise from the top, with their links where a region is given."""
    parts = []
    for index, part in enumerate(loop.PARTS):
        start = index * _STEP - 90 - _STEP / 2
        x, y = _at(_MIDDLE, start + _STEP / 2 + _TIP / 2)
        url = part.url(region_slug) if region_slug else ""
        parts.append(RingPart(part, _arrow(start), x, y, url, (counts or {}).get(part.key, ())))
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
