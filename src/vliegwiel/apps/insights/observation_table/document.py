"""From pasted lines or a file to observations: pure, and everything that is wrong at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from vliegwiel.apps.figures import sheets
from vliegwiel.apps.figures.findings import Finding, Findings
from vliegwiel.apps.figures.text_files import NO_TEXT
from vliegwiel.apps.insights.vocabulary import LONGEST_OBSERVATION, ObservationKind, SourceRole

from .columns import COLUMNS, DUTCH_WORDS
from .rules import PERSON_IN_TEXT, RULES

#: Gives the words for the traces of a person in a text; empty where there are none.
Suspects = Callable[[str], str]

_BULLETS = "-*•·– \t"


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation of a table, at its line."""

    line: int
    text: str
    kind: str
    heard_on: date | None
    role: str


class Cells(sheets.Cells):
    words: ClassVar[Mapping[str, str]] = DUTCH_WORDS


def read_lines(
    text: str, *, kind: str, heard_on: date | None, role: str, suspects: Suspects
) -> tuple[Sequence[ObservationRow] | None, Sequence[Finding]]:
    """An observation for each line with text, all of one kind and day; None when one is wrong.

    Marks of a list at the begin of a line are left out.
    """
    findings = Findings("", RULES)
    rows = [
        ObservationRow(number, line.strip(_BULLETS), kind, heard_on, role)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip(_BULLETS)
    ]
    if not rows:
        findings.add("no_lines")
    for row in rows:
        if len(row.text) > LONGEST_OBSERVATION:
            findings.add("text_too_long", f"line {row.line}", limit=LONGEST_OBSERVATION)
        if NO_TEXT.search(row.text):
            findings.add("unreadable_character", f"line {row.line}")
    return _checked(rows, findings, suspects)


def read_observations(
    content: bytes, *, name: str, today: date, suspects: Suspects
) -> tuple[Sequence[ObservationRow] | None, Sequence[Finding]]:
    """The observations of a CSV or Excel file and all findings; None when one is an error."""
    findings = Findings(name, RULES)
    lines = sheets.lines_of(content, findings, COLUMNS)
    if lines is None:
        return None, findings.found()
    rows = [_row(Cells(cells, line, findings), today) for line, cells in lines]
    return _checked(rows, findings, suspects)


def _row(cells: Cells, today: date) -> ObservationRow:
    heard_on = cells.day("day")
    if heard_on is not None and heard_on > today:
        cells.report("day_ahead", "day", found=heard_on.isoformat())
    return ObservationRow(
        line=cells.line,
        text=cells.text("text", LONGEST_OBSERVATION, required=True),
        kind=cells.choice("kind", ObservationKind) or ObservationKind.INTERVIEW,
        heard_on=heard_on,
        role=cells.choice("role", SourceRole, required=False) or "",
    )


def _checked(
    rows: Sequence[ObservationRow], findings: Findings, suspects: Suspects
) -> tuple[Sequence[ObservationRow] | None, Sequence[Finding]]:
    first: dict[str, int] = {}
    for row in rows:
        if not row.text:
            continue
        if row.text in first:
            findings.add("observation_twice", f"line {row.line}", first=first[row.text])
        first.setdefault(row.text, row.line)
        if found := suspects(row.text):
            findings.add(PERSON_IN_TEXT, f"line {row.line}", found=found)
    return (None if findings.has_errors() else rows), findings.found()
