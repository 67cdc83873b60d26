"""Effects of several regions taken together, with what they are worth for a next region."""

from .regions import BETWEEN, FEW_REGIONS, POOLING_SENTENCES, Pooled, averaged, multiplied, pool

__all__ = [
    "BETWEEN",
    "FEW_REGIONS",
    "POOLING_SENTENCES",
    "Pooled",
    "averaged",
    "multiplied",
    "pool",
]
