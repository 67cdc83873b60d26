"""The chart of power: what was asked, the lines and their answers, for eyes and screen readers."""

import pytest

from vliegwiel.web.charts import MOST_POWER_LINES, PowerLine, PowerPlace, power_chart


def line(name: str, answer: int | None = None) -> PowerLine:
    points = [PowerPlace(m, max(0, 2 * m - 5), 2 * m, 2 * m + 5) for m in range(3, 37)]
    return PowerLine(name, points, answer)


def drawn(*lines: PowerLine) -> str:
    return power_chart(lines, asked=80, y_title="Seen", x_title="months", language="en")


def test_it_is_drawn_wide_and_narrow_with_the_line_that_was_asked() -> None:
    svg = drawn(line("2 municipalities"))
    assert svg.count("<svg") == 2
    assert "vw-chart__narrow" in svg
    assert "80" in svg
    assert "2 municipalities" in svg


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
