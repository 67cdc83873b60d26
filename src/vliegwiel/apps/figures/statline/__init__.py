"""Tables of CBS StatLine as they were fetched: the saved file and what it means. Pure."""

from .document import (
    FORMAT,
    SavedCode,
    SavedDimension,
    SavedMeasure,
    SavedObservation,
    SavedTable,
    saved_text,
)
from .reading import TableRead, read_table
from .rules import RULES

__all__ = [
    "FORMAT",
    "RULES",
    "SavedCode",
    "SavedDimension",
    "SavedMeasure",
    "SavedObservation",
    "SavedTable",
    "TableRead",
    "read_table",
    "saved_text",
]
