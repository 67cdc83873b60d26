"""Spells (leveringsperioden): care from a start until its first stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from vliegwiel.science.ijw import Envelope, Finding, Person

from .assignments import Assignment, AssignmentKey
from .choices import Choices, Unended
from .deliveries import Deliveries, Standing
from .forms import CareForms
from .rules import finding
from .spans import length, plus

#: Reason of a stop (JZ588): a pause.
PAUSE = "20"


class Mark(StrEnum):
    """What somebody who reads a spell should know; nothing is repaired without one."""

    START_FROM_STOP = "start_from_stop"
    ENDED_BY_NEXT_START = "ended_by_next_start"
    OVERLAPS_NEXT = "overlaps_next"
    EXPIRED = "expired"
    CARRIED_OVER = "carried_over"
    BEFORE_ASSIGNMENT = "before_assignment"
    AFTER_ASSIGNMENT = "after_assignment"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Care of one youth on one assignment without a break.

    ``begin`` and ``end`` are inclusive; an open spell has no end. ``reason`` is that of the final
    stop if there is one, else "20" for a pause, or None when no stop tells it. ``closed`` is the
    last day that the final stop names, which lies later than ``end`` when a pause came first.
    ``assignment`` is None for care without one (task-funded). ``provider`` is the one after
    mergers.
    """

    person: Person
    provider: str
    municipality: str
    assignment: AssignmentKey | None
    form: str
    begin: date
    end: date | None
    reason: str | None
    closed: date | None
    marks: frozenset[Mark]

    @property
    def youth(self) -> str:
        """The pseudonym of the youth."""
        return self.person.youth

    @property
    def days(self) -> int | None:
        """First and last day counted; None while it is open."""
        return None if self.end is None else length(self.begin, self.end)

    def runs_on(self, day: date) -> bool:
        """Whether care is given on a day, its last one included."""
        return self.begin <= day and (self.end is None or self.end >= day)


def spells_of(
    assignments: Mapping[AssignmentKey, Assignment],
    deliveries: Deliveries,
    *,
    forms: CareForms,
) -> tuple[tuple[Spell, ...], list[Finding]]:
    """Every spell in the order of youth and begin; nothing has expired yet (see :func:`expired`).

    An end is the first of its stops. Without a start the stop gives it. A start while another one
    is current ends that one the day before.
    """
    findings: list[Finding] = []
    spells: list[Spell] = []
    for key in deliveries.starts.keys() | deliveries.stops.keys():
        starts = deliveries.starts.get(key, ())
        stops = deliveries.stops.get(key, ())
        spells += _on_assignment(starts, stops, assignments[key], forms, findings)
    spells += _without_assignment(deliveries, forms, findings)
    return tuple(sorted(spells, key=order)), findings


def order(spell: Spell) -> tuple[str, date, date, str, AssignmentKey]:
    """Youth, begin, end; the rest makes the order full."""
    end = spell.end or date.max
    return spell.youth, spell.begin, end, spell.provider, spell.assignment or ("", spell.form)


def _on_assignment(
    starts: Iterable[Standing],
    stops: Iterable[Standing],
    assignment: Assignment,
    forms: CareForms,
    findings: list[Finding],
) -> list[Spell]:
    place = assignment.in_force.message
    found = []
    for item, end, reason, closed, marks in _ended(starts, stops, place, findings):
        extra = set(marks)
        if item.begin < assignment.begin:
            extra.add(Mark.BEFORE_ASSIGNMENT)
        if assignment.end is not None and (closed or end or item.begin) > assignment.end:
            extra.add(Mark.AFTER_ASSIGNMENT)
        if extra & {Mark.BEFORE_ASSIGNMENT, Mark.AFTER_ASSIGNMENT}:
            findings.append(finding("outside_assignment", place))
        found.append(
            Spell(
                person=item.person,
                provider=forms.provider_of(assignment.provider),
                municipality=assignment.municipality,
                assignment=assignment.key,
                form=_form(item, assignment, forms),
                begin=item.begin,
                end=end,
                reason=reason,
                closed=closed,
                marks=frozenset(extra),
            )
        )
    return found


def _form(item: Standing, assignment: Assignment, forms: CareForms) -> str:
    """That of the assignment; a generic one has the form of what was started on it."""
    if assignment.in_force.category is None:
        return forms.form_of(item.category, item.product)
    return assignment.form


