"""From an Altair chart to SVG that stands inside a page.

A chart is drawn twice, for a wide and for a narrow place, so that its text keeps a readable
size; the style sheet shows one of the two. Colours become classes, nothing needs an inline style,
and what a screen reader hears is one label: the values are in the table beside every chart.
"""

import functools
import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree import ElementTree

import altair as alt
import vl_convert
from altair.utils import schemapi

from . import palette

_SVG = "http://www.w3.org/2000/svg"
_LOCALES: Mapping[str, Literal["nl-NL", "en-GB"]] = {"nl": "nl-NL", "en": "en-GB"}
# Vega has no British notation of numbers under that name.
_NUMBER_LOCALES: Mapping[str, Literal["nl-NL", "en-US"]] = {"nl": "nl-NL", "en": "en-US"}
_DROPPED = re.compile(r"^(aria-|role$|pointer-events$|font-family$|xmlns)")
_BOX = re.compile(r"^M0(?:\.5)?,0(?:\.5)?h([1-9][\d.]*)v([\d.]+)h")
_SHIFT = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
FONT_SIZE = 16


@dataclass(frozen=True, slots=True)
class Size:
    """The place a chart gets, in pixels at a text of 16 pixels."""

    name: str
    width: int
    height: int

    @property
    def narrow(self) -> bool:
        return self.name == "narrow"

    def less(self, width: int) -> "Size":
        """The same place with room kept at the right for words."""
        return Size(self.name, self.width - width, self.height)


WIDE = Size("wide", 640, 320)
NARROW = Size("narrow", 300, 260)


def rows_of(values: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Rows that stand in the chart itself."""
    # A tuple, because Altair copies lists, and all that is in them, each time it joins layers.
    return alt.Data(values=tuple(dict(row) for row in values))  # type: ignore[no-untyped-call]


# Altair looks through all its classes for the one that a plain text or value in `encode` stands
# for, which takes as long as drawing it: charts name the class themselves.


def x_at(pixels: float) -> alt.XValue:
    """A place from the left, whatever the numbers are."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def y_at(pixels: float) -> alt.YValue:
    """A place from the top, whatever the numbers are."""
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]


def titled(text: str, size: Size) -> list[str]:
    """A title above a drawing, in lines that fit."""
    return textwrap.wrap(text, 36 if size.narrow else 72)


Layers = alt.LayerChart | alt.FacetChart | alt.ConcatChart
Maker = Callable[[Size], Layers | alt.Chart]


def draw(make: Maker, *, description: str, language: str) -> str:
    """The drawing of `make` for a wide and a narrow place, as one piece of HTML.

    `description` is read aloud in place of the drawing. The same chart is drawn once: results
    are kept by content.
    """
    ElementTree.register_namespace("", _SVG)
    pieces = []
    for size in (WIDE, NARROW):
        # Our own charts are sound, and checking them takes longer than drawing them.
        with schemapi.debug_mode(False):
            specification = make(size).configure(**_configuration()).to_dict(validate=False)
        text = json.dumps(specification, sort_keys=True, default=str)
        pieces.append(_svg(text, size.name, description, language[:2]))
    return "".join(pieces)


@functools.lru_cache(maxsize=1024)
def _svg(specification: str, size: str, description: str, language: str) -> str:
    raw = vl_convert.vegalite_to_svg(
        specification,
        format_locale=_NUMBER_LOCALES.get(language, "en-US"),
        time_format_locale=_LOCALES.get(language, "en-GB"),
        allowed_base_urls=[],
    )
    root = ElementTree.fromstring(raw)  # noqa: S314  our own renderer made it
    _shape_root(root, size, description)
    _prune(root)
    for element in root.iter():
        _restyle(element)
    return ElementTree.tostring(root, encoding="unicode")


def _shape_root(root: ElementTree.Element, size: str, description: str) -> None:
    view = root.attrib["viewBox"]
    plot = _plot_box(root)
    root.attrib.clear()
    root.attrib.update(
        {
            "class": f"vw-chart__{size}",
            "viewBox": view,
            "role": "img",
            "aria-label": description,
            "focusable": "false",
        }
    )
    if plot:
        root.set("data-plot", plot)


def _plot_box(root: ElementTree.Element) -> str:
    """Left, right, top and bottom of the plot, for the script that follows a pointer."""
    outer = root.find(f"{{{_SVG}}}g")
    shift = _SHIFT.search(outer.get("transform", "")) if outer is not None else None
    for path in root.iter(f"{{{_SVG}}}path"):
        box = _BOX.match(path.get("d", ""))
        if box and shift:
            left, top = float(shift[1]), float(shift[2])
            edges = (left, left + float(box[1]), top, top + float(box[2]))
            return " ".join(f"{edge:g}" for edge in edges)
    return ""


def _prune(root: ElementTree.Element) -> None:
    """Leaves out what is not visible: helpers of the renderer, hidden labels, the white ground."""
    for parent in list(root.iter()):
        for child in list(parent):
            hidden = child.get("display") == "none" or child.get("opacity") == "0"
            helper = child.get("class") in {"background", "foreground"}
            ground = parent is root and child.tag == f"{{{_SVG}}}rect"
            if hidden or helper or ground:
                parent.remove(child)


def _restyle(element: ElementTree.Element) -> None:
    keep = element.tag == f"{{{_SVG}}}svg"
    if not keep:
        for name in [name for name in element.attrib if _DROPPED.match(name) or name == "class"]:
            del element.attrib[name]
    names = [element.get("class", "")] if keep else []
    names.append(palette.fill_class(element.get("fill", "")))
    names.append(palette.stroke_class(element.get("stroke", "")))
    if element.get("fill") == palette.SOFT:
        names.append("c-soft-text")
    names = [name for name in names if name]
    if names:
        element.set("class", " ".join(names))


def _configuration() -> dict[str, Any]:
    text = {"labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE, "labelColor": palette.SOFT}
    axis = {
        **text,
        "titleColor": palette.SOFT,
        "titleFontWeight": "normal",
        "domainColor": palette.AXIS,
        "tickColor": palette.AXIS,
        "gridColor": palette.GRID,
        "labelPadding": 6,
    }
    return {
        "axis": axis,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "fontSize": FONT_SIZE,
            "fontWeight": "normal",
            "color": palette.SOFT,
            "offset": 12,
            "frame": "group",
        },
        "text": {"fontSize": FONT_SIZE, "color": palette.INK},
        "padding": 6,
    }
