"""Which municipality codes existed on which day."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from vliegwiel.reference import municipality_changes, municipality_rows


@lru_cache(maxsize=1 << 16)
def existed(code: str, day: date) -> bool:
    """Whether there was a municipality with this CBS code on a day; codes that ended count too."""
    change = municipality_changes().get(code)
    if change is None:
        return code in _today()
    return (change.since is None or change.since <= day) and (
        change.until is None or day <= change.until
    )


@cache
def _today() -> frozenset[str]:
    return frozenset(row.code for row in municipality_rows())
