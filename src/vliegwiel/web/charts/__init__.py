"""Charts as SVG inside the page: drawn on the server, coloured by the theme."""

from .bands import BandPoint, BandSeries, Event, band_chart
from .compare import CompareRow, compare_bars
from .differences import difference_chart
from .dots import DotRow, dot_chart
from .flows import Flow, flow_chart
from .keeping import kept, warm
from .looks import LookPoint, looks_chart
from .matrix import MatrixRow, MatrixSign, matrix_chart
from .medians import MedianRow, median_chart
from .months import month_chart
from .places import PlacePoint, place_chart
from .power import MOST_POWER_LINES, PowerLine, PowerPlace, power_chart
from .quarters import QuarterRow, quarter_chart
from .radar import MOST_RADAR_LINES, RadarLine, radar_chart
from .rows import (
    DifferenceRow,
    difference_bars,
)
from .sankey import Place, Stream, sankey_chart
from .several import MOST_LINES, NamedBand, panels_chart, several_chart
from .targets import target_chart
from .tiles import SHADES, Tile, tile_map
from .tornado import TornadoEnd, TornadoRow, tornado_chart
from .trend import TrendSeries, trend_chart

__all__ = [
    "MOST_LINES",
    "MOST_POWER_LINES",
    "MOST_RADAR_LINES",
    "SHADES",
    "BandPoint",
    "BandSeries",
    "CompareRow",
    "DifferenceRow",
    "DotRow",
    "Event",
    "Flow",
    "LookPoint",
    "MatrixRow",
    "MatrixSign",
    "MedianRow",
    "NamedBand",
    "Place",
    "PlacePoint",
    "PowerLine",
    "PowerPlace",
    "QuarterRow",
    "RadarLine",
    "Stream",
    "Tile",
    "TornadoEnd",
    "TornadoRow",
    "TrendSeries",
    "band_chart",
    "compare_bars",
    "difference_bars",
    "difference_chart",
    "dot_chart",
    "flow_chart",
    "kept",
    "looks_chart",
    "matrix_chart",
    "median_chart",
    "month_chart",
    "panels_chart",
    "place_chart",
    "power_chart",
    "quarter_chart",
    "radar_chart",
    "sankey_chart",
    "several_chart",
    "target_chart",
    "tile_map",
    "tornado_chart",
    "trend_chart",
    "warm",
]
