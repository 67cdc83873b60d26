"""Many observations at once: pasted lines, or a table as CSV or Excel. Pure, without tables."""

from .columns import COLUMNS, file_headings
from .document import ObservationRow, Suspects, read_lines, read_observations
from .rules import PERSON_IN_TEXT, RULES

__all__ = [
    "COLUMNS",
    "PERSON_IN_TEXT",
    "RULES",
    "ObservationRow",
    "Suspects",
    "file_headings",
    "read_lines",
    "read_observations",
]
