"""What the region understands: observations, insights, decisions about them, and terms."""

from .decisions import Consultation, Priority
from .insights import (
    Chance,
    EarlierInsight,
    Insight,
    InsightMap,
    InsightRelation,
    InsightSource,
)
from .observations import EarlierObservation, Observation, Support
from .terms import Term, TermAlias, TermMeaning

__all__ = [
    "Chance",
    "Consultation",
    "EarlierInsight",
    "EarlierObservation",
    "Insight",
    "InsightMap",
    "InsightRelation",
    "InsightSource",
    "Observation",
    "Priority",
    "Support",
    "Term",
    "TermAlias",
    "TermMeaning",
]
