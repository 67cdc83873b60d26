"""Pilots: plans that are registered before the first measurement, the work, and what it showed."""

from .errors import (
    ChangedMeanwhile,
    FrameworkMissing,
    Frozen,
    MeasurementsRefused,
    NotRegistered,
    PilotRefused,
    UploadUnderWay,
)
from .facts import DecisionFacts, GroupFacts, OutcomeFacts, PlanFacts, RiskFacts

__all__ = [
    "ChangedMeanwhile",
    "DecisionFacts",
    "FrameworkMissing",
    "Frozen",
    "GroupFacts",
    "MeasurementsRefused",
    "NotRegistered",
    "OutcomeFacts",
    "PilotRefused",
    "PlanFacts",
    "RiskFacts",
    "UploadUnderWay",
]
