"""Messages of the iJw standard (berichten): bytes in, records without persons and findings out."""

from .pseudonyms import Pseudonyms
from .records import (
    AssignmentRequest,
    AssignmentVersion,
    ChangeRequest,
    DeclaredLine,
    Envelope,
    Finding,
    Person,
    Record,
    RefusedLine,
    RequestAnswer,
    ReturnNote,
    Severity,
    StartRecord,
    StopRecord,
)

__all__ = [
    "AssignmentRequest",
    "AssignmentVersion",
    "ChangeRequest",
    "DeclaredLine",
    "Envelope",
    "Finding",
    "Person",
    "Pseudonyms",
    "Record",
    "RefusedLine",
    "RequestAnswer",
    "ReturnNote",
    "Severity",
    "StartRecord",
    "StopRecord",
]
