"""Whether help went on beyond the end that was agreed (verlenging)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from .assignments import Assignment, AssignmentKey
from .deriving import Trajectories
from .spells import PAUSE, Spell


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A moment at which help that had begun would end, unless it was extended.

    ``days`` is how much longer the extension is, None without an extension or with an open one.
    """

    assignment: AssignmentKey
    form: str
    on: date
    extended: bool
    same_number: bool
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """Extensions among the moments of expiry in a period.

    ``open_ended`` of the ``in_care`` assignments that ran on the last day of it have no end: they
    never expire, and never count as extended. ``asked`` are extensions that providers asked for.
    """

    expiries: int
    extended: int
    same_number: int
    median_days: float | None
    in_care: int
    open_ended: int
    asked: int

    @property
    def share(self) -> float | None:
        """Share of the moments of expiry that were extended."""
        return self.extended / self.expiries if self.expiries else None


def expiries_of(found: Trajectories) -> tuple[Expiry, ...]:
    """Every moment of expiry, once, of assignments on which care was started.

    A version that ends later extends the one before it on the same number; one that ends earlier
    replaces it. At the end of the last version an assignment that follows it (see
    :class:`.successions.Successions`) extends it. Help that was finally stopped before the moment
    was not up for extension.
    """
    spells = found.spells_on
    moments = []
    for key in sorted(found.assignments):
        if key in spells:
            moments += _moments(found.assignments[key], found, spells[key])
    return tuple(moments)


def _moments(
    assignment: Assignment, found: Trajectories, spells: tuple[Spell, ...]
) -> list[Expiry]:
    """In the order of the versions; the last moment may be extended by another number."""

    def moment(on: date, later: date | None, *, extended: bool, same: bool) -> Expiry:
        days = (later - on).days if extended and later is not None else None
        return Expiry(
            assignment=assignment.key,
            form=assignment.form,
            on=on,
            extended=extended,
            same_number=same,
            days=days,
        )

    found_moments = []
    ends = [version.end for version in assignment.versions]
    current = ends[0]
    for end in ends[1:]:
        if current is not None and (end is None or end > current):
            found_moments.append(moment(current, end, extended=True, same=True))
        current = end
    if current is not None:
        after = found.successions.after.get(assignment.key)
        later = found.assignments[after].end if after is not None else None
        found_moments.append(moment(current, later, extended=after is not None, same=False))
    return [item for item in found_moments if not _stopped_before(item.on, spells)]


def _stopped_before(day: date, spells: tuple[Spell, ...]) -> bool:
    """Whether the last spell that began by a day had finally stopped before it."""
    begun = [spell for spell in spells if spell.begin <= day]
    if not begun:
        return True
    last = begun[-1]
    final = last.reason not in {None, PAUSE}
    return final and last.end is not None and (last.closed or last.end) < day


def extensions(
    found: Trajectories, first: date, last: date, *, form: str | None = None
) -> Extended:
    """The extensions in a period, its first and last day included."""
    moments = [
        item
        for item in expiries_of(found)
        if first <= item.on <= last and form in {None, item.form}
    ]
    days = [item.days for item in moments if item.days is not None]
    running = [
        found.assignments[spell.assignment]
        for spell in found.spells
        if spell.assignment is not None and spell.runs_on(last) and form in {None, spell.form}
    ]
    in_care: Mapping[AssignmentKey, Assignment] = {item.key: item for item in running}
    return Extended(
        expiries=len(moments),
        extended=sum(item.extended for item in moments),
        same_number=sum(item.extended and item.same_number for item in moments),
        median_days=median(days) if days else None,
        in_care=len(in_care),
        open_ended=sum(item.end is None for item in in_care.values()),
        asked=_asked(found, first, last, form),
    )


def _asked(found: Trajectories, first: date, last: date, form: str | None) -> int:
    """Changes (JW317) to a later end than the assignment had when they were asked for, and requests
    (JW315) that were granted with an assignment that follows another."""
    count = sum(
        first <= request.asked <= last
        and form in {None, request.form}
        and any(key in found.successions.before for key in request.assignments)
        for request in found.requests.values()
    )
    for change in found.changes:
        if change.assignment is None or not first <= change.message.dated <= last:
            continue
        owner = found.assignments.get((change.message.municipality, change.assignment))
        if owner is None or form not in {None, owner.form}:
            continue
        held = [v for v in owner.versions if v.decided.date() <= change.message.dated]
        end = (held or owner.versions)[-1 if held else 0].end
        count += change.end is not None and end is not None and change.end > end
    return count
