"""Assignments (toewijzingen) from their versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from vliegwiel.science.ijw import AssignmentVersion, Finding, Person

from .choices import Choices
from .forms import CareForms
from .rules import finding

#: Municipality and (pseudonymised) number: a number alone is not unique in a region.
AssignmentKey: TypeAlias = tuple[str, str]

#: Reason of change (JZ002): the assignment was removed, as if it had never been sent.
_REMOVED = "13"
#: The same in messages before 3.1, when the assignment ends on its first day.
_REMOVED_FORMERLY = "01"


class History(StrEnum):
    """How much is known of the past of an assignment."""

    WHOLE = "whole"
    #: The first version that is here already has a reason of change.
    CUT_OFF = "cut_off"
    #: It was decided before the delivery begins.
    BEFORE_DELIVERY = "before_delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment as it is known on a day.

    ``begin`` and ``end`` (None is open) are of the version in force, ``first_begin`` and
    ``first_end`` of the first; ``decided`` is the day of the first decision and ``sent`` the date
    of the first message that holds it. ``reason`` is why the version in force differs (JZ002).
    """

    key: AssignmentKey
    person: Person
    provider: str
    form: str
    decided: date
    sent: date
    history: History
    first_begin: date
    first_end: date | None
    begin: date
    end: date | None
    reason: str | None
    references: tuple[str, ...]
    removed: bool
    versions: tuple[AssignmentVersion, ...]

    @property
    def youth(self) -> str:
        """The pseudonym of the youth."""
        return self.person.youth

    @property
    def municipality(self) -> str:
        """The code of the municipality that decided it."""
        return self.key[0]

    @property
    def in_force(self) -> AssignmentVersion:
        """The version that holds."""
        return self.versions[-1]


def _content(version: AssignmentVersion) -> tuple[Any, ...]:
    """What two equal versions share; a reference stands in the first message only (IV097)."""
    return (
        version.category,
        version.product,
        version.begin,
        version.end,
        version.reason,
        version.volume,
        version.unit,
        version.frequency,
        version.budget,
    )


def assignments_of(
    versions: Iterable[AssignmentVersion], *, forms: CareForms, choices: Choices
) -> tuple[Mapping[AssignmentKey, Assignment], list[Finding]]:
    """Every assignment by its key, those that were removed included, and what was found.

    The version in force is that with the highest moment of decision (IV013), whatever came first.
    """
    groups: dict[AssignmentKey, list[AssignmentVersion]] = defaultdict(list)
    for version in versions:
        groups[version.message.municipality, version.assignment].append(version)
    findings: list[Finding] = []
    found = {}
    for key, group in groups.items():
        mine = _of_one_youth(group, findings)
        differing: list[Finding] = []
        found[key] = _assignment(key, _resolved(mine, differing), mine, forms, choices)
        findings += [] if found[key].removed else differing
        if found[key].history is History.CUT_OFF and not found[key].removed:
            first = found[key].versions[0]
            findings.append(finding("history_cut_off", first.message, reason=first.reason))
    return found, findings


def _of_one_youth(
    group: list[AssignmentVersion], findings: list[Finding]
) -> list[AssignmentVersion]:
    """The versions of the youth who had the number first."""
    owner = min((v.message.dated, v.decided, v.person.youth) for v in group)[2]
    others = [v for v in group if v.person.youth != owner]
    findings += [finding("assignment_of_another", v.message) for v in others]
    return [v for v in group if v.person.youth == owner] if others else group


def _resolved(
    group: list[AssignmentVersion], findings: list[Finding]
) -> tuple[AssignmentVersion, ...]:
    """One version for each moment of decision, in their order."""
    if len(group) == 1:
        return (group[0],)
    moments: dict[Any, list[AssignmentVersion]] = defaultdict(list)
    for version in group:
        moments[version.decided].append(version)
    chosen = []
    for decided in sorted(moments):
        same = moments[decided]
        if len(same) == 1:
            chosen.append(same[0])
            continue
        differ = len({_content(version) for version in same}) > 1
        last = max(same, key=_sent_last if differ else _sent)
        if differ:
            findings.append(finding("versions_differ", last.message))
        chosen.append(last)
    return tuple(chosen)


def _sent(version: AssignmentVersion) -> tuple[date, str]:
    return version.message.dated, version.message.identification


def _sent_last(version: AssignmentVersion) -> tuple[date, str, list[str]]:
    return (*_sent(version), [str(part) for part in _content(version)])


def _assignment(
    key: AssignmentKey,
    versions: tuple[AssignmentVersion, ...],
    every: list[AssignmentVersion],
    forms: CareForms,
    choices: Choices,
) -> Assignment:
    first, last = versions[0], versions[-1]
    decided = first.decided.date()
    history = History.WHOLE
    if first.reason is not None:
        history = History.CUT_OFF
    elif (since := choices.observed_since(key[0])) is not None and decided < since:
        history = History.BEFORE_DELIVERY
    return Assignment(
        key=key,
        person=last.person,
        provider=last.message.provider,
        form=forms.form_of(last.category, last.product),
        decided=decided,
        sent=min(v.message.dated for v in every if v.decided == first.decided),
        history=history,
        first_begin=first.begin,
        first_end=first.end,
        begin=last.begin,
        end=last.end,
        reason=last.reason,
        references=tuple(sorted({v.reference for v in every if v.reference is not None})),
        removed=last.reason == _REMOVED
        or (last.reason == _REMOVED_FORMERLY and last.end == last.begin),
        versions=versions,
    )
