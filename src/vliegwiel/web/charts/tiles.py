"""Municipalities as tiles of one size, about where they lie: a map without borders.

Every municipality gets a square of a grid, so that a small one is seen as well as a large one. The
squares are given out so that all together lie as near as they can to where the municipalities are.
Each tile is a link that says its value, for who goes by keyboard or listens.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from . import palette
from .drawing import NARROW, WIDE, Size

_SVG = "http://www.w3.org/2000/svg"
#: How dark the tile of a class is, the lowest first; the last is for a value that is not there.
SHADES = (0.08, 0.22, 0.38, 0.56)
_GAP = 4
# Letters are about so many of their size wide.
_LETTER = 0.56
#: With what names of municipalities end, for a break where a reader expects it.
_LAST_PARTS = (
    "waard", "land", "drecht", "horst", "meer", "veld", "veen", "berg", "burg", "dam", "wijk",
    "voort", "stede", "dijk", "deel", "stad", "rand",
)  # fmt: skip
# Grids are tried from so fine to so coarse, in parts of the mean distance between neighbours.
_SCALES = tuple(0.6 + 0.1 * step for step in range(12))


@dataclass(frozen=True, slots=True)
class Tile:
    """A municipality: where it lies in degrees, what stands in it, and where its link goes.

    `shade` is its class from 0 to 3; None draws it empty, with a broken line.
    """

    name: str
    latitude: float
    longitude: float
    written: str
    shade: int | None
    link: str


def tile_map(tiles: Sequence[Tile], *, description: str) -> str:
    """The map for a wide and a narrow place. Raises ValueError without tiles."""
    if not tiles:
        raise ValueError("a map needs at least one tile")
    columns, rows = places_of([(tile.latitude, tile.longitude) for tile in tiles])
    return "".join(
        _drawn(tiles, columns, rows, size=size, description=description) for size in (WIDE, NARROW)
    )


def places_of(points: Sequence[tuple[float, float]]) -> tuple[list[int], list[int]]:
    """Column and row of each point (degrees north and east), no two alike, from 0."""
    north = np.array([point[0] for point in points])
    east = np.array([point[1] for point in points]) * math.cos(math.radians(float(north.mean())))
    at = np.stack([east, -north], axis=1)
    at = at - at.mean(axis=0)
    if len(points) == 1:
        return [0], [0]
    apart = np.sqrt(((at[:, None, :] - at[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    mean = float(apart.min(axis=1).mean()) or 1.0
    found = [_given_out(at / (mean * scale)) for scale in _SCALES]
    best = min(found, key=lambda cells: _badness(at, cells))
    cells = _packed(best)
    return cells[:, 0].tolist(), cells[:, 1].tolist()


def _given_out(at: NDArray[np.float64]) -> NDArray[np.int64]:
    """A cell of the grid for each point, with the least squared distance altogether."""
    # It takes long to load, and only maps need it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    low, high = np.floor(at.min(axis=0)) - 1, np.ceil(at.max(axis=0)) + 1
    across = np.arange(low[0], high[0] + 1)
    down = np.arange(low[1], high[1] + 1)
    cells = np.array([(x, y) for y in down for x in across])
    cost = ((at[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    _points, chosen = linear_sum_assignment(cost)
    return cells[chosen].astype(np.int64)


def _badness(at: NDArray[np.float64], cells: NDArray[np.int64]) -> float:
    """How far a grid turns pairs that lie east or north of each other, and how empty it is."""
    real = at[:, None, :] - at[None, :, :]
    drawn = (cells[:, None, :] - cells[None, :, :]).astype(np.float64)
    far = np.abs(real) > np.abs(real).mean() / 2
    turned = float((far & (np.sign(real) != np.sign(drawn))).sum()) / max(int(far.sum()), 1)
    packed = _packed(cells)
    width, height = packed.max(axis=0) + 1
    empty = 1.0 - len(cells) / float(width * height)
    # A place on a screen is wider than high; very long rows would make tiles small.
    return turned + 0.5 * empty + 0.05 * max(0.0, float(width) - 6.0)


def _packed(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same without rows and columns in which nothing stands."""
    packed = np.empty_like(cells)
    for axis in (0, 1):
        _values, packed[:, axis] = np.unique(cells[:, axis], return_inverse=True)
    return packed


