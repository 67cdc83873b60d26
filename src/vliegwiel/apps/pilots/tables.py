"""Measurements as columns: read, checked all at once with their lines, and written for COPY.

No models here: what is checked against stands in a `Door`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

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
_YES, _NO = frozenset({"1", "ja", "yes", "true"}), frozenset({"0", "nee", "no", "false"})
_OLDEST = pd.Timestamp("2000-01-01")
#: Rows that are named of one kind of fault; the others are counted.
MOST_NAMED = 20
_LINES_AT_ONCE = 200_000

#: Code -> sentence: what is wrong, and what to do.
ROW_FAULTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "unreadable": _("this is not a table of columns. Save it as CSV in UTF-8."),
        "empty": _("there are no rows."),
        "lacks_column": _("there is no column %(column)s."),
        "unknown_column": _("the column %(column)s is not known. Leave it out, or rename it."),
        "no_group": _("the group is empty."),
        "unknown_group": _("%(value)s is no group of this pilot."),
        "no_unit": _("the unit is empty. Give each youth or place a number of its own."),
        "long_unit": _("the name of the unit is too long."),
        "personal_unit": _(
            "the unit looks like a citizen service number. Give each youth another number."
        ),
        "no_day": _("%(value)s is not a day. Write 2026-11-23."),
        "future": _("%(value)s has not come yet."),
        "before_registration": _(
            "%(value)s lies before the start, and this design does not use that."
        ),
        "no_value": _("%(value)s is not a number."),
        "too_low": _("%(value)s is lower than this indicator can be."),
        "too_high": _("%(value)s is higher than this indicator can be."),
        "not_whole": _("%(value)s is not a whole number."),
        "not_yes_or_no": _("of one youth this is 1 (yes) or 0 (no), not %(value)s."),
        "no_size": _("%(value)s is not a number above 0."),
        "no_end": _("say whether the end of the waiting was seen: 1 (yes) or 0 (no)."),
        "twice": _("%(value)s stands there twice for the same moment. Keep one row."),
        "two_groups": _("%(value)s belongs to another group already."),
        "other_value": _(
            "%(value)s has another value already. If this one is right, deliver it as a correction."
        ),
        "and_more": _("the same holds for %(count)s more rows."),
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
    """Texts as they came in, a column each; the first row is line 2."""

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
    return Fault(
        place, code, str(ROW_FAULTS[code]), {name: str(value) for name, value in params.items()}
    )


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
        )
    except (UnicodeDecodeError, ValueError) as error:
        # Errors of the parser are ValueErrors too.
        raise MeasurementsRefused([fault("", "unreadable")]) from error
    names = [str(name).strip().casefold() for name in frame.columns]
    frame.columns = pd.Index([_USUAL.get(name, name) for name in names])
    return Rows(frame)


def checked(rows: Rows, door: Door) -> Checked:
    """What may be kept of rows. Raises MeasurementsRefused with everything that is wrong."""
    frame = rows.frame
    named = list(frame.columns)
    faults = [fault("line 1", "lacks_column", column=one) for one in _NEEDED if one not in named]
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
        self.frame, self.door = frame.apply(lambda column: column.str.strip()), door
        self.faults: list[Fault] = []

    def read(self) -> pd.DataFrame:
        group, unit, day = self._group(), self._unit(), self._day()
        size, value = self._size(), self._value()
        months = day.to_numpy().astype("datetime64[M]").astype("datetime64[D]")
        moment = months if self.door.by_month else np.full(len(day), self.door.starts_on, "M8[D]")
        self._twice(unit, moment)
        baseline = self._number("baseline", "no_value", may_be_empty=True)
        return pd.DataFrame(
            {
                "line": np.arange(len(day)) + 2,
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
            value = told[row] if told is not None else ""
            self.faults.append(fault(f"line {row + 2}", code, value=value))
        if len(rows) > MOST_NAMED:
            line = f"line {rows[MOST_NAMED] + 2}"
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
        self.note(texts.str.fullmatch(r"\d{9}").to_numpy(dtype=bool), "personal_unit", "unit")
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
