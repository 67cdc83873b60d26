"""Every read of pilots."""

from vliegwiel.apps.pilots.vocabulary import (
    Claim,
    DesignId,
    Grade,
    LotId,
    PilotStatus,
    Reach,
    RiskKind,
    RiskStatus,
    Subject,
)

from .core_group import CoreGroupPage, Happened, ToDecide, core_group
from .detail import GroupLine, OutcomeLine, PilotLine, Plan, RiskLine, pilots_of, plan_of, risks_of
from .frameworks import Beside, FrameworkLine, beside, framework_of
from .listing import (
    PilotRow,
    PilotRows,
    PilotsWanted,
    count_pilots,
    find_pilots,
    pilot_status,
    region_pilot,
)
from .results import DeliveryLine, OutcomeResult, deliveries_of, result_now
from .work import (
    IterationLine,
    MilestoneLine,
    RiskVersionLine,
    Work,
    risk_facts,
    risk_versions,
    work_of,
)

__all__ = [
    "Beside",
    "Claim",
    "CoreGroupPage",
    "DeliveryLine",
    "DesignId",
    "FrameworkLine",
    "Grade",
    "GroupLine",
    "Happened",
    "IterationLine",
    "LotId",
    "MilestoneLine",
    "OutcomeLine",
    "OutcomeResult",
    "PilotLine",
    "PilotRow",
    "PilotRows",
    "PilotStatus",
    "PilotsWanted",
    "Plan",
    "Reach",
    "RiskKind",
    "RiskLine",
    "RiskStatus",
    "RiskVersionLine",
    "Subject",
    "ToDecide",
    "Work",
    "beside",
    "core_group",
    "count_pilots",
    "deliveries_of",
    "find_pilots",
    "framework_of",
    "pilot_status",
    "pilots_of",
    "plan_of",
    "region_pilot",
    "result_now",
    "risk_facts",
    "risk_versions",
    "risks_of",
    "work_of",
]
