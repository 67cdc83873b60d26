"""Several changes in one drawing: told apart without colour, named at their end."""

import itertools
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from vliegwiel.web.charts import MOST_LINES, BandPoint, NamedBand, panels_chart, several_chart

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [date(2027 + index // 12, index % 12 + 1, 1) for index in range(24)]


def band(letter: str, size: float) -> NamedBand:
    points = [
        BandPoint(month, size * k - 2, size * k, size * k + 2) for k, month in enumerate(MONTHS)
    ]
    return NamedBand(letter, f"Een scenario met een lange naam {letter}", points)


FIVE = [band(letter, size) for letter, size in zip("ABCDE", (-1, -0.9, 0.1, 0.5, 2), strict=True)]


def drawings(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<all>{text}</all>"))


def several(series: list[NamedBand]) -> str:
    return several_chart(
        series, y_title="Wachttijd", more="langer wachten", less="korter wachten", language="nl"
    )


def words(svg: ElementTree.Element) -> list[str]:
    return [e.text or "" for e in svg.iter() if e.tag.endswith(("text", "tspan")) and e.text]


def test_every_line_has_strokes_and_a_colour_of_its_own() -> None:
    for svg in drawings(several(FIVE)):
        lines = [e for e in svg.iter(f"{SVG}path") if re.search(r"s-[1-5]\b", e.get("class", ""))]
        assert len(lines) == 5
        assert len({e.get("class") for e in lines}) == 5
        assert len({e.get("stroke-dasharray") for e in lines}) == 5


def test_a_letter_stands_at_the_end_of_each_line_and_none_on_another() -> None:
    wide, narrow = drawings(several(FIVE))
    assert {word[0] for word in words(wide) if word[:2] in {f"{x} " for x in "ABCDE"}} == {*"ABCDE"}
    assert [word for word in words(narrow) if word in "ABCDE"] == [*"ABCDE"]
    places = sorted(
        float(found[1])
        for element in narrow.iter(f"{SVG}text")
        if (element.text or "") in {*"ABCDE"}
        and (found := re.search(r"translate\([-\d.]+,([-\d.]+)\)", element.get("transform", "")))
    )
    assert len(places) == 5
    assert all(after - before >= 16 for before, after in itertools.pairwise(places))


def test_zero_lies_inside_with_what_both_sides_mean() -> None:
    for svg in drawings(several(FIVE[:2])):
        text = words(svg)
        assert "▲ langer wachten" in text
        assert "▼ korter wachten" in text
        assert "0" in text
        assert svg.get("data-plot")
        assert "A Een scenario met een lange naam A" in str(svg.get("aria-label"))


def test_the_small_drawings_share_one_axis_and_show_each_band() -> None:
    for svg in drawings(panels_chart(FIVE, y_title="Wachttijd", language="nl")):
        fills = [e.get("class", "") for e in svg.iter(f"{SVG}path")]
        assert all(any(f"f-{k}" in found for found in fills) for k in range(1, 6))
        ticks = [word for word in words(svg) if re.fullmatch(r"0|[+−]\d+", word)]
        assert len(set(ticks)) * 5 == len(ticks)
        assert sum(word.startswith(tuple("ABCDE")) for word in words(svg)) >= 5


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    assert MOST_LINES == 5
    with pytest.raises(ValueError, match="at most"):
        several([*FIVE, band("F", 1.0)])
    with pytest.raises(ValueError, match="point"):
        several([NamedBand("A", "leeg", [])])
