"""What an initiative did: one way from a table to an effect, for every design.

Read a table with :func:`read_effect_table` (or make one with :func:`table_of`), put a
:class:`Question`, and answer it with :func:`effect_of`. :func:`choose` says which design is the
strongest that a table allows, :func:`advice` what would make the evidence stronger.
"""

from .asked import Question
from .checking import CHECK_SENTENCES
from .choosing import ADVICE_SENTENCES, REASON_SENTENCES, Choice, advice, choose
from .designs import EFFECT_DESIGNS, EffectDesign
from .faults import DESIGN_FAULT_MESSAGES, TABLE_FAULT_MESSAGES
from .headlines import EFFECT_SENTENCES, SIZE_LABELS
from .linear import Estimated, clustered, two_way
from .measuring import effect_of
from .reading import TableRoles, read_effect_table, table_of
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
from .table import EffectTable, Labels, Role

__all__ = [
    "ADVICE_SENTENCES",
    "CHECK_SENTENCES",
    "DESIGN_FAULT_MESSAGES",
    "EFFECT_DESIGNS",
    "EFFECT_SCHEMA",
    "EFFECT_SENTENCES",
    "REASON_SENTENCES",
    "SIZE_LABELS",
    "TABLE_FAULT_MESSAGES",
    "Arm",
    "Better",
    "Choice",
    "Effect",
    "EffectDesign",
    "EffectFormatError",
    "EffectTable",
    "Estimated",
    "GradeInputs",
    "Labels",
    "Lot",
    "Measure",
    "Method",
    "Quantity",
    "Question",
    "Role",
    "Scale",
    "Series",
    "TableRoles",
    "advice",
    "choose",
    "clustered",
    "effect_of",
    "read_effect_table",
    "table_of",
    "two_way",
]
