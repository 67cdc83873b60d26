"""Tables of case systems: columns that somebody gave a meaning, to the records that messages give.

Settle what columns mean in a :class:`TableMapping`, then read files with :class:`TableStream`.
"""

from .mapping import (
    CODED,
    DATE_FORMS,
    DATES,
    REQUIRED,
    Role,
    TableMapping,
    codes_of,
    day_of,
    known_code,
    masked,
    proposed_form,
    proposed_roles,
)
from .rows import TABLE_RELEASE, Before, Choose, TableStream
from .rules import TABLE_MESSAGES, TABLE_RULES
from .sheets import MOST_ROWS, CaseTable, TableError, is_table, read_table

__all__ = [
    "CODED",
    "DATES",
    "DATE_FORMS",
    "MOST_ROWS",
    "REQUIRED",
    "TABLE_MESSAGES",
    "TABLE_RELEASE",
    "TABLE_RULES",
    "Before",
    "CaseTable",
    "Choose",
    "Role",
    "TableError",
    "TableMapping",
    "TableStream",
    "codes_of",
    "day_of",
    "is_table",
    "known_code",
    "masked",
    "proposed_form",
    "proposed_roles",
    "read_table",
]
