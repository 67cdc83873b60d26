"""What is wrong with a file, and where: the same shape for every importer of this app.

A rule is a line in a table (code, severity, what is said, what to do about it). A finding is a rule
at a place. An importer collects all findings of a file before it refuses the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext

from . import file_places


class Severity(StrEnum):
    """An error refuses the file; a warning is kept with what the file brought."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """`message` and `suggestion` are English message ids with named `%(…)s` parameters.

    `words` names the parameters that are words of ours ("a list"), to be translated as well. A
    parameter called `field` is a key of the file and is shown as what it holds. The others come
    from the file and are shown as they stand.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str
    words: tuple[str, ...] = ()

    @classmethod
    def error(cls, code: str, message: str, suggestion: str, words: tuple[str, ...] = ()) -> Self:
        return cls(code, Severity.ERROR, message, suggestion, words)

    @classmethod
    def warning(cls, code: str, message: str, suggestion: str) -> Self:
        return cls(code, Severity.WARNING, message, suggestion)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule at a place: `path` is like `rows[12].i` or `line 4, value`; empty for a whole file.

    `about` names what stands at the place, so that a person finds it: the provider of the row.
    """

    file: str
    path: str
    rule: Rule
    params: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def place(self) -> str:
        """Where it is, in the reader's language: "row 13 (Accare), funding"."""
        return file_places.in_words(self.path, self.about)

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return gettext(self.rule.message) % self._shown()

    @property
    def suggestion(self) -> str:
        """What to do about it, in the reader's language."""
        return gettext(self.rule.suggestion) % self._shown()

    def _shown(self) -> Mapping[str, str]:
        return {name: self._word(name, value) for name, value in self.params.items()}

    def _word(self, name: str, value: str) -> str:
        if name == "field":
            return file_places.field_label(value)
        return gettext(value) if name in self.rule.words else value


class Findings:
    """Collects the findings of one file."""

    def __init__(self, file: str, rules: Mapping[str, Rule]) -> None:
        self._file = file
        self._rules = rules
        self._found: list[Finding] = []

    def add(self, code: str, path: str = "", about: str = "", /, **params: object) -> None:
        shown = {name: _short(str(value)) for name, value in params.items()}
        found = Finding(self._file, path, self._rules[code], shown, _short(about))
        self._found.append(found)

    def found(self) -> tuple[Finding, ...]:
        return tuple(self._found)

    def has_errors(self) -> bool:
        return bool(errors(self._found))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(item for item in findings if item.severity is Severity.ERROR)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(item for item in findings if item.severity is Severity.WARNING)


def table(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """The rules by code. Raises ValueError when a code stands in it twice."""
    by_code: dict[str, Rule] = {}
    for rule in rules:
        if rule.code in by_code:
            raise ValueError(f"rule {rule.code} stands in the table twice")
        by_code[rule.code] = rule
    return by_code


def _short(text: str, limit: int = 80) -> str:
    # A finding is read on a screen: a value of a megabyte must not be repeated whole.
    return text if len(text) <= limit else text[: limit - 1] + "…"
