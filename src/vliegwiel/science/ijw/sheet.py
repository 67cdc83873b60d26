"""What is noted while one message is read: findings with their place, never with content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from .pseudonyms import Pseudonyms
from .records import Finding
from .rules import RULES

#: An element of lxml, which has no types of its own.
Element: TypeAlias = Any
#: What was read of an element: names of children to values, or to values of theirs.
Values: TypeAlias = dict[str, Any]

#: Key under which the values of a record hold the element they came from.
PLACE = "@"
#: Key that is there when something in the values could not be read.
BROKEN = "!"

#: Findings of one rule that are kept with their place; all are counted.
KEPT_PER_RULE = 1000


class Careful(Exception):
    """A message is not in the plainest form, or there is something to be said of it."""


@dataclass(slots=True)
class Ledger:
    """Findings of a whole delivery. Of each rule the first are kept, and all are counted."""

    kept_per_rule: int = KEPT_PER_RULE
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    files: int = 0

    def wants_place(self, rule: str) -> bool:
        """Whether a next finding of the rule is kept with its place; finding places costs time."""
        return self.counts[rule] < self.kept_per_rule

    def add(self, rule: str, file: str, path: str = "", /, **params: object) -> None:
        """Count a finding, and keep it if it is among the first of its rule."""
        if self.wants_place(rule):
            written = {name: str(value) for name, value in params.items()}
            severity = RULES[rule].severity
            self.findings.append(
                Finding(rule=rule, severity=severity, file=file, path=path, params=written)
            )
        self.counts[rule] += 1


@dataclass(slots=True)
class Sheet:
    """One message while it is read: from whom to whom, on which day, and what was found.

    Without a root nothing can be noted, as there is no place to name: noting raises
    :class:`Careful`, and the message is read again with one.
    """

    kind: str
    root: Element | None
    file: str
    today: date
    pseudonyms: Pseudonyms
    ledger: Ledger
    region: frozenset[str] = frozenset()
    municipality: str = ""
    provider: str = ""
    dated: date = date.min
    refused: bool = False
    set_aside: int = 0

    def find(self, rule: str, element: Element, /, **params: object) -> None:
        """Note what a rule found at an element. Parameters are checked values, never raw text."""
        if self.root is None:
            raise Careful
        path = place_of(element) if self.ledger.wants_place(rule) else ""
        self.ledger.add(rule, self.file, path, **params)

    def refuse(self, rule: str, element: Element, /, **params: object) -> None:
        """Note it, and that the message is refused for it."""
        self.refused = True
        self.find(rule, element, **params)

    def refuse_line(self, rule: str, line: int) -> None:
        """Refuse the message for an element that may have any name, which is not repeated."""
        self.refused = True
        self.ledger.add(rule, self.file, f"Bericht, line {line}")

    def aside(self, rule: str, values: Values, /, **params: object) -> None:
        """Note it at a record, and that the record is set aside for it."""
        self.set_aside += 1
        self.find(rule, values[PLACE], **params)

    def warn(self, rule: str, values: Values, /, **params: object) -> None:
        """Note it at a record that is kept."""
        self.find(rule, values.get(PLACE, self.root), **params)


def place_of(element: Element) -> str:
    """Where an element stands: names, a number among equals, and the line. No content.

    The names are those of the standard: an element that has another is told by its parent.
    """
    steps: list[str] = []
    at = element
    while at is not None:
        name = at.tag.rpartition("}")[2]
        before = sum(1 for _ in at.itersiblings(at.tag, preceding=True))
        follows = before or next(at.itersiblings(at.tag), None) is not None
        steps.append(f"{name}[{before + 1}]" if follows else name)
        if name == "Bericht":
            break
        at = at.getparent()
    return f"{'/'.join(reversed(steps))}, line {element.sourceline}"
