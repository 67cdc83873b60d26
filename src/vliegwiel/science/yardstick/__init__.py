"""The yardstick (meetlat): small cells, shares with their interval, and the way to a target."""

from .shares import share_interval
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
    "share_interval",
]
