"""Measurements column by column: checked all at once with their lines, and written for COPY.

No models here. A million rows have few different days and values, so each different text is read
once; what holds for it holds for every row that has it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vliegwiel.science.kernel import Fault

from .errors import MeasurementsRefused
from .tables import FURTHER, MOST_NAMED, NEEDED, UNKEEPABLE, Door, Rows, fault, heading
from .vocabulary import LONGEST_UNIT

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]

_YES, _NO = frozenset({"1", "ja", "yes", "true"}), frozenset({"0", "nee", "no", "false"})
#: What looks like a citizen service number is not said again, wherever it stood.
_NINE_DIGITS = re.compile(r"\d{9}")
_UNKEPT = re.compile(UNKEEPABLE)
_OLDEST = np.datetime64("2000-01-01")
#: Squares of larger numbers, added up, are no longer told apart.
_LARGEST = 1e12
_LINES_AT_ONCE = 100_000
#: How COPY reads what is not there.
_NOTHING = "\\N"


@dataclass(frozen=True, slots=True)
class Column:
    """The different texts of a column, and which of them each row has."""

    texts: tuple[str, ...]
    at: Ints

    @classmethod
    def of(cls, values: Iterable[str]) -> Column:
        """Without spaces around them."""
        at, found = pd.factorize(np.asarray(values, dtype=object))
        texts = [text.strip() for text in found]
        # Spaces that went may have made some the same, which holds nothing wrong.
        return cls(tuple(texts), at.astype(np.int64))

    def where(self, holds: Callable[[str], object]) -> Flags:
        """Of each row, whether something holds for its text."""
        found: Flags = np.array([bool(holds(text)) for text in self.texts], dtype=bool)[self.at]
        return found


@dataclass(frozen=True, slots=True)
class Checked:
    """Columns that may be kept, in the order of the table of arrivals, as COPY reads texts."""

    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns[0].at)

    def written(self) -> Iterator[bytes]:
        """The rows for COPY, in pieces."""
        for start in range(0, len(self), _LINES_AT_ONCE):
            rows = slice(start, start + _LINES_AT_ONCE)
            parts = [np.array(one.texts, dtype=object)[one.at[rows]] for one in self.columns]
            lines = map("\t".join, zip(*(part.tolist() for part in parts), strict=True))
            yield ("\n".join(lines) + "\n").encode()


def checked(rows: Rows, door: Door) -> Checked:
    """What may be kept of rows. Raises MeasurementsRefused with everything that is wrong."""
    frame = rows.frame
    named = list(frame.columns)
    lacks = [heading(one) for one in NEEDED if one not in named]
    faults = [fault("line 1", "lacks_column", column=one) for one in lacks]
    strange = [one for one in named if one not in (*NEEDED, *FURTHER) or named.count(one) > 1]
    faults += [fault("line 1", "unknown_column", column=one) for one in dict.fromkeys(strange)]
    if not faults and frame.empty:
        faults.append(fault("", "empty"))
    if faults:
        raise MeasurementsRefused(faults)
    reader = _Reader(frame, door)
    found = reader.read()
    if reader.faults:
        raise MeasurementsRefused(reader.faults)
    return found


class _Reader:
    """Reads column by column and notes every row that cannot be."""

    def __init__(self, frame: pd.DataFrame, door: Door) -> None:
        # Rows without anything were left out; the others keep the number of their line.
        self.lines = frame.index.to_numpy(dtype=np.int64) + 2
        self.columns = {name: Column.of(frame[name].to_numpy(dtype=object)) for name in frame}
        self.door = door
        self.faults: list[Fault] = []

    def read(self) -> Checked:
        group, unit, day = self._group(), self._unit(), self._day()
        size, value = self._size(), self._value()
        month = self.door.by_month
        moment = day.astype("datetime64[M]") if month else np.full(len(day), self.door.starts_on)
        moment = moment.astype("datetime64[D]")
        self._twice(unit, moment)
        baseline = self._number("baseline", "no_baseline", may_be_empty=True)
        ended = self._ended()
        if self.faults:
            return Checked(())
        every = np.arange(len(self.lines))
        return Checked(
            (
                Column(tuple(map(str, self.lines.tolist())), every),
                group,
                Column(tuple(text.replace("\\", r"\\") for text in unit.texts), unit.at),
                _as_days(day),
                _as_days(moment),
                *(_as_numbers(one) for one in (value, size, baseline)),
                ended,
            )
        )

    def note(self, bad: Flags, code: str, column: str) -> None:
        rows = np.flatnonzero(bad)
        told = self.columns.get(column)
        for row in rows[:MOST_NAMED]:
            text = told.texts[told.at[row]] if told is not None else ""
            value = _NINE_DIGITS.sub("*********", text)
            self.faults.append(fault(f"line {self.lines[row]}", code, value=value))
        if len(rows) > MOST_NAMED:
            line = f"line {self.lines[rows[MOST_NAMED]]}"
            self.faults.append(fault(line, "and_more", count=len(rows) - MOST_NAMED))

    def _group(self) -> Column:
        texts, known = self.columns["group"], self.door.groups
        self.note(texts.where(lambda text: text == ""), "no_group", "group")
        self.note(texts.where(lambda text: text and text not in known), "unknown_group", "group")
        return Column(tuple(str(known.get(text, "")) for text in texts.texts), texts.at)

    def _unit(self) -> Column:
        texts = self.columns["unit"]
        self.note(texts.where(lambda text: text == ""), "no_unit", "unit")
        self.note(texts.where(lambda text: len(text) > LONGEST_UNIT), "long_unit", "unit")
        self.note(texts.where(_UNKEPT.search), "strange_unit", "unit")
        self.note(texts.where(_as_service_number), "personal_unit", "unit")
        return texts

    def _day(self) -> Days:
        texts = self.columns["day"]
        each = pd.to_datetime(pd.Series(texts.texts), format="%Y-%m-%d", errors="coerce")
        found: Days = each.to_numpy().astype("datetime64[D]")[texts.at]
        bad = np.isnat(found) | (found < _OLDEST)
        self.note(bad, "no_day", "day")
        self.note(found > np.datetime64(self.door.today), "future", "day")
        if not self.door.by_month:
            early = found < np.datetime64(self.door.registered_on)
            self.note(early & ~bad, "before_registration", "day")
        return found

    def _value(self) -> Floats:
        found, door = self._number("value", "no_value"), self.door
        if door.lowest is not None:
            self.note(found < door.lowest, "too_low", "value")
        if door.highest is not None:
            self.note(found > door.highest, "too_high", "value")
        if door.whole:
            self.note(np.isfinite(found) & (found != np.round(found)), "not_whole", "value")
        if door.yes_or_no and "size" not in self.columns:
            inside = (found > 0) & (found < 1)
            self.note(inside, "not_yes_or_no", "value")
        return found

    def _size(self) -> Floats:
        found = self._number("size", "no_size", may_be_empty=True)
        self.note(found <= 0, "no_size", "size")
        return found

    def _number(self, column: str, code: str, *, may_be_empty: bool = False) -> Floats:
        texts = self.columns.get(column)
        if texts is None:
            return np.full(len(self.lines), np.nan)
        points = pd.Series([text.replace(",", ".") for text in texts.texts], dtype=object)
        each = pd.to_numeric(points, errors="coerce").to_numpy(dtype=np.float64)
        numbers: Floats = each[texts.at]
        bad = ~np.isfinite(numbers)
        if may_be_empty:
            bad &= texts.where(lambda text: text != "")
        self.note(bad, code, column)
        self.note(np.isfinite(numbers) & (np.abs(numbers) > _LARGEST), "too_large", column)
        return numbers

    def _ended(self) -> Column:
        texts = self.columns.get("ended")
        if texts is None:
            self.note(np.full(len(self.lines), self.door.with_end), "no_end", "ended")
            return Column((_NOTHING,), np.zeros(len(self.lines), dtype=np.int64))
        read = {text: _yes_or_no(text) for text in texts.texts}
        self.note(
            texts.where(lambda text: not read[text] or (text == "" and self.door.with_end)),
            "no_end", "ended",
        )  # fmt: skip
        return Column(tuple(read[text] for text in texts.texts), texts.at)

    def _twice(self, unit: Column, moment: Days) -> None:
        # Not by the texts as they came: spaces around them are gone.
        whose = pd.factorize(np.array(unit.texts, dtype=object))[0][unit.at]
        again = pd.DataFrame({"unit": whose, "moment": moment.astype(np.int64)}).duplicated()
        self.note(again.to_numpy(), "twice", "unit")
        texts = self.columns["group"]
        group = pd.factorize(np.array(texts.texts, dtype=object))[0][texts.at]
        first = np.empty(len(unit.texts), dtype=np.int64)
        # Written from the end, so that what was first stays.
        first[whose[::-1]] = group[::-1]
        self.note(group != first[whose], "two_groups", "unit")


def _as_service_number(text: str) -> bool:
    bare = text.replace(" ", "").replace(".", "")
    return len(bare) == 9 and bare.isdecimal()


def _yes_or_no(text: str) -> str:
    """As COPY reads it; empty for anything else than yes, no and nothing."""
    if not text:
        return _NOTHING
    plain = text.casefold()
    return "t" if plain in _YES else "f" if plain in _NO else ""


def _as_days(days: Days) -> Column:
    at, found = pd.factorize(days.astype(np.int64))
    return Column(tuple(map(str, found.astype("datetime64[D]").tolist())), at.astype(np.int64))


def _as_numbers(numbers: Floats) -> Column:
    at, found = pd.factorize(numbers, use_na_sentinel=False)
    texts = [_NOTHING if math.isnan(number) else repr(number) for number in found.tolist()]
    return Column(tuple(texts), at.astype(np.int64))
