"""Bars of the region with those of the country under them."""

import re
from xml.etree import ElementTree

from vliegwiel.web.charts import CompareRow, compare_bars

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: CompareRow, national: str = "Nederland") -> list[ElementTree.Element]:
    drawing = compare_bars(
        rows, region_name="IJsselland", national_name=national, language="nl", decimals=1
    )
    return list(ElementTree.fromstring(f"<div>{drawing}</div>"))


def words(svg: ElementTree.Element) -> list[str]:
    return [element.text for element in svg.iter(f"{SVG}text") if element.text]


def widths(svg: ElementTree.Element, colour: str) -> list[float]:
    """How long the bars of a colour are, by the `M0,0h…` of their paths."""
    paths = [e.get("d", "") for e in svg.iter(f"{SVG}path") if f"f-{colour}" in e.get("class", "")]
    return [float(match[1]) for path in paths if (match := re.match(r"M[-\d.,]+h([\d.]+)", path))]


def test_each_bar_says_whose_it_is() -> None:
    for svg in drawn(CompareRow("Zonder verblijf", 8.5, 10.0), CompareRow("Met", 1.2)):
        assert {"8,5% IJsselland", "10,0% Nederland", "1,2% IJsselland"} <= set(words(svg))


def test_without_a_national_value_the_values_stand_alone() -> None:
    for svg in drawn(CompareRow("0 tot 3", 730), CompareRow("4 tot 11", 6500), national=""):
        assert {"730,0%", "6.500,0%"} <= set(words(svg))


def test_bars_are_as_long_as_their_values() -> None:
    wide = drawn(CompareRow("a", 10, 40), CompareRow("b", 20, 5))[0]
    region, national = widths(wide, "region"), widths(wide, "national")
    assert [round(length / region[0], 1) for length in region] == [1, 2]
    assert [round(length / region[0], 1) for length in national] == [4, 0.5]


def test_what_was_calculated_is_an_outline() -> None:
    wide = drawn(CompareRow("a", 10, 40), CompareRow("rest", 20, 5, derived=True))[0]
    assert len(widths(wide, "region")) == 1
    outlined = [e for e in wide.iter(f"{SVG}path") if e.get("stroke-dasharray")]
    assert len(outlined) == 2


def test_every_drawing_is_as_wide_so_that_letters_are_as_large() -> None:
    short = drawn(CompareRow("a", 1), national="")[0]
    long = drawn(CompareRow("a", 42.3, 32.6))[0]
    sizes = {float(svg.get("viewBox", "").split()[2]) for svg in (short, long)}
    assert max(sizes) - min(sizes) <= 12


def test_what_is_read_aloud_holds_every_value() -> None:
    label = drawn(CompareRow("Zonder verblijf", 8.5, 10.0))[0].get("aria-label", "")
    assert "Zonder verblijf: 8,5% IJsselland, 10,0% Nederland" in label
