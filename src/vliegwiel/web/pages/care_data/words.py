"""Care data in words: kinds of rows, what a finding does, and tables of counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.intake.queries import FindingGroup
from vliegwiel.web import notation

#: Rows of tables, as services count them.
ROWS: Mapping[str, str | Promise] = {
    "assignments": _("assignments"),
    "starts": _("starts"),
    "stops": _("stops"),
    "requests": _("requests"),
    "changes": _("requests for a change"),
    "answers": _("answers to requests"),
    "declared": _("declared lines"),
    "refused": _("refused lines"),
    "returned": _("return messages"),
    "messages": _("messages"),
    "findings": _("findings"),
    "files": _("files"),
}

_SEVERITIES: Mapping[str, tuple[str | Promise, str]] = {
    "F": (_("The delivery was refused"), "error"),
    "M": (_("A message was left out"), "error"),
    "R": (_("A part of a message was left out"), "warning"),
    "W": (_("Kept, but it stands out"), "warning"),
    "N": (_("Good to know"), "info"),
}


@dataclass(frozen=True, slots=True)
class Severity:
    """Findings that do the same, under one heading."""

    title: str | Promise
    tone: str
    groups: Sequence[FindingGroup]


def by_severity(groups: Sequence[FindingGroup]) -> Sequence[Severity]:
    """The findings under headings, the worst first."""
    found = []
    for letter, (title, tone) in _SEVERITIES.items():
        those = [group for group in groups if group.first.severity.value == letter]
        if those:
            found.append(Severity(title, tone, those))
    return found


def counted(counts: Mapping[str, int]) -> Sequence[tuple[str | Promise, str]]:
    """Rows of what, with how many; what is nought is left out."""
    return [
        (label, notation.number(counts[name])) for name, label in ROWS.items() if counts.get(name)
    ]
