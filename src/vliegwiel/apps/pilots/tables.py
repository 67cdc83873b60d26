"""Tables of measurements as they come in: read to columns of texts, and what is wrong with them.

No models here: what they are checked against in `columns` stands in a `Door`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vliegwiel.science.casetables import TableError, read_table
from vliegwiel.science.kernel import Fault

from .errors import MeasurementsRefused

NEEDED = ("group", "unit", "day", "value")
FURTHER = ("size", "baseline", "ended")
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
#: Characters that no database, or no file, keeps.
UNKEEPABLE = r"[\x00-\x1f\x7f\ud800-\udfff]"
#: Rows that are named of one kind of fault; the others are counted.
MOST_NAMED = 20

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


def fault(place: str, code: str, **params: object) -> Fault:
    """A fault at a line, in the reader's language."""
    told = {name: re.sub(UNKEEPABLE, "\ufffd", str(value)) for name, value in params.items()}
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
            dtype=object,
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
    filled = (frame != "").any(axis=1)
    return Rows(frame if filled.all() else frame[filled])
