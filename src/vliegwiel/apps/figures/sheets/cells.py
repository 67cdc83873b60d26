"""Reads the cells of one line; what is wrong with a cell becomes a finding at that cell."""

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, TypeVar

from django.db.models import TextChoices

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.figures.text_files import NO_TEXT

_C = TypeVar("_C", bound=TextChoices)
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


class Cells:
    """The cells of one line. A method returns a harmless value where it reports a finding.

    `words` are Dutch words that a cell may hold in place of ours, in small letters.
    """

    words: ClassVar[Mapping[str, str]] = {}

    def __init__(self, cells: Mapping[str, str], line: int, findings: Findings) -> None:
        self._cells = cells
        self._findings = findings
        self.line = line

    def report(self, code: str, column: str, /, **params: object) -> None:
        self._findings.add(code, f"line {self.line}, {column}", **params)

    def filled(self, column: str) -> bool:
        return bool(self._cells[column])

    def text(self, column: str, longest: int, *, required: bool = False) -> str:
        text = self._cells[column]
        if required and not text:
            self.report("empty_cell", column)
        if len(text) > longest:
            self.report("text_too_long", column, limit=longest)
        if NO_TEXT.search(text):
            self.report("unreadable_character", column)
        return text

    def choice(self, column: str, known: type[_C], *, required: bool = True) -> _C | None:
        """One of our words, its label, or the Dutch word for it."""
        text = self._cells[column].casefold()
        if not text:
            if required:
                self.report("empty_cell", column)
            return None
        by_label = {str(item.label).casefold(): item for item in known}
        word = self.words.get(text, text)
        if word in known.values:
            return known(word)
        if text in by_label:
            return by_label[text]
        self.report(
            "unknown_value", column, found=self._cells[column],
            known=", ".join(value for value in known.values if value),
        )  # fmt: skip
        return None

    def yes_or_no(self, column: str) -> bool:
        text = self._cells[column].casefold()
        word = self.words.get(text, text)
        if not word:
            self.report("empty_cell", column)
        elif word not in {"yes", "no"}:
            self.report("unknown_value", column, found=self._cells[column], known="yes, no")
        return word == "yes"

    def whole(self, column: str, low: int, high: int, *, required: bool = False) -> int | None:
        text = self._cells[column]
        if not text:
            if required:
                self.report("empty_cell", column)
            return None
        if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
            return int(text)
        self.report("not_a_whole_number", column, found=text, low=low, high=high)
        return None

    def day(self, column: str) -> date | None:
        text = self._cells[column]
        if not text:
            return None
        try:
            if match := _DUTCH_DAY.fullmatch(text):
                return date(int(match[3]), int(match[2]), int(match[1]))
            return date.fromisoformat(text)
        except ValueError:
            self.report("not_a_day", column, found=text)
            return None
