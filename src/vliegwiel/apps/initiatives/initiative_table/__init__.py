"""The register of initiatives as a table, CSV or Excel: the same columns out and in. Pure."""

from .columns import COLUMNS, LISTS, file_headings
from .document import InitiativeRow, KnownWords, read_initiatives
from .rules import RULES

__all__ = [
    "COLUMNS",
    "LISTS",
    "RULES",
    "InitiativeRow",
    "KnownWords",
    "file_headings",
    "read_initiatives",
]
