"""Pilots: their plans, the work, and what was measured."""

from .measuring import Delivery, Measurement
from .plans import Amendment, Pilot, PilotGroup, PlannedOutcome
from .work import Iteration, Meeting, MeetingDecision, Milestone, RiskVersion

__all__ = [
    "Amendment",
    "Delivery",
    "Iteration",
    "Measurement",
    "Meeting",
    "MeetingDecision",
    "Milestone",
    "Pilot",
    "PilotGroup",
    "PlannedOutcome",
    "RiskVersion",
]
