"""Tables as files: one form for programs, and one that a Dutch spreadsheet opens by itself."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

Words = str | Promise
Value = str | int | float | date | None

#: By this a spreadsheet sees the encoding of a file.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column: its name for programs, which never changes, and its heading for people.

    A column without a heading stands in the file for programs alone, such as an identifier.
    """

    name: str
    heading: Words | None = None


class _Line:
    """What a CSV writer writes to: gives the line back."""

    def write(self, line: str) -> str:
        return line


def line_writer(*, people: bool = False) -> Callable[[Iterable[Any]], str]:
    """What makes a line of values: with semicolons for people, else with commas."""
    write: Callable[[Iterable[Any]], str]
    write = csv.writer(_Line(), delimiter=";" if people else ",").writerow
    return write


def for_programs(columns: Sequence[FileColumn], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Lines with commas, full stops and the names of the columns."""
    write = line_writer()
    yield write([column.name for column in columns])
    for row in rows:
        yield write([program_cell(value) for value in row])


def for_people(columns: Sequence[FileColumn], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Lines with semicolons and decimal commas, and headings in the active language."""
    write = line_writer(people=True)
    told = [place for place, column in enumerate(columns) if column.heading is not None]
    yield BYTE_ORDER_MARK
    yield write([columns[place].heading for place in told])
    for row in rows:
        yield write([people_cell(row[place]) for place in told])


def program_cell(value: Value) -> str:
    """A value as programs read it; a text is never a formula there either."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return plain_text(value) if isinstance(value, str) else f"{value:.10g}"


def people_cell(value: Value) -> str:
    """A value as a Dutch spreadsheet reads it; a text is never a formula."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return program_cell(value).replace(".", ",")


def plain_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whoever thought it up."""
    return f"'{text}" if text.startswith(_FORMULA) else text
