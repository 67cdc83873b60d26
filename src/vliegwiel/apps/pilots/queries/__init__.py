"""Every read of pilots."""

from .core_group import CoreGroupPage, Happened, ToDecide, core_group
from .detail import GroupLine, OutcomeLine, PilotLine, Plan, RiskLine, pilots_of, plan_of, risks_of
from .results import DeliveryLine, OutcomeResult, deliveries_of, result_now

__all__ = [
    "CoreGroupPage",
    "DeliveryLine",
    "GroupLine",
    "Happened",
    "OutcomeLine",
    "OutcomeResult",
    "PilotLine",
    "Plan",
    "RiskLine",
    "ToDecide",
    "core_group",
    "deliveries_of",
    "pilots_of",
    "plan_of",
    "result_now",
    "risks_of",
]
