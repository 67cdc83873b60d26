"""Reads a table of initiatives: pure, from bytes to typed rows, and everything wrong at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vliegwiel.apps.figures import sheets
from vliegwiel.apps.figures.findings import Finding, Findings
from vliegwiel.apps.initiatives.facts import Facts
from vliegwiel.apps.initiatives.vocabulary import (
    LONGEST_SUMMARY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    DataMark,
    Weight,
)

from .columns import COLUMNS, DUTCH_WORDS, LISTS
from .rules import RULES

#: Per column what a cell may hold, in small letters, and the key that it stands for.
KnownWords = Mapping[str, Mapping[str, str]]
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One initiative of a table, at its line."""

    line: int
    facts: Facts
    mark: str


class Cells(sheets.Cells):
    words: ClassVar[Mapping[str, str]] = DUTCH_WORDS

    def several(self, column: str) -> Sequence[str]:
        """What stands in a cell with something between."""
        parts = (part.strip() for part in self._cells[column].split(_BETWEEN))
        return [part for part in parts if part]

    def keys(self, column: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """The keys of a catalogue for the words of a cell, sorted."""
        found = set()
        for word in self.several(column):
            key = known.get(word.casefold())
            if key is None:
                self.report("word_unknown", column, found=word)
            else:
                found.add(key)
        return tuple(sorted(found))

    def numbers(self, column: str, known: Mapping[str, str]) -> tuple[int, ...]:
        """The numbers of insights; only those that the region has."""
        found = set()
        for word in self.several(column):
            if word in known:
                found.add(int(word))
            else:
                self.report("insight_unknown", column, found=word)
        return tuple(sorted(found))


def read_initiatives(
    content: bytes, *, name: str, known: KnownWords, leads_to_a_person: Callable[[str], bool]
) -> tuple[Sequence[InitiativeRow] | None, Sequence[Finding]]:
    """The initiatives of a CSV or Excel file and all findings; None when one is an error.

    `known` has the words for each column of `LISTS`, and the numbers of insights as texts.
    """
    findings = Findings(name, RULES)
    lines = sheets.lines_of(content, findings, COLUMNS)
    if lines is None:
        return None, findings.found()
    rows = [_row(Cells(cells, line, findings), known, leads_to_a_person) for line, cells in lines]
    first: dict[str, int] = {}
    for row in rows:
        title = row.facts.title.casefold()
        if title and title in first:
            findings.add("initiative_twice", f"line {row.line}", first=first[title])
        first.setdefault(title, row.line)
    return (None if findings.has_errors() else rows), findings.found()


def _row(
    cells: Cells, known: KnownWords, leads_to_a_person: Callable[[str], bool]
) -> InitiativeRow:
    texts = {
        "title": " ".join(cells.text("title", LONGEST_TITLE, required=True).split()),
        "summary": cells.text("summary", LONGEST_SUMMARY, required=True),
        "programmes_note": cells.text("programmes_note", LONGEST_TEXT),
    }
    for column, text in texts.items():
        if leads_to_a_person(text):
            cells.report("leads_to_a_person", column)
    lists: dict[str, Any] = {column: cells.keys(column, known[column]) for column in LISTS}
    facts = Facts(
        title=texts["title"],
        summary=texts["summary"],
        programmes_note=texts["programmes_note"],
        **lists,
        weight=cells.choice("weight", Weight, required=False) or "",
        insights=cells.numbers("insights", known["insights"]),
    )
    return InitiativeRow(
        cells.line, facts, cells.choice("mark", DataMark, required=False) or DataMark.REAL
    )
