"""Measurements as columns: read, checked all at once with their lines, and written for COPY.

No models here: what is checked against stands in a `Door`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from vliegwiel.science.casetables import TableError, read_table
from vliegwiel.science.kernel import Fault

from .errors import MeasurementsRefused
from .vocabulary import LONGEST_UNIT

Flags = NDArray[np.bool_]

_NEEDED = ("group", "unit", "day", "value")
_FURTHER = ("size", "baseline", "ended")
#: Other headings that tables have; Dutch ones first.
_USUAL = {
    "groep": "group",
    "eenheid": "unit",
    "jongere": "unit",
    "dag": "day",
    "datum": "day",
    "waarde": "value",
    "uitkomst": "value",
    "aantal": "size",
    "meting_voor": "baseline",
    "einde_gezien": "ended",
}
_HEADINGS = {
    "group": "groep",
    "unit": "eenheid",
    "day": "dag",
    "value": "waarde",
    "size": "aantal",
    "baseline": "meting_voor",
    "ended": "einde_gezien",
}
_YES, _NO = frozenset({"1", "ja", "yes", "true"}), frozenset({"0", "nee", "no", "false"})
#: What looks like a citizen service number is not said again, wherever it stood.
_NINE_DIGITS = re.compile(r"\d{9}")
#: Characters that no database, or no file, keeps.
_UNKEEPABLE = r"[\x00-\x1f\x7f\ud800-\udfff]"
_OLDEST = pd.Timestamp("2000-01-01")
#: Squares of larger numbers, added up, are no longer told apart.
_LARGEST = 1e12
#: Rows that are named of one kind of fault; the others are counted.
MOST_NAMED = 20
_LINES_AT_ONCE = 200_000

#: Code -> sentence: what is wrong, and what to do.
ROW_FAULTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "unreadable": _("this is not a table of columns. Save it as CSV in UTF-8."),
        "empty": _("there are no rows. Put a row below the headings for each measurement."),
        "heading_twice": _("two columns have the same heading. Keep one of them."),
        "too_long": _("there are more rows than one delivery can hold. Deliver them in parts."),
        "lacks_column": _("there is no column %(column)s. Add it, or rename a column."),
        "unknown_column": _("the column %(column)s is not known. Leave it out, or rename it."),
        "no_group": _("the group is empty. Write the name in files of a group of the plan."),
        "unknown_group": _(
            "%(value)s is no group of this pilot. Use a name in files that stands in the plan."
        ),
        "no_unit": _("the unit is empty. Give each youth or place a number of its own."),
        "long_unit": _("the name of the unit is too long. Use at most 40 characters."),
        "strange_unit": _(
            "the name of the unit has characters that cannot be kept. Use letters and digits."
        ),
        "personal_unit": _(
            "the unit looks like a citizen service number. Give each youth another number."
        ),
        "no_day": _("%(value)s is not a day. Write 2026-11-23."),
        "future": _("%(value)s has not come yet. Deliver it when it was measured."),
        "before_registration": _(
            "%(value)s lies before the start, and this design does not use that. Leave the row out."
        ),
        "no_value": _("%(value)s is not a number. Write digits, such as 7 or 7,5."),
        "too_low": _(
            "%(value)s is lower than this indicator can be. Look it up and type it again."
        ),
        "too_high": _(
            "%(value)s is higher than this indicator can be. Look it up and type it again."
        ),
        "too_large": _(
            "this number is too large to calculate with. Type at most a million million."
        ),
        "not_whole": _("%(value)s is not a whole number, and this counts. Write a whole number."),
        "not_yes_or_no": _("of one youth this is 1 (yes) or 0 (no), not %(value)s."),
        "no_baseline": _("%(value)s is not a number. Write digits, or leave it empty."),
        "no_size": _(
            "%(value)s is not a number above 0. Write of how many it is, or leave it empty."
        ),
        "no_end": _("say whether the end of the waiting was seen: 1 (yes) or 0 (no)."),
        "twice": _("%(value)s stands there twice for the same moment. Keep one row."),
        "two_groups": _(
            "%(value)s belongs to another group already. Give it its first group, or another name."
        ),
        "other_value": _(
            "%(value)s has another value already. If this one is right, deliver it as a correction."
        ),
        "no_care_data": _("there are no care data of this region yet."),
        "few_youths": _("%(value)s: fewer than ten youths, so this stays hidden."),
        "not_known_yet": _("%(value)s: half of them have not started yet, so it is not known."),
        "and_more": _("the same holds for %(count)s more rows."),
    }
)

#: Code -> the column in which something is wrong; of what is not named here, the whole row.
COLUMN_OF: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("no_group", "unknown_group", "two_groups"), "group"),
        **dict.fromkeys(("no_unit", "long_unit", "strange_unit", "personal_unit"), "unit"),
        **dict.fromkeys(("no_day", "future", "before_registration"), "day"),
        **dict.fromkeys(
            ("no_value", "too_low", "too_high", "not_whole", "not_yes_or_no", "other_value"),
            "value",
        ),
        "no_baseline": "baseline",
        "no_size": "size",
        "no_end": "ended",
    }
)
#: What is wrong with a sheet, by the words of the reader of sheets.
SHEET_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "table_unreadable": "unreadable",
        "table_heading_twice": "heading_twice",
        "table_empty": "empty",
        "table_too_long": "too_long",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What measurements of an outcome must hold to.

    Attributes:
        groups: name in files -> number of the group.
        whole: only whole numbers. yes_or_no: without a size only 0 and 1.
        by_month: a unit counts once a month, else once. with_end: a time needs its end.
    """

    groups: Mapping[str, int]
    lowest: float | None
    highest: float | None
    whole: bool
    yes_or_no: bool
    by_month: bool
    with_end: bool
    starts_on: date
    registered_on: date
    today: date


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts as they came in, a column each; a row with index 0 stood on line 2."""

    frame: pd.DataFrame

    @classmethod
    def of(cls, columns: Mapping[str, Sequence[str]]) -> Rows:
        return cls(pd.DataFrame(dict(columns), dtype=str))


@dataclass(frozen=True, slots=True)
class Checked:
    """Columns that may be kept, in the order of the table of arrivals."""

    frame: pd.DataFrame

    def __len__(self) -> int:
        return len(self.frame)

    def written(self) -> Iterator[bytes]:
        """The rows as CSV for COPY, in pieces."""
        for start in range(0, len(self.frame), _LINES_AT_ONCE):
            piece = self.frame.iloc[start : start + _LINES_AT_ONCE]
            yield piece.to_csv(header=False, index=False, date_format="%Y-%m-%d").encode()


def fault(place: str, code: str, **params: object) -> Fault:
    """A fault at a line, in the reader's language."""
    told = {name: re.sub(_UNKEEPABLE, "\ufffd", str(value)) for name, value in params.items()}
    return Fault(place, code, str(ROW_FAULTS[code]), told)


