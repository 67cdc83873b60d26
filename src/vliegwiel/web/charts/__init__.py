"""Charts as SVG inside the page: drawn on the server, coloured by the theme."""

from .bands import BandPoint, BandSeries, Event, band_chart
from .flows import Flow, flow_chart
from .rows import (
    CompareRow,
    DifferenceRow,
    SpreadRow,
    TornadoRow,
    compare_bars,
    difference_bars,
    spread_chart,
    tornado_chart,
)
from .trend import TrendSeries, trend_chart

__all__ = [
    "BandPoint",
    "BandSeries",
    "CompareRow",
    "DifferenceRow",
    "Event",
    "Flow",
    "SpreadRow",
    "TornadoRow",
    "TrendSeries",
    "band_chart",
    "compare_bars",
    "difference_bars",
    "flow_chart",
    "spread_chart",
    "tornado_chart",
    "trend_chart",
]
