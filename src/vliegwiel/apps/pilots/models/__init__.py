"""Pilots: their plans, the work, and what was measured."""

from .describing import Description
from .frameworks import Framework
from .measuring import Delivery, Measurement
from .plans import Amendment, Pilot, PilotGroup, PlannedOutcome
from .uploads import Upload
from .work import Iteration, Meeting, MeetingDecision, Milestone, RiskVersion

__all__ = [
    "Amendment",
    "Delivery",
    "Description",
    "Framework",
    "Iteration",
    "Measurement",
    "Meeting",
    "MeetingDecision",
    "Milestone",
    "Pilot",
    "PilotGroup",
    "PlannedOutcome",
    "RiskVersion",
    "Upload",
]
