"""What can be wrong in a table of a case system, what that does, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.ijw import Severity

F, R, W = Severity.FILE, Severity.RECORD, Severity.WARNING

#: Every check by its id. What cannot be read refuses the file: a table is taken whole or not.
TABLE_RULES: Mapping[str, Severity] = MappingProxyType(
    {
        "table_unreadable": F,
        "table_empty": F,
        "table_too_long": F,
        "table_heading_twice": F,
        "table_unmapped": F,
        "table_column_missing": F,
        "table_value_missing": F,
        "table_no_date": F,
        "table_no_bsn": F,
        "table_no_municipality": F,
        "table_no_provider": F,
        "table_product_unknown": F,
        "table_reason_unknown": F,
        "table_referrer_unknown": F,
        "table_ends_before_it_begins": F,
        "table_row_differs": F,
        "table_row_twice": W,
        "table_other_region": R,
    }
)

#: Id of a check -> English sentence; also the message ids of the translations.
TABLE_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "table_unreadable": "The file is no table: neither CSV with headings nor an Excel sheet.",
        "table_empty": "The table has no rows.",
        "table_too_long": "The table has more than %(most)s rows.",
        "table_heading_twice": "Two columns have the same heading.",
        "table_unmapped": "It is not settled yet what the columns of this table mean.",
        "table_column_missing": "The column “%(column)s” is not in this table.",
        "table_value_missing": "Here a value is needed, and the cell is empty.",
        "table_no_date": "This is not a date in the form that was settled (%(form)s).",
        "table_no_bsn": "This is not a citizen service number (BSN).",
        "table_no_municipality": "This is neither the name nor the code of a municipality.",
        "table_no_provider": "Of this provider no code (AGB, eight digits) is settled.",
        "table_product_unknown": "Of the product “%(code)s” it is not settled which care it is.",
        "table_reason_unknown": "Of the reason “%(code)s” it is not settled what it means.",
        "table_referrer_unknown": "Of the referrer “%(code)s” it is not settled who that is.",
        "table_ends_before_it_begins": "The last day lies before the first.",
        "table_row_differs": "An earlier row says something else of the same assignment.",
        "table_row_twice": "An earlier row says the same.",
        "table_other_region": "The municipality does not belong to this region.",
    }
)
