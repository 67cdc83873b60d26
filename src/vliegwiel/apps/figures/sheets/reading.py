"""From the bytes of a CSV or Excel file to its lines, as texts by column."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.figures.text_files import (
    CSV_FILE,
    JSON_FILE,
    LARGEST_FILE,
    decode,
    looks_like_json,
)

Line = tuple[int, dict[str, str]]

MOST_ROWS = 5_000
_EXCEL = b"PK\x03\x04"
# A small file can hold a large one: what it unfolds to is looked at before it is unfolded.
_LARGEST_UNFOLDED = 20 * LARGEST_FILE


class SheetColumn(Protocol):
    """A column: `name` is for programs, a file may have the Dutch `heading` instead."""

    @property
    def name(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def required(self) -> bool: ...


def lines_of(
    content: bytes, findings: Findings, columns: Mapping[str, SheetColumn]
) -> Sequence[Line] | None:
    """The cells of each line by column, numbered as a spreadsheet does; None with findings.

    `columns` are those of the table by name. `findings` knows SHEET_RULES, the rules of text files
    (FILE_RULES and CELL_RULES), and `no_rows`.
    """
    excel = content.startswith(_EXCEL)
    table = _excel(content, findings) if excel else _csv(content, findings)
    if table is None:
        return None
    numbered = [(number, cells) for number, cells in table if any(cells)]
    if not numbered:
        findings.add("empty_file")
        return None
    (_number, heading), *rows = numbered
    names = _names(heading, findings, columns)
    if names is None:
        return None
    if len(rows) > MOST_ROWS:
        findings.add("too_many_rows", limit=MOST_ROWS)
        return None
    if not rows:
        findings.add("no_rows")
        return None
    return [line for row in rows if (line := _line(*row, names, findings, columns)) is not None]


def _csv(content: bytes, findings: Findings) -> Sequence[tuple[int, list[str]]] | None:
    text = decode(content, findings, wanted=CSV_FILE)
    if text is None:
        return None
    if looks_like_json(text):
        findings.add("other_kind", kind=JSON_FILE, wanted=CSV_FILE)
        return None
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, [_as_meant(cell) for cell in cells]) for cells in reader]
    except csv.Error:
        findings.add("not_a_table", line=reader.line_num)
        return None


def _as_meant(cell: str) -> str:
    """Without the apostrophe by which our own files keep a text from being a formula."""
    text = cell.strip()
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def _excel(content: bytes, findings: Findings) -> Sequence[tuple[int, list[str]]] | None:
    """The first sheet of a workbook."""
    if len(content) > LARGEST_FILE:
        findings.add("too_large", limit=LARGEST_FILE // 1_000_000)
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unfolded = sum(entry.file_size for entry in archive.infolist())
        if unfolded > _LARGEST_UNFOLDED:
            findings.add("too_large", limit=LARGEST_FILE // 1_000_000)
            return None
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return list(_texts(book.get_sheet_by_index(0).to_python(skip_empty_area=False)))
    except (CalamineError, zipfile.BadZipFile, ValueError, IndexError):
        findings.add("not_excel")
        return None


def _texts(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A cell of a workbook as it would stand in a CSV file."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _names(
    heading: Sequence[str], findings: Findings, columns: Mapping[str, SheetColumn]
) -> Sequence[str] | None:
    """The columns of the heading; empty ones at the end of a sheet are left out."""
    told = list(heading)
    while told and not told[-1]:
        told.pop()
    called = {name: key for key, column in columns.items() for name in (key, column.heading)}
    names = [called.get("_".join(text.casefold().split()), "") for text in told]
    for text, name in zip(told, names, strict=True):
        if not name:
            findings.add("column_unknown", "line 1", column=text)
        elif names.count(name) > 1:
            findings.add("column_twice", "line 1", column=text)
    for name, column in columns.items():
        if column.required and name not in names:
            findings.add("column_missing", "line 1", column=f"{name} / {column.heading}")
    return None if findings.has_errors() else names


def _line(
    number: int,
    cells: Sequence[str],
    names: Sequence[str],
    findings: Findings,
    columns: Mapping[str, SheetColumn],
) -> Line | None:
    if len(cells) < len(names) or any(cells[len(names) :]):
        findings.add(
            "wrong_number_of_cells", f"line {number}", found=len(cells), expected=len(names)
        )
        return None
    given = dict(zip(names, cells, strict=False))
    return number, {name: given.get(name, "") for name in columns}
