"""The shared yardstick: indicators with one definition each, and targets of a region."""

from .errors import ChangedMeanwhile, YardstickRefused
from .facts import IndicatorFacts, TargetFacts

__all__ = ["ChangedMeanwhile", "IndicatorFacts", "TargetFacts", "YardstickRefused"]
