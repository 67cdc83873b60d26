"""Tables from CSV or Excel, for every app: their lines, their cells, and what can be wrong."""

from .cells import Cells
from .columns import Column, in_words
from .reading import MOST_ROWS, Line, SheetColumn, lines_of
from .rules import SEE_COLUMNS, SHEET_RULES

__all__ = [
    "MOST_ROWS",
    "SEE_COLUMNS",
    "SHEET_RULES",
    "Cells",
    "Column",
    "Line",
    "SheetColumn",
    "in_words",
    "lines_of",
]
