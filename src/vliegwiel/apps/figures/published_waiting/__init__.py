"""Published waiting times: the file format, its rules and what a stated wait means. Pure."""

from .document import read_delivery
from .example import EXAMPLE
from .rules import RULES
from .statements import Delivery, Statement, offer_key
from .values import KNOWN_KINDS, WEEKS_PER_MONTH, Basis, Wait

__all__ = [
    "EXAMPLE",
    "KNOWN_KINDS",
    "RULES",
    "WEEKS_PER_MONTH",
    "Basis",
    "Delivery",
    "Statement",
    "Wait",
    "offer_key",
    "read_delivery",
]
