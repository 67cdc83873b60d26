"""The radar: values at their place, told in words, and nothing that does not fit."""

import pytest
from django.utils import translation

from vliegwiel.web.charts import RadarLine, radar_chart

AXES = ["Visie en strategie", "Netwerk", "Middelen"]


def test_a_radar_says_what_it_draws() -> None:
    lines = [RadarLine("Deze ronde", [1.0, 5.0, 3.25]), RadarLine("Sector", [3.35, None, 3.2])]
    with translation.override("en"):
        drawn = radar_chart(AXES, lines, low=1, high=5, language="en")
    assert drawn.count("<svg") == 2
    label = drawn.split('aria-label="')[1].split('"')[0]
    assert "Deze ronde: Visie en strategie 1.00, Netwerk 5.00, Middelen 3.25" in label
    assert "Sector: Visie en strategie 3.35, Middelen 3.20" in label


@pytest.mark.parametrize(
    ("axes", "lines"),
    [
        (AXES[:2], [RadarLine("A", [1.0, 2.0])]),
        (AXES, []),
        (AXES, [RadarLine("A", [1.0, 2.0])]),
        (AXES, [RadarLine(str(n), [1.0, 2.0, 3.0]) for n in range(7)]),
    ],
)
def test_what_does_not_fit_is_refused(axes: list[str], lines: list[RadarLine]) -> None:
    with pytest.raises(ValueError, match=r"a (radar|line) has"):
        radar_chart(axes, lines, low=1, high=5, language="nl")
