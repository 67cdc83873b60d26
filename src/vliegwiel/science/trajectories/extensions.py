"""Whether help went on beyond the end that was agreed (verlenging)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from .assignments import Assignment, AssignmentKey
from .chains import Chain
from .deriving import Trajectories
from .spells import PAUSE, Spell
from .successions import CONTRACT_REASONS

#: Reasons of change (JZ002) and of a stop (JZ588) with which help could not be extended: death,
#: another domain, a move, a personal budget.
_ASSIGNED_ELSEWHERE = frozenset({"02", "06", "07", "08"})
_STOPPED_ELSEWHERE = frozenset({"02", "39"})
#: Of a stop because the provider asked for a change: somebody decided about this youth.
_CHANGE_ASKED = "37"
#: Reasons of a stop that come from an office: the help may go on under another number.
_STOPPED_BY_OFFICE = frozenset({"36", _CHANGE_ASKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A day until which help that had begun was agreed, and whether it went on after it.

    ``stopped`` says that the help was over before that day; with neither it ended there. ``days``
    is how much longer the extension is, None without an extension or with an open one.
    """

    assignment: AssignmentKey
    form: str
    on: date
    extended: bool
    stopped: bool
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
    """The agreed ends at which help still ran: those that were up for extension."""
    return tuple(item for item in agreed_ends(found) if not item.stopped)


def agreed_ends(found: Trajectories) -> tuple[Expiry, ...]:
    """Every agreed end, once, of assignments on which care had begun by then.

    A version that ends later extends the one before it on the same number; one that ends earlier
    replaces it. At the end of the last version an assignment that follows it (see
    :class:`.successions.Successions`) extends it. An end is none when another number only takes
    over: because it was brought forward for that, or because a contract changed or the other began
    in a wave, unless the provider had asked for it. Then nobody decided about this help. Help that
    could not be extended, after death or a move, is left out.
    """
    lines: Mapping[AssignmentKey, list[Chain]] = defaultdict(list)
    for chain in found.trajectories:
        for key in chain.assignments:
            lines[key].append(chain)
    waves = frozenset(wave.day for wave in found.successions.waves)
    ends = []
    for key in sorted(found.assignments.keys() & found.spells_on.keys()):
        for item in _ends_of(found.assignments[key], found, waves):
            ends += _as_it_went(item, found.spells_on[key], lines[key])
    return tuple(ends)


def _ends_of(assignment: Assignment, found: Trajectories, waves: frozenset[date]) -> list[Expiry]:
    """In the order of the versions; the last may be extended by another number."""

    def agreed(on: date, later: date | None, *, extended: bool, same: bool) -> Expiry:
        days = (later - on).days if extended and later is not None else None
        return Expiry(
            assignment=assignment.key,
            form=assignment.form,
            on=on,
            extended=extended,
            stopped=cut_short and not extended,
            same_number=same,
            days=days,
        )

    ends, cut_short = _versions_of(assignment)
    made = [
        agreed(on, later, extended=True, same=True)
        for on, later in pairwise(ends)
        if on is not None
    ]
    last, after = ends[-1], found.successions.after.get(assignment.key)
    if last is None or assignment.reason in _ASSIGNED_ELSEWHERE:
        return made
    if after is None:
        return [*made, agreed(last, None, extended=False, same=False)]
    follower = found.assignments[after]
    asked = found.spells_on[assignment.key][-1].reason == _CHANGE_ASKED
    if cut_short or (not asked and _only_takes_over(follower, assignment, waves)):
        return made
    return [*made, agreed(last, follower.end, extended=True, same=False)]


def _only_takes_over(follower: Assignment, former: Assignment, waves: frozenset[date]) -> bool:
    """Whether the number changed for many at once, or for a contract, and not for this youth."""
    reasons = {former.reason, follower.versions[0].reason}
    return follower.first_begin in waves or not CONTRACT_REASONS.isdisjoint(reasons)


def _versions_of(assignment: Assignment) -> tuple[Sequence[date | None], bool]:
    """Ends that each lie beyond the one before, and whether the last was brought forward."""
    ends: list[date | None] = []
    cut_short = False
    for end in (version.end for version in assignment.versions):
        if end in ends[-1:]:
            continue
        earlier = [one for one in ends if one is not None and (end is None or one < end)]
        cut_short = len(earlier) < len(ends)
        ends = [*earlier, end]
    return ends, cut_short


def _as_it_went(item: Expiry, spells: Sequence[Spell], chains: Sequence[Chain]) -> list[Expiry]:
    """The same with what became of the help; nothing when it was not there or went elsewhere."""
    begun = [spell for spell in spells if spell.begin <= item.on]
    if not begun:
        return []
    last = begun[-1]
    over = _final_day(last)
    if over is None or over > item.on:
        return [item]
    by_office = last.reason in _STOPPED_BY_OFFICE
    if last.reason in _STOPPED_ELSEWHERE:
        return []
    if over == item.on:
        went_on = by_office or _goes_on(item.on + timedelta(days=1), chains)
        return [item if went_on else replace(item, extended=False, days=None)]
    if by_office and _goes_on(item.on, chains):
        return []
    return [replace(item, extended=False, stopped=True, days=None)]


def _final_day(spell: Spell) -> date | None:
    """The last day of help when it finally stopped; None when it did not."""
    return None if spell.reason in {None, PAUSE} else spell.closed or spell.end


def _goes_on(day: date, chains: Sequence[Chain]) -> bool:
    """Whether a trajectory of the assignment that had begun by a day holds that day too."""
    return any(chain.begin <= day and (chain.end is None or chain.end >= day) for chain in chains)


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
