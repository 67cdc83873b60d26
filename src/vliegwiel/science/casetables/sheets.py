"""From the bytes of a CSV or Excel file to headings and rows of texts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

#: More than this is no month, nor a year, of a region.
MOST_ROWS = 1_000_000
_EXCEL = b"PK\x03\x04"
#: Bytes to which a workbook may unfold.
_LARGEST_UNFOLDED = 1_000_000_000
_ENDINGS = (".csv", ".xlsx")


class TableError(Exception):
    """A file that is no table; ``rule`` is one of the rules of this room."""

    def __init__(self, rule: str, **params: str) -> None:
        super().__init__(rule)
        self.rule, self.params = rule, params


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A table: its headings, and of each row the line in the file and a text for each heading."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]


def is_table(name: str) -> bool:
    """Whether a file is a table by its name."""
    return name.lower().endswith(_ENDINGS)


def read_table(content: bytes) -> CaseTable:
    """The table in a file; of a workbook that is the first sheet.

    Raises:
        TableError: when there is no table, or one without rows.
    """
    cells = _workbook(content) if content.startswith(_EXCEL) else _text_file(content)
    numbered = [(line, row) for line, row in cells if any(row)]
    if not numbered:
        raise TableError("table_unreadable")
    headings = list(numbered[0][1])
    while headings and not headings[-1]:
        headings.pop()
    if len({heading.casefold() for heading in headings}) < len(headings):
        raise TableError("table_heading_twice")
    rows = numbered[1:]
    if not rows:
        raise TableError("table_empty")
    if len(rows) > MOST_ROWS:
        raise TableError("table_too_long", most=str(MOST_ROWS))
    width = len(headings)
    filled = [(line, (*row[:width], *[""] * (width - len(row)))) for line, row in rows]
    return CaseTable(tuple(headings), filled)


def _text_file(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Dutch spreadsheets write when nobody chose.
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise TableError("table_unreadable")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    if delimiter not in first or first.startswith("<"):
        raise TableError("table_unreadable")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        raise TableError("table_unreadable") from None


def _workbook(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNFOLDED:
                raise TableError("table_too_long", most=str(MOST_ROWS))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, ValueError, IndexError):
        raise TableError("table_unreadable") from None
    return [(line, [_cell(cell) for cell in row]) for line, row in enumerate(rows, start=1)]


def _cell(cell: Any) -> str:
    """A cell as it would stand in a CSV file; a date in the form of the standard."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
