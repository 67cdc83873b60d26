"""Values as dots: each counts, and nothing is drawn that is not there."""

from xml.etree import ElementTree

import pytest

from vliegwiel.web.charts import DotRow, dot_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: DotRow, at_least: float = 0) -> ElementTree.Element:
    drawing = dot_chart(rows, x_title="weken", language="nl", at_least=at_least)
    return ElementTree.fromstring(f"<div>{drawing}</div>")[0]


def marks(svg: ElementTree.Element, colour: str) -> list[str]:
    return [e.get("d", "") for e in svg.iter(f"{SVG}path") if f"f-{colour}" in e.get("class", "")]


def test_one_value_is_one_dot_and_no_middle() -> None:
    svg = drawn(DotRow("Wonen", [26], "26 weken (1 aanbieding)"))
    assert len(marks(svg, "region")) == 1
    assert marks(svg, "scenario") == []


def test_values_on_one_place_make_one_larger_dot() -> None:
    svg = drawn(DotRow("a", [4, 4, 4, 9], "vier", 4))
    few, many = sorted(float(path.split(",")[0].strip("M")) for path in marks(svg, "region"))
    assert round(many / few, 2) == round(3**0.5, 2), "the area grows with the number"
    assert len(marks(svg, "scenario")) == 1


def test_an_axis_does_not_stretch_small_values() -> None:
    def axis(svg: ElementTree.Element) -> set[str]:
        return {e.text for e in svg.iter(f"{SVG}text") if e.text and e.text.isdigit()}

    assert "4" in axis(drawn(DotRow("a", [0, 0], "niets"), at_least=4))
    assert "4" not in axis(drawn(DotRow("a", [0, 0], "niets")))


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        drawn(DotRow("a", [], "geen"))
