"""Reads the cells of one line; what is wrong with a cell becomes a finding at that cell."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.figures.text_files import NO_TEXT

from .rules import LONGEST_TEXT

_C = TypeVar("_C", bound=TextChoices)


class Cells:
    """The cells of one line. A method returns a harmless value where it reports a finding."""

    def __init__(self, cells: Mapping[str, str], line: int, findings: Findings) -> None:
        self._cells = cells
        self._findings = findings
        self.line = line

    def report(self, code: str, column: str, /, **params: object) -> None:
        self._findings.add(code, f"line {self.line}, {column}", **params)

    def text(self, column: str, *, required: bool = False) -> str:
        text = self._cells[column].strip()
        if required and not text:
            self.report("empty_cell", column)
        if len(text) > LONGEST_TEXT:
            self.report("text_too_long", column, limit=LONGEST_TEXT)
        if NO_TEXT.search(text):
            self.report("unreadable_character", column)
        return text

    def choice(self, column: str, known: type[_C], otherwise: _C) -> _C:
        text = self.text(column, required=True)
        if text in known.values:
            return known(text)
        if text:
            self.report("unknown_value", column, found=text, known=", ".join(known.values))
        return otherwise
