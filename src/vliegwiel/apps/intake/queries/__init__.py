"""Every read of care data: deliveries with their findings, counts, removals, and the records."""

from vliegwiel.apps.intake.models.deliveries import LONGEST_MONTHS, SHORTEST_MONTHS
from vliegwiel.apps.intake.rules import sentence as finding_sentence

from .deliveries import (
    MADE_UP,
    DeliveryInfo,
    FindingGroup,
    FindingLine,
    Findings,
    IntakeCounts,
    IntakeState,
    RemovalInfo,
    deliveries,
    delivery,
    finding_groups,
    finding_line,
    findings,
    has_only_made_up,
    intake_counts,
    intake_state,
    path_in_words,
    removals,
)
from .handovers import HandoverInfo, handover, handover_under_way
from .mappings import mapping_for, table_mappings
from .records import (
    YouthRecords,
    pseudonyms_for_others,
    records_by_youth,
    records_of,
    records_without_youth,
)

__all__ = [
    "LONGEST_MONTHS",
    "MADE_UP",
    "SHORTEST_MONTHS",
    "DeliveryInfo",
    "FindingGroup",
    "FindingLine",
    "Findings",
    "HandoverInfo",
    "IntakeCounts",
    "IntakeState",
    "RemovalInfo",
    "YouthRecords",
    "deliveries",
    "delivery",
    "finding_groups",
    "finding_line",
    "finding_sentence",
    "findings",
    "handover",
    "handover_under_way",
    "has_only_made_up",
    "intake_counts",
    "intake_state",
    "mapping_for",
    "path_in_words",
    "pseudonyms_for_others",
    "records_by_youth",
    "records_of",
    "records_without_youth",
    "removals",
    "table_mappings",
]
