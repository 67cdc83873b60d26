"""The tables of care data: deliveries with their messages and findings, and what messages say."""

from .deliveries import (
    Carried,
    DeliveredFile,
    Delivery,
    FindingRow,
    KeptMessage,
    RegionIntake,
    Removal,
)
from .handovers import Handover, HandoverStatus
from .mappings import TableMappingVersion
from .records import (
    Answer,
    Assignment,
    Change,
    Declared,
    Refused,
    Request,
    Returned,
    Start,
    Stop,
)

__all__ = [
    "Answer",
    "Assignment",
    "Carried",
    "Change",
    "Declared",
    "DeliveredFile",
    "Delivery",
    "FindingRow",
    "Handover",
    "HandoverStatus",
    "KeptMessage",
    "Refused",
    "RegionIntake",
    "Removal",
    "Request",
    "Returned",
    "Start",
    "Stop",
    "TableMappingVersion",
]
