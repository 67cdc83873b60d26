"""What awaits whoever stands at a place in a queue."""

import re
from xml.etree import ElementTree

import pytest

from vliegwiel.web.charts import PlacePoint, place_chart

POINTS = [PlacePoint(place, place * 0.8, place * 1.0, place * 1.4) for place in (1, 2, 5, 50, 120)]


def drawn(points: list[PlacePoint]) -> list[ElementTree.Element]:
    text = place_chart(
        points,
        x_title="Plaats in de rij",
        y_title="Dagen tot de hulp begint",
        description="De laatste wacht 120 dagen",
        language="nl",
    )
    return list(ElementTree.fromstring(f"<all>{text}</all>"))


def test_the_finding_is_read_aloud_and_the_axes_begin_at_zero() -> None:
    for svg in drawn(POINTS):
        label = str(svg.get("aria-label"))
        assert label.startswith("De laatste wacht 120 dagen.")
        words = [element.text for element in svg.iter() if element.text]
        assert words.count("0") == 2
        assert "Plaats in de rij" in words
        assert "Dagen tot de hulp begint" in words


def test_there_is_a_band_a_line_and_a_dot_for_each_place() -> None:
    for svg in drawn(POINTS):
        text = ElementTree.tostring(svg, encoding="unicode")
        assert len(re.findall(r'class="f-baseline"', text)) == 1 + len(POINTS)
        assert "s-baseline" in text


def test_a_chart_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="point"):
        drawn([])
