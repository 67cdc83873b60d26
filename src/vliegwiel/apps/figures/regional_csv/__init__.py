"""Regional figures as CSV: the file format and its rules. Pure."""

from .document import COLUMNS, NETHERLANDS, FigureRow, read_figures
from .rules import RULES

__all__ = ["COLUMNS", "NETHERLANDS", "RULES", "FigureRow", "read_figures"]
