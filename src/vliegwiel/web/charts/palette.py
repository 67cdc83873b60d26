"""The colours of charts: a name, the value in the light theme, the class that the theme colours.

A drawing holds the light values, so that a downloaded SVG stands by itself; on a page the class
wins and follows the theme, dark or light (`frontend/styles/figure.css`).
"""

BASELINE = "#4a6076"
SCENARIO = "#c2500f"
REGION = "#0a6a7b"
NATIONAL = "#6b6b76"
SERIES = ("#0a6a7a", "#c25010", "#8a4f8f", "#8a6d00", "#2f6fb3", "#3f7d3a")
# Blue against orange: told apart with any kind of colour blindness.
BETTER = SERIES[4]
WORSE = SERIES[1]
INK = "#0f262b"
SOFT = "#42565b"
GRID = "#dde7e7"
AXIS = "#64797e"
PAPER = "#ffffff"

_NAMES = {
    BASELINE: "baseline",
    SCENARIO: "scenario",
    REGION: "region",
    NATIONAL: "national",
    GRID: "grid",
    AXIS: "axis",
    PAPER: "paper",
    SOFT: "soft",
    INK: "ink",
    **{colour: str(index) for index, colour in enumerate(SERIES, start=1)},
}


def fill_class(colour: str) -> str:
    """The class for a fill of this colour; "" when the theme does not know it."""
    return f"f-{_NAMES[colour]}" if colour in _NAMES else ""


def stroke_class(colour: str) -> str:
    return f"s-{_NAMES[colour]}" if colour in _NAMES else ""