def _without_assignment(
    deliveries: Deliveries, forms: CareForms, findings: list[Finding]
) -> list[Spell]:
    groups: dict[tuple[str, ...], tuple[list[Standing], list[Standing]]] = defaultdict(
        lambda: ([], [])
    )
    for which, items in enumerate((deliveries.unassigned_starts, deliveries.unassigned_stops)):
        for item in items:
            line = (item.person.youth, item.municipality, item.provider)
            groups[*line, item.category or "", item.product or ""][which].append(item)
    found = []
    for starts, stops in groups.values():
        found += [
            Spell(
                person=item.person,
                provider=forms.provider_of(item.provider),
                municipality=item.municipality,
                assignment=None,
                form=forms.form_of(item.category, item.product),
                begin=item.begin,
                end=end,
                reason=reason,
                closed=closed,
                marks=frozenset({*marks, Mark.UNASSIGNED}),
            )
            for item, end, reason, closed, marks in _ended(starts, stops, None, findings)
        ]
    return found


def _ended(
    starts: Iterable[Standing],
    stops: Iterable[Standing],
    place: Envelope | None,
    findings: list[Finding],
) -> list[tuple[Standing, date | None, str | None, date | None, frozenset[Mark]]]:
    """Each first day with its end, reason, last day of the final stop, and marks."""

    def report(rule: str) -> None:
        if place is not None:
            findings.append(finding(rule, place))

    by_begin: dict[date, list[Standing]] = defaultdict(list)
    told: set[tuple[date, str | None, str | None]] = set()
    first: dict[date, Standing] = {}
    for start in sorted(starts, key=_plain):
        first.setdefault(start.begin, start)
        told.add((start.begin, start.category, start.product))
    started = set(first)
    for stop in sorted(stops, key=_plain):
        by_begin[stop.begin].append(stop)
        first.setdefault(stop.begin, stop)
        if (stop.begin, stop.category, stop.product) not in told:
            report("stop_without_start")
    found = []
    days = sorted(first)
    for number, day in enumerate(days):
        marks = set() if day in started else {Mark.START_FROM_STOP}
        end, reason, closed = _stopped(by_begin.get(day, []), report)
        following = days[number + 1] if number + 1 < len(days) else None
        if following is not None and end is None:
            end = plus(following, -1)
            marks.add(Mark.ENDED_BY_NEXT_START)
            report("start_while_current")
        elif following is not None and end is not None and end >= following:
            marks.add(Mark.OVERLAPS_NEXT)
            report("start_while_current")
        found.append((first[day], end, reason, closed, frozenset(marks)))
    return found


def _plain(item: Standing) -> tuple[date, date, str, str, str, date]:
    end = item.end or date.max
    return item.begin, end, item.reason or "", item.category or "", item.product or "", item.known


def _stopped(
    stops: list[Standing], report: Callable[[str], None]
) -> tuple[date | None, str | None, date | None]:
    """First end, reason, and the last day of the final stop."""
    if not stops:
        return None, None, None
    pauses = sorted({stop.end for stop in stops if stop.reason == PAUSE and stop.end})
    finals = sorted((stop.end, stop.reason) for stop in stops if stop.reason != PAUSE and stop.end)
    if len(pauses) > 1:
        report("second_temporary_stop")
    if len({*finals}) > 1:
        report("second_final_stop")
    if pauses and finals and finals[0][0] < pauses[0]:
        report("final_before_temporary")
    ends = [*pauses[:1], *(end for end, _reason in finals[:1])]
    closed, reason = finals[0] if finals else (None, PAUSE)
    return min(ends), reason, closed


def expired(
    spells: Iterable[Spell],
    assignments: Mapping[AssignmentKey, Assignment],
    until: Mapping[AssignmentKey, date | None],
    *,
    known: date,
    choices: Choices,
) -> tuple[Spell, ...]:
    """The same spells, of which those that ended with their assignment are closed.

    ``until`` is the last day of the assignments that carry the care on (see
    :func:`.successions.carried_until`). Open care whose assignment ended more than
    ``expiry_grace`` days ago ended with it, for a reason that is not known.
    """
    found = []
    for spell in spells:
        if spell.end is not None or spell.assignment is None:
            found.append(spell)
            continue
        own, last = assignments[spell.assignment].end, until[spell.assignment]
        marks = set(spell.marks)
        if own is not None and own != last and own < known:
            marks.add(Mark.CARRIED_OVER)
        end = spell.end
        over = last is not None and plus(last, choices.expiry_grace) < known
        if over and choices.unended is Unended.CLOSED and last is not None:
            end = max(last, spell.begin)
            marks.add(Mark.EXPIRED)
        changed = end != spell.end or len(marks) > len(spell.marks)
        found.append(replace(spell, end=end, marks=frozenset(marks)) if changed else spell)
    return tuple(sorted(found, key=order))
