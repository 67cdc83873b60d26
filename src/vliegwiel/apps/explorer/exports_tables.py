"""What the tables of a forecast share as files: what they tell of, and their columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.apps.explorer.spreadsheets import FileColumn, Value, Words
from vliegwiel.science.caresystem import CareSystem, Forecast, Interval, Scenario

PERCENT = 100.0
_PARTS = ("baseline", "scenario", "difference")
_PART_WORDS: Mapping[str, Words] = {
    "baseline": gettext_lazy("Without the change"),
    "scenario": gettext_lazy("With the change"),
    "difference": gettext_lazy("Difference"),
}
_LIMIT_WORDS: Mapping[str, Words] = {
    "median": gettext_lazy("middle"),
    "low": gettext_lazy("low end"),
    "high": gettext_lazy("high end"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome with what it was made of; `region` is the name of the region."""

    outcome: Outcome
    scenario: Scenario
    system: CareSystem
    region: str

    @property
    def forecast(self) -> Forecast:
        return self.outcome.forecast


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A file: its columns, and what makes its rows in the active language."""

    columns: Callable[[], Sequence[FileColumn]]
    rows: Callable[[Told], Iterator[list[Value]]]


class ThreeNumbers(Protocol):
    """A number without the change, with it, and their difference."""

    @property
    def baseline(self) -> Interval: ...

    @property
    def scenario(self) -> Interval | None: ...

    @property
    def difference(self) -> Interval | None: ...


def three_columns() -> list[FileColumn]:
    """Middle and limits of a number without the change, with it, and of the difference."""
    return [column for part in _PARTS for column in ends_columns(part, _PART_WORDS[part])]


def ends_columns(name: str, heading: Words) -> list[FileColumn]:
    """Middle and limits of one number."""
    return [FileColumn(f"{name}_{k}", f"{heading}: {words}") for k, words in _LIMIT_WORDS.items()]


def three_numbers(found: ThreeNumbers, factor: float = 1.0) -> list[Value]:
    """The values of `three_columns`."""
    return [end for part in _PARTS for end in ends(getattr(found, part), factor)]


def ends(interval: Interval | None, factor: float = 1.0) -> list[Value]:
    """The values of `ends_columns`; None where nothing is known."""
    if interval is None:
        return [None, None, None]
    found = (interval.median, interval.low, interval.high)
    return [None if end is None else end * factor for end in found]
