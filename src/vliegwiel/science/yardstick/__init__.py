"""The yardstick (meetlat): what holds for every figure: small cells, and the way to a target."""

from .small_cells import LEAST_SHOWN, Margin, Protected, bounds, protect
from .targets import (
    ENOUGH_READINGS,
    LEAST_ELAPSED,
    PROJECTION_LEVEL,
    Course,
    Progress,
    TargetLine,
    progress,
)

__all__ = [
    "ENOUGH_READINGS",
    "LEAST_ELAPSED",
    "LEAST_SHOWN",
    "PROJECTION_LEVEL",
    "Course",
    "Margin",
    "Progress",
    "Protected",
    "TargetLine",
    "bounds",
    "progress",
    "protect",
]
