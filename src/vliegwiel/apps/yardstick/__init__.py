"""The shared yardstick: indicators with one definition each, and targets of a region."""

from .errors import ChangedMeanwhile, YardstickRefused
from .facts import IndicatorFacts, TargetFacts
from .vocabulary import Direction, Kind, Level

__all__ = [
    "ChangedMeanwhile",
    "Direction",
    "IndicatorFacts",
    "Kind",
    "Level",
    "TargetFacts",
    "YardstickRefused",
]
