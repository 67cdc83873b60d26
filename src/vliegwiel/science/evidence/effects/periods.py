"""Periods of a table as numbers that count on, and back as they are written.

Years and other whole numbers count themselves, months and quarters the months and quarters since
year 0, days the days since year 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
#: What stands for no period at all.
NEVER = int(np.iinfo(np.int64).max)
#: Other ways in which a table may write that a unit never starts.
_NEVER_WORDS = frozenset({"", "never", "nooit", "inf", "nan", "none"})

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})[- ]?[QqKk]([1-4])")


class Cadence(StrEnum):
    """What one period is."""

    NUMBER = "number"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"

    @property
    def season(self) -> int:
        """Periods in a year, 1 where the year has no pattern that could be known."""
        return {"quarter": 4, "month": 12}.get(self.value, 1)


def period_of(text: str) -> tuple[Cadence, int] | None:
    """The period that a text writes (2024, 2024-03, 2024Q1, 2024-03-31); None for none."""
    text = text.strip()
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return (Cadence.MONTH, 12 * year + month - 1) if 1 <= month <= 12 else None
    if found := _QUARTER.fullmatch(text):
        return Cadence.QUARTER, 4 * int(found[1]) + int(found[2]) - 1
    try:
        number = float(text)
    except ValueError:
        return _day(text)
    return (Cadence.NUMBER, int(number)) if number.is_integer() else None


def is_never(text: str) -> bool:
    """Whether a start says that there is none."""
    return text.strip().casefold() in _NEVER_WORDS


def written(cadence: Cadence, number: int) -> str:
    """A period as a table writes it."""
    if cadence is Cadence.MONTH:
        return f"{number // 12:04d}-{number % 12 + 1:02d}"
    if cadence is Cadence.QUARTER:
        return f"{number // 4:04d}-Q{number % 4 + 1}"
    return date.fromordinal(number).isoformat() if cadence is Cadence.DAY else str(number)


def written_all(cadence: Cadence, numbers: Ints) -> Sequence[float | str]:
    """Periods for a picture: numbers as they are, others as texts."""
    if cadence is Cadence.NUMBER:
        return [float(number) for number in numbers]
    return [written(cadence, int(number)) for number in numbers]


def _day(text: str) -> tuple[Cadence, int] | None:
    try:
        return Cadence.DAY, date.fromisoformat(text).toordinal()
    except ValueError:
        return None