def _drawn(
    tiles: Sequence[Tile],
    columns: Sequence[int],
    rows: Sequence[int],
    *,
    size: Size,
    description: str,
) -> str:
    ElementTree.register_namespace("", _SVG)
    across, down = max(columns) + 1, max(rows) + 1
    side = min(size.width / across, 120.0)
    letters = _letters(size)
    lines = [_lines(tile.name, _fitting(side, letters)) for tile in tiles]
    # High enough for the longest name, with the value under it.
    height = max(min(side, 80.0), (max(map(len, lines)) + 1.9) * letters * 1.1 + _GAP)
    root = ElementTree.Element(
        f"{{{_SVG}}}svg",
        {
            "class": f"vw-chart__{size.name}",
            "viewBox": f"0 0 {size.width} {height * down:g}",
            "role": "group",
            "aria-label": description,
        },
    )
    left = (size.width - side * across) / 2
    # Reading order is from north to south, west to east.
    order = sorted(range(len(tiles)), key=lambda number: (rows[number], columns[number]))
    for number in order:
        box = (left + columns[number] * side, rows[number] * height, side - _GAP, height - _GAP)
        root.append(_tile(tiles[number], lines[number], box, letters))
    return ElementTree.tostring(root, encoding="unicode")


def _letters(size: Size) -> float:
    return 10.5 if size.narrow else 14.0


def _fitting(side: float, letters: float) -> int:
    """How many letters fit beside each other in a tile."""
    return max(int((side - _GAP - 2) / (letters * _LETTER)), 4)


def _tile(
    tile: Tile, lines: Sequence[str], box: tuple[float, float, float, float], letters: float
) -> ElementTree.Element:
    x, y, width, height = box
    tile_group = ElementTree.Element(f"{{{_SVG}}}g")
    # The words stand beside the link, which says them whole: in the drawing long names are broken.
    link = ElementTree.SubElement(
        tile_group,
        f"{{{_SVG}}}a",
        {"href": tile.link, "class": "vw-tile", "aria-label": f"{tile.name}: {tile.written}"},
    )
    ground = {
        "x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}", "rx": "4",
        "stroke": palette.REGION, "stroke-width": "1.5",
    }  # fmt: skip
    if tile.shade is None:
        ground |= {"fill": "none", "stroke-dasharray": "4 3"}
        ground["class"] = palette.stroke_class(palette.REGION)
    else:
        ground |= {"fill": palette.REGION, "fill-opacity": f"{SHADES[tile.shade]:g}"}
        colours = (palette.fill_class(palette.REGION), palette.stroke_class(palette.REGION))
        ground["class"] = " ".join(colours)
    ElementTree.SubElement(link, f"{{{_SVG}}}rect", ground)
    middle = x + width / 2
    top = y + (height - (len(lines) + 1.35) * letters * 1.1) / 2 + letters
    step = letters * 1.1
    for number, line in enumerate(lines):
        _text(tile_group, (middle, top + number * step), line, letters)
    value = _text(
        tile_group, (middle, top + (len(lines) + 0.25) * step), tile.written, letters * 1.2
    )
    value.set("font-weight", "600")
    return tile_group


def _lines(name: str, most: int) -> list[str]:
    """A name in lines that fit; a long word is broken, with a dash."""
    lines: list[str] = []
    for line in textwrap.wrap(name, most, break_long_words=False, break_on_hyphens=True):
        rest = line
        while len(rest) > most:
            at = _break_of(rest, most)
            lines.append(rest[:at] + "-")
            rest = rest[at:]
        lines.append(rest)
    return lines


def _break_of(word: str, most: int) -> int:
    """Where a word is broken: before its last part when that is one of ours, else in the middle."""
    for part in _LAST_PARTS:
        at = len(word) - len(part)
        if word.endswith(part) and 2 < at < most:
            return at
    return min(most - 1, (len(word) + 1) // 2)


def _text(
    parent: ElementTree.Element, at: tuple[float, float], words: str, size: float
) -> ElementTree.Element:
    text = ElementTree.SubElement(
        parent,
        f"{{{_SVG}}}text",
        {
            "x": f"{at[0]:g}", "y": f"{at[1]:.4g}", "font-size": f"{size:g}",
            "text-anchor": "middle", "fill": palette.INK, "aria-hidden": "true",
            "pointer-events": "none",
            "class": palette.fill_class(palette.INK),
        },
    )  # fmt: skip
    text.text = words
    return text
