"""Questionnaires and checklists of a region: own ones too, rounds in which they are answered."""

from .drafting import Draft, DraftQuestion
from .errors import (
    ChangedMeanwhile,
    InstrumentsError,
    NotThere,
    Refused,
    RoundClosed,
    RoundFull,
)

__all__ = [
    "ChangedMeanwhile",
    "Draft",
    "DraftQuestion",
    "InstrumentsError",
    "NotThere",
    "Refused",
    "RoundClosed",
    "RoundFull",
]
