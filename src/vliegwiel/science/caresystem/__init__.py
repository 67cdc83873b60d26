"""The care system of a region: describe it, change it, and see what would happen.

Start with :func:`read_care_system` and :func:`read_scenario`.
"""

from vliegwiel.science.kernel import DocumentError, Fault

from .addresses import Entry, entries
from .document import document_hash, json_schema, read_care_system, read_scenario, write_document
from .faults import FAULT_MESSAGES
from .model import (
    CARE_SYSTEM_SCHEMA,
    Assumed,
    CareSystem,
    CareType,
    Derived,
    Printed,
    Quantity,
    Text,
)
from .provenance import Assumption, NumberOrigin, assumptions, quantities
from .scenario import SCENARIO_SCHEMA, Intervention, Scenario, Stage

__all__ = [
    "CARE_SYSTEM_SCHEMA",
    "FAULT_MESSAGES",
    "SCENARIO_SCHEMA",
    "Assumed",
    "Assumption",
    "CareSystem",
    "CareType",
    "Derived",
    "DocumentError",
    "Entry",
    "Fault",
    "Intervention",
    "NumberOrigin",
    "Printed",
    "Quantity",
    "Scenario",
    "Stage",
    "Text",
    "assumptions",
    "document_hash",
    "entries",
    "json_schema",
    "quantities",
    "read_care_system",
    "read_scenario",
    "write_document",
]
