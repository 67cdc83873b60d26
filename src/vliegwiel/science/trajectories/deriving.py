"""From records to trajectories, as they were known on a day."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    ChangeRequest,
    Finding,
    Person,
    Record,
    StartRecord,
    StopRecord,
)

from .assignments import Assignment, AssignmentKey, assignments_of
from .chains import Chain, episodes_of, trajectories_of
from .choices import Choices
from .declared import Declared, declared_of
from .delays import Delay, delay_of
from .deliveries import Deliveries, Standing, deliveries_of
from .forms import CareForms
from .messages import Effective, MessageCounts, effective
from .requests import (
    CareRequest,
    Referral,
    RequestKey,
    asked_on,
    referral_of,
    requests_of,
)
from .rules import finding, in_order
from .spans import gap
from .spells import Spell, expired, spells_of
from .successions import Successions, carried_until, successions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectories:
    """All care of the youths of a region as it was known on the day ``known``.

    ``assignments`` leaves removed ones out. ``spells`` are the first level, ``assignments`` the
    second, ``trajectories`` the third and ``episodes`` the fourth. ``orphans`` are starts and
    stops without an assignment, set aside. ``starts`` are those that stand, and ``delay`` is how
    late they became known. ``spells_of`` and ``spells_on`` are spells by youth and by assignment.
    """

    known: date
    choices: Choices
    forms: CareForms
    counts: MessageCounts
    assignments: Mapping[AssignmentKey, Assignment]
    removed: int
    spells: tuple[Spell, ...]
    trajectories: tuple[Chain, ...]
    episodes: tuple[Chain, ...]
    successions: Successions
    requests: Mapping[RequestKey, CareRequest]
    changes: tuple[ChangeRequest, ...]
    declared: Mapping[AssignmentKey, Declared]
    referrals: Mapping[AssignmentKey, Referral]
    starts: tuple[Standing, ...]
    orphans: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    spells_of: Mapping[str, tuple[Spell, ...]]
    spells_on: Mapping[AssignmentKey, tuple[Spell, ...]]
    delay: Delay


def derive(
    records: Iterable[Record],
    *,
    known: date,
    choices: Choices | None = None,
    forms: CareForms | None = None,
    as_delivered: bool = False,
) -> Trajectories:
    """Trajectories from the records of messages, as they were known on a day.

    Records are read once and need not be in memory. With ``as_delivered`` every municipality is
    observed from its first message among them, whatever ``choices`` say.

    Nothing depends on the order of the records or on the files that they came in, and nothing on
    messages dated after ``known``. What contradicts is marked and reported, never repaired in
    silence. Nothing is raised for what records say: every contradiction is a finding.
    """
    with _uncollected():
        chosen = choices or Choices()
        if as_delivered:
            begin: dict[str, date] = {}
            chosen = replace(chosen, observed_from=begin)
            records = _noting(records, begin)
        messages = effective(records, known=known, choices=chosen)
        return _derived(messages, known, chosen, forms or CareForms())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage meanwhile.

    Hundreds of thousands of records become as many objects that stay, none of them in a circle.
    Looking through all of them again and again takes nearly half of the time, for nothing.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _derived(messages: Effective, known: date, choices: Choices, forms: CareForms) -> Trajectories:
    """The steps, one after the other."""
    every, findings = assignments_of(messages.versions, forms=forms, choices=choices)
    findings += messages.findings
    deliveries, more = deliveries_of(messages.starts, messages.stops, every)
    findings += more
    standing = {key: item for key, item in every.items() if not item.removed}
    spells, more = spells_of(standing, deliveries, forms=forms)
    findings += more
    successions = successions_of(standing.values(), forms=forms, choices=choices)
    started = frozenset(s.assignment for s in spells if s.assignment is not None)
    until = carried_until(standing, started, successions, choices=choices)
    spells = expired(spells, standing, until, known=known, choices=choices)
    requests, more = requests_of(messages.requests, messages.answers, every, forms=forms)
    findings += more
    declared, more = declared_of(messages.lines, messages.refused, every)
    findings += more
    findings += _beside(messages, every, successions)
    trajectories = trajectories_of(spells, successions, forms=forms, known=known, choices=choices)
    starts = _every_start(deliveries)
    return Trajectories(
        known=known,
        choices=choices,
        forms=forms,
        counts=messages.counts,
        assignments=standing,
        removed=len(every) - len(standing),
        spells=spells,
        trajectories=trajectories,
        episodes=episodes_of(spells, forms=forms, known=known, choices=choices),
        successions=successions,
        requests=requests,
        changes=tuple(sorted(messages.changes, key=_message_key)),
        declared=declared,
        referrals=_referrals(standing, requests, successions, trajectories),
        starts=starts,
        orphans=deliveries.orphans,
        findings=in_order(findings),
        spells_of=_grouped((spell.youth, spell) for spell in spells),
        spells_on=_grouped((s.assignment, s) for s in spells if s.assignment is not None),
        delay=delay_of(starts, known=known, choices=choices),
    )


def delivery_begin(records: Iterable[Record]) -> Mapping[str, date]:
    """The date of the first message of every municipality: before it, nothing can be known."""
    found: dict[str, date] = {}
    for _record in _noting(records, found):
        pass
    return found


def _noting(records: Iterable[Record], begin: dict[str, date]) -> Iterator[Record]:
    """The same records; notes of each municipality the date of the first message seen so far."""
    for record in records:
        message = record.message
        first = begin.get(message.municipality)
        if first is None or message.dated < first:
            begin[message.municipality] = message.dated
        yield record


_Key = TypeVar("_Key")


def _grouped(pairs: Iterable[tuple[_Key, Spell]]) -> dict[_Key, tuple[Spell, ...]]:
    found: dict[_Key, list[Spell]] = defaultdict(list)
    for key, spell in pairs:
        found[key].append(spell)
    return {key: tuple(spells) for key, spells in found.items()}


def _every_start(deliveries: Deliveries) -> tuple[Standing, ...]:
    found = [item for items in deliveries.starts.values() for item in items]
    return (*found, *deliveries.unassigned_starts)


def _referrals(
    assignments: Mapping[AssignmentKey, Assignment],
    requests: Mapping[RequestKey, CareRequest],
    successions: Successions,
    trajectories: tuple[Chain, ...],
) -> dict[AssignmentKey, Referral]:
    """As an assignment's own request says; without one, that of the first of its trajectory."""
    first_of = {key: chain.assignments[0] for chain in trajectories for key in chain.assignments}
    found = {}
    for key, assignment in assignments.items():
        asked = asked_on(assignment, requests) is not None
        source = key if asked else first_of.get(key) or successions.first(key)
        found[key] = referral_of(assignments[source], requests)
    return found


