"""Care that was declared (JW323) and not refused or taken back: proof of delivery, and its cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from vliegwiel.science.ijw import DeclaredLine, Finding, RefusedLine

from .assignments import Assignment, AssignmentKey
from .rules import finding

_PerformanceKey: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was declared on an assignment, less what was refused.

    ``cents`` is debit less credit. ``months`` are the first days of the months with a line that was
    not taken back: care was given in them, on which day is not told.
    """

    cents: int
    months: tuple[date, ...]


def declared_of(
    lines: Iterable[DeclaredLine],
    refused: Iterable[RefusedLine],
    assignments: Mapping[AssignmentKey, Assignment],
) -> tuple[Mapping[AssignmentKey, Declared], list[Finding]]:
    """What was declared on each assignment that is here.

    A line is known by provider and number of performance. Lines about another youth than that of
    the assignment are set aside.
    """
    findings: list[Finding] = []
    refusals = {(item.message.provider, item.performance) for item in refused}
    counted = _counted(lines, refusals, findings)
    taken_back = {
        (line.message.provider, line.previous)
        for line in counted.values()
        if line.credit and line.previous is not None
    }
    known_lines = set(counted) | refusals
    cents: dict[AssignmentKey, int] = defaultdict(int)
    months: dict[AssignmentKey, set[date]] = defaultdict(set)
    for performance, line in counted.items():
        if line.credit and (line.message.provider, line.previous) not in known_lines:
            findings.append(finding("credit_without_debit", line.message))
        key = (line.message.municipality, line.assignment)
        if not _fits(line, assignments.get(key), findings):
            continue
        cents[key] += -line.cents if line.credit else line.cents
        if not line.credit and performance not in taken_back:
            months[key].add(line.begin.replace(day=1))
    found = {
        key: Declared(cents=cents[key], months=tuple(sorted(months.get(key, ())))) for key in cents
    }
    return found, findings


def _counted(
    lines: Iterable[DeclaredLine],
    refusals: set[_PerformanceKey],
    findings: list[Finding],
) -> dict[_PerformanceKey, DeclaredLine]:
    found: dict[_PerformanceKey, DeclaredLine] = {}
    for line in sorted(lines, key=_order):
        key = (line.message.provider, line.performance)
        if key in found:
            findings.append(finding("line_twice", line.message))
        elif key not in refusals:
            found[key] = line
    return found


def _order(line: DeclaredLine) -> tuple[date, str, str, str, str, date, int, bool]:
    message = line.message
    where = (message.dated, message.provider, message.identification, line.performance)
    return (*where, line.youth, line.begin, line.cents, line.credit)


def _fits(line: DeclaredLine, assignment: Assignment | None, findings: list[Finding]) -> bool:
    if assignment is None:
        findings.append(finding("line_on_unknown", line.message))
        return False
    if assignment.youth != line.youth:
        findings.append(finding("line_of_another", line.message))
        return False
    if assignment.removed:
        findings.append(finding("line_on_removed", line.message))
        return False
    if assignment.in_force.category not in {None, line.category}:
        findings.append(finding("line_other_category", line.message))
    return True
