"""The chart of power: what was asked, the lines and their answers, for eyes and screen readers."""

import re

import pytest
from django.utils.translation import override

from vliegwiel.web.charts import MOST_POWER_LINES, PowerLine, PowerPlace, power_chart


def line(name: str, answer: int | None = None) -> PowerLine:
    points = [PowerPlace(m, max(0, 2 * m - 5), 2 * m, 2 * m + 5) for m in range(3, 37)]
    return PowerLine(name, points, answer)


def drawn(*lines: PowerLine, asked: float = 80) -> str:
    with override("en"):
        return power_chart(lines, asked=asked, y_title="Seen", x_title="months", language="en")


def levels(svg: str) -> list[float]:
    """How far from the top the dashed level line is, wide and narrow."""
    found = re.findall(r'<path d="M0,([\d.]+)L[\d.]+,\1"[^>]*stroke-dasharray="4,3"', svg)
    return [float(height) for height in found]


def test_it_is_drawn_wide_and_narrow_with_its_name() -> None:
    svg = drawn(line("2 municipalities"))
    assert svg.count("<svg") == 2
    assert "vw-chart__narrow" in svg
    assert svg.count(">2 municipalities</text>") == 2


def test_a_level_line_stands_at_what_was_asked_and_says_so() -> None:
    # No mark of the axis stands at 70.
    svg = drawn(line("one"), asked=70)
    assert svg.count(">asked: 70</text>") == 2
    assert svg.count("with a level line at the 70 per cent that was asked") == 2
    higher = levels(drawn(line("one"), asked=80))
    assert len(higher) == 2
    assert levels(svg) == pytest.approx([1.5 * height for height in higher])


def test_a_single_line_has_a_band_and_several_have_none() -> None:
    one, several = drawn(line("one")), drawn(line("one"), line("two"))
    assert one.count("f-1") > several.count("f-1")


def test_an_answer_has_a_dot() -> None:
    assert drawn(line("one", 30)).count("<path") > drawn(line("one")).count("<path")


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="point"):
        drawn(PowerLine("none", []))
    with pytest.raises(ValueError, match="told apart"):
        drawn(*(line(str(k)) for k in range(MOST_POWER_LINES + 1)))