def _beside(
    messages: Effective,
    every: Mapping[AssignmentKey, Assignment],
    successions: Successions,
) -> list[Finding]:
    """What messages say against each other that no other step looks at."""
    found = _persons(messages)
    for change in messages.changes:
        key = (change.message.municipality, change.assignment or "")
        owner = every.get(key)
        if change.assignment is not None and (owner is None or owner.youth != change.youth):
            found.append(finding("change_of_unknown", change.message))
    on_removed = {
        (line.message.municipality, line.assignment) for line in messages.lines if not line.credit
    }
    for key, assignment in every.items():
        if assignment.removed and key in on_removed:
            found.append(finding("removed_with_declarations", assignment.in_force.message))
    for later, earlier in successions.before.items():
        if _stretching_was_due(every[earlier], every[later]):
            found.append(finding("extension_new_number", every[later].versions[0].message))
    return found


def _stretching_was_due(earlier: Assignment, later: Assignment) -> bool:
    """Equal product, volume and frequency, and the old end had not passed (OP380)."""
    old, new = earlier.in_force, later.versions[0]
    same = (old.category, old.product, old.volume, old.unit, old.frequency) == (
        new.category,
        new.product,
        new.volume,
        new.unit,
        new.frequency,
    )
    return (
        same
        and old.volume is not None
        and earlier.municipality == later.municipality
        and earlier.end is not None
        and later.decided <= earlier.end
        and gap(earlier.end, later.begin) == 0
    )


def _persons(messages: Effective) -> list[Finding]:
    """One youth, one month of birth and sex; the first message that says otherwise is reported."""
    seen: dict[str, Person] = {}
    doubtful: set[str] = set()
    records: list[AssignmentVersion | StartRecord | StopRecord | AssignmentRequest] = [
        *messages.versions,
        *messages.starts,
        *messages.stops,
        *messages.requests,
    ]
    for record in records:
        first = seen.setdefault(record.person.youth, record.person)
        if first is not record.person and first != record.person:
            doubtful.add(first.youth)
    told = sorted(
        (record for record in records if record.person.youth in doubtful),
        key=lambda item: (item.message.dated, *_message_key(item)),
    )
    first_told: dict[str, Person] = {}
    found = []
    for record in told:
        person = record.person
        first = first_told.setdefault(person.youth, person)
        if person.youth in doubtful and _differs(first, person):
            doubtful.remove(person.youth)
            found.append(finding("person_differs", record.message))
    return found


def _message_key(record: Record) -> tuple[str, str, str, str]:
    message = record.message
    return message.code, message.municipality, message.provider, message.identification


def _differs(first: Person, other: Person) -> bool:
    born, said = first.birth_month, other.birth_month
    if born is not None and said is not None:
        years_only = first.year_only or other.year_only
        if born.year != said.year or (born.month != said.month and not years_only):
            return True
    return first.sex is not None and other.sex is not None and first.sex != other.sex
