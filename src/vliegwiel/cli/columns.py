"""Columns of numbers from a small table that somebody names: CSV in UTF-8."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from .answers import content_of, refuse


def columns_of(
    file: Path, *, needed: Sequence[str], further: Sequence[str] = ()
) -> tuple[list[str], Mapping[str, list[float]]]:
    """The texts of the first column, and numbers by heading of the others; a row each.

    Ends the command with a line for each thing that is wrong: its place, what, and what to do.
    """
    rows = _rows(content_of(file))
    if not rows:
        refuse(_("The table is empty. Give it a line of headings and a line for each number."))
    head = [text.strip().casefold() for text in rows[0]]
    lacking = [name for name in needed if name not in head]
    if lacking:
        refuse(
            *(
                _("line 1: there is no column %(name)s. Add it, or rename one.") % {"name": name}
                for name in lacking
            )
        )
    faults: list[str] = []
    found: dict[str, list[float]] = {}
    for name in (*needed, *(one for one in further if one in head)):
        found[name] = [
            _number(row, head.index(name), name, line, faults)
            for line, row in enumerate(rows[1:], start=2)
            if any(row)
        ]
    if faults:
        refuse(*faults)
    return [row[0].strip() for row in rows[1:] if any(row)], found


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(_("The table is not a text in UTF-8. Save it as CSV (UTF-8)."))
    head = text.split("\n", 1)[0]
    return list(csv.reader(io.StringIO(text), delimiter=max(";\t,", key=head.count)))


def _number(row: Sequence[str], place: int, name: str, line: int, faults: list[str]) -> float:
    text = row[place].strip() if place < len(row) else ""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        words = {"line": line, "name": name, "text": text or _("empty")}
        faults.append(
            _("line %(line)s: %(name)s is %(text)s. Write a number, such as 0.5.") % words
        )
    return value
