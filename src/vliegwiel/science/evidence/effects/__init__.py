"""What an initiative did: one way from a table to an effect, for every design."""

from .headlines import EFFECT_SENTENCES, SIZE_LABELS
from .result import (
    EFFECT_SCHEMA,
    Arm,
    Better,
    Effect,
    EffectFormatError,
    GradeInputs,
    Lot,
    Measure,
    Method,
    Quantity,
    Scale,
    Series,
)

__all__ = [
    "EFFECT_SCHEMA",
    "EFFECT_SENTENCES",
    "SIZE_LABELS",
    "Arm",
    "Better",
    "Effect",
    "EffectFormatError",
    "GradeInputs",
    "Lot",
    "Measure",
    "Method",
    "Quantity",
    "Scale",
    "Series",
]