def heading(column: str) -> str:
    """A column as tables call it in the reader's language."""
    dutch = (get_language() or "nl").startswith("nl")
    return _HEADINGS.get(column, column) if dutch else column


def rejected(found: Sequence[tuple[int, str]], code: str) -> list[Fault]:
    """Faults of rows that the database found, by line and unit; many are counted."""
    faults = [fault(f"line {line}", code, value=unit) for line, unit in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        line = found[MOST_NAMED][0]
        faults.append(fault(f"line {line}", "and_more", count=len(found) - MOST_NAMED))
    return faults


def read_rows(content: bytes) -> Rows:
    """The columns of a CSV file: UTF-8, separated by commas, semicolons or tabs.

    Raises MeasurementsRefused for what is no table.
    """
    try:
        text = content.decode("utf-8-sig")
        head = text.split("\n", 1)[0]
        frame = pd.read_csv(
            io.StringIO(text),
            sep=max(";\t,", key=head.count),
            dtype=str,
            keep_default_na=False,
            index_col=False,
            skip_blank_lines=False,
        )
    except (UnicodeDecodeError, ValueError) as error:
        # Errors of the parser are ValueErrors too.
        raise MeasurementsRefused([fault("", "unreadable")]) from error
    return _named(frame)


def read_sheet(content: bytes) -> Rows:
    """The columns of the first sheet of an Excel file. Raises MeasurementsRefused without one."""
    try:
        found = read_table(content)
    except TableError as error:
        raise MeasurementsRefused([fault("", SHEET_FAULTS[error.rule])]) from error
    rows = [cells for _line, cells in found.rows]
    frame = pd.DataFrame(rows, columns=list(found.headings), dtype=str)
    frame.index = pd.Index([line - 2 for line, _cells in found.rows])
    return _named(frame)


def _named(frame: pd.DataFrame) -> Rows:
    """Columns by the names that are used here, without rows in which nothing stands.

    The index stays, so that a fault names the line of the file.
    """
    names = [str(name).strip().casefold() for name in frame.columns]
    frame.columns = pd.Index([_USUAL.get(name, name) for name in names])
    # A row that stops early lacks its last cells.
    frame = frame.fillna("")
    return Rows(frame[(frame != "").any(axis=1)])


def checked(rows: Rows, door: Door) -> Checked:
    """What may be kept of rows. Raises MeasurementsRefused with everything that is wrong."""
    frame = rows.frame
    named = list(frame.columns)
    lacks = [heading(one) for one in _NEEDED if one not in named]
    faults = [fault("line 1", "lacks_column", column=one) for one in lacks]
    strange = [one for one in named if one not in (*_NEEDED, *_FURTHER) or named.count(one) > 1]
    faults += [fault("line 1", "unknown_column", column=one) for one in dict.fromkeys(strange)]
    if not faults and frame.empty:
        faults.append(fault("", "empty"))
    if faults:
        raise MeasurementsRefused(faults)
    reader = _Reader(frame, door)
    found = reader.read()
    if reader.faults:
        raise MeasurementsRefused(reader.faults)
    return Checked(found)


class _Reader:
    """Reads column by column and notes every row that cannot be."""

    def __init__(self, frame: pd.DataFrame, door: Door) -> None:
        # Rows without anything were left out; the others keep the number of their line.
        self.lines = frame.index.to_numpy(dtype=np.int64) + 2
        texts = frame.reset_index(drop=True)
        self.frame, self.door = texts.apply(lambda column: column.str.strip()), door
        self.faults: list[Fault] = []

    def read(self) -> pd.DataFrame:
        group, unit, day = self._group(), self._unit(), self._day()
        size, value = self._size(), self._value()
        months = day.to_numpy().astype("datetime64[M]").astype("datetime64[D]")
        moment = months if self.door.by_month else np.full(len(day), self.door.starts_on, "M8[D]")
        self._twice(unit, moment)
        baseline = self._number("baseline", "no_baseline", may_be_empty=True)
        return pd.DataFrame(
            {
                "line": self.lines,
                "group": group,
                "unit": unit,
                "day": day.dt.strftime("%Y-%m-%d"),
                "moment": np.datetime_as_string(moment),
                "value": value,
                "size": size,
                "baseline": baseline,
                "ended": self._ended(),
            }
        )

    def note(self, bad: Flags, code: str, column: str) -> None:
        rows = np.flatnonzero(bad)
        told = self.frame[column].to_numpy() if column in self.frame else None
        for row in rows[:MOST_NAMED]:
            value = _NINE_DIGITS.sub("*********", told[row]) if told is not None else ""
            self.faults.append(fault(f"line {self.lines[row]}", code, value=value))
        if len(rows) > MOST_NAMED:
            line = f"line {self.lines[rows[MOST_NAMED]]}"
            self.faults.append(fault(line, "and_more", count=len(rows) - MOST_NAMED))

    def _group(self) -> pd.Series:
        texts = self.frame["group"]
        found = texts.map(dict(self.door.groups))
        empty = (texts == "").to_numpy()
        self.note(empty, "no_group", "group")
        self.note(found.isna().to_numpy() & ~empty, "unknown_group", "group")
        return found

    def _unit(self) -> pd.Series:
        texts = self.frame["unit"]
        self.note((texts == "").to_numpy(), "no_unit", "unit")
        self.note((texts.str.len() > LONGEST_UNIT).to_numpy(), "long_unit", "unit")
        bare = texts.str.replace(r"[ .]", "", regex=True)
        self.note(texts.str.contains(_UNKEEPABLE).to_numpy(dtype=bool), "strange_unit", "unit")
        self.note(bare.str.fullmatch(r"\d{9}").to_numpy(dtype=bool), "personal_unit", "unit")
        return texts

    def _day(self) -> pd.Series:
        texts = self.frame["day"]
        found = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
        bad = (found.isna() | (found < _OLDEST)).to_numpy()
        self.note(bad, "no_day", "day")
        self.note((found > pd.Timestamp(self.door.today)).to_numpy(), "future", "day")
        if not self.door.by_month:
            early = (found < pd.Timestamp(self.door.registered_on)).to_numpy()
            self.note(early & ~bad, "before_registration", "day")
        return found

    def _value(self) -> NDArray[np.float64]:
        found, door = self._number("value", "no_value"), self.door
        if door.lowest is not None:
            self.note(found < door.lowest, "too_low", "value")
        if door.highest is not None:
            self.note(found > door.highest, "too_high", "value")
        if door.whole:
            self.note(np.isfinite(found) & (found != np.round(found)), "not_whole", "value")
        if door.yes_or_no and "size" not in self.frame:
            inside = (found > 0) & (found < 1)
            self.note(inside, "not_yes_or_no", "value")
        return found

    def _size(self) -> NDArray[np.float64]:
        found = self._number("size", "no_size", may_be_empty=True)
        self.note(found <= 0, "no_size", "size")
        return found

    def _number(self, column: str, code: str, *, may_be_empty: bool = False) -> NDArray[np.float64]:
        if column not in self.frame:
            return np.full(len(self.frame), np.nan)
        texts = self.frame[column]
        found = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce")
        numbers: NDArray[np.float64] = found.to_numpy(dtype=np.float64, copy=True)
        bad = ~np.isfinite(numbers)
        if may_be_empty:
            bad &= (texts != "").to_numpy()
        self.note(bad, code, column)
        self.note(np.isfinite(numbers) & (np.abs(numbers) > _LARGEST), "too_large", column)
        return numbers

    def _ended(self) -> pd.Series | str:
        if "ended" not in self.frame:
            self.note(np.full(len(self.frame), self.door.with_end), "no_end", "ended")
            return ""
        texts = self.frame["ended"].str.casefold()
        yes, no = texts.isin(_YES), texts.isin(_NO)
        empty = (texts == "") & (not self.door.with_end)
        self.note(~(yes | no | empty).to_numpy(), "no_end", "ended")
        return texts.mask(yes, "t").mask(no, "f")

    def _twice(self, unit: pd.Series, moment: NDArray[np.datetime64]) -> None:
        again = pd.DataFrame({"unit": unit.to_numpy(), "moment": moment}).duplicated()
        self.note(again.to_numpy(), "twice", "unit")
        pairs = pd.DataFrame({"unit": unit.to_numpy(), "group": self.frame["group"].to_numpy()})
        first = pairs.groupby("unit")["group"].transform("first")
        self.note((pairs["group"] != first).to_numpy(), "two_groups", "unit")
