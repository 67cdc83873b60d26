"""A table of offers as CSV or Excel: the format, its rules, and how it is read. Pure."""

from .columns import COLUMNS, file_headings
from .document import OfferRow, read_offers
from .rules import RULES

__all__ = [
    "COLUMNS",
    "RULES",
    "OfferRow",
    "file_headings",
    "read_offers",
]
