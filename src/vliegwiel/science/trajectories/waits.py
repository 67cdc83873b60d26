"""Waiting for a first start: every wait, how it ended, and how long it took on a day.

A wait belongs to an assignment, or to several that replaced each other before any was started.
All numbers are days. Which wait is which (W1 to W7) stands in ``docs/methods/trajectories.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .assignments import Assignment, AssignmentKey, History
from .choices import Truncated
from .deriving import Trajectories
from .requests import Referral, asked_on
from .spans import birthday, month_end, plus
from .spells import Spell
from .successions import LEAVING_REASONS


class Outcome(StrEnum):
    """How a wait stands on the day of observation."""

    STARTED = "started"
    #: No start was told; declared care proves one within a month.
    DECLARED = "declared"
    #: It started before it was decided: the wait lies before the messages.
    RETROACTIVE = "retroactive"
    #: The assignment was ended before a start, for a reason that was given.
    WITHDRAWN = "withdrawn"
    #: The assignment ran out without a start.
    EXPIRED = "expired"
    WAITING = "waiting"
    #: The assignment begins later; the youth does not wait yet.
    PLANNED = "planned"


class Cause(StrEnum):
    """Why a wait ended otherwise than by a start."""

    DEATH = "death"
    OTHER_DOMAIN = "other_domain"
    MOVED = "moved"
    PERSONAL_BUDGET = "personal_budget"
    OTHER_PROVIDER = "other_provider"
    OTHER = "other"
    UNKNOWN = "unknown"


_CAUSES: Mapping[str, Cause] = {
    "02": Cause.DEATH,
    "06": Cause.OTHER_DOMAIN,
    "07": Cause.MOVED,
    "08": Cause.PERSONAL_BUDGET,
    "09": Cause.OTHER_PROVIDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A wait of one youth for one form of care at one provider, as it stands on ``on``.

    ``origin`` is the first decision, ``agreed`` the later of that and the first day that was
    agreed, ``asked`` the date of the request if there is one. ``start`` is the earliest and
    ``start_by`` the latest day on which care can have begun: equal unless only declarations prove
    it. ``ended`` is the day on which it ended otherwise. ``history`` tells whether the origin can
    be trusted; ``observed_from`` is the day before which an event would not have been seen.
    """

    youth: str
    assignments: tuple[AssignmentKey, ...]
    municipality: str
    provider: str
    form: str
    referral: Referral
    on: date
    origin: date
    agreed: date
    begin: date
    asked: date | None
    sent: date
    start: date | None
    start_by: date | None
    ended: date | None
    outcome: Outcome
    cause: Cause | None
    history: History
    observed_from: date | None
    turned_18: bool

    @property
    def is_whole(self) -> bool:
        """Whether origin and start would both have been seen, if there were any."""
        return self.history is History.WHOLE or (
            self.history is History.BEFORE_DELIVERY and self.observed_from is not None
        )

    @property
    def is_counted(self) -> bool:
        """Whether it tells how long youths wait from the decision (W1, W2)."""
        return self.is_whole and self.outcome is not Outcome.RETROACTIVE

    @property
    def entered(self) -> int | None:
        """Days waited when the messages begin, None when all of the wait was observed."""
        if self.history is not History.BEFORE_DELIVERY or self.observed_from is None:
            return None
        return (self.observed_from - self.origin).days

    @property
    def bounds(self) -> tuple[int, int] | None:
        """W1, from decision to start: least and most days. None without a start, or before it."""
        if self.start is None or self.start_by is None or not self.is_counted:
            return None
        return max((self.start - self.origin).days, 0), (self.start_by - self.origin).days

    @property
    def days(self) -> int:
        """Days from the decision until the start, another end or the observation (W7)."""
        last = self.start or self.ended or self.on
        return (last - self.origin).days

    @property
    def after_agreed(self) -> int | None:
        """W2, from the day that was agreed to the start."""
        if self.start is None or self.start != self.start_by or not self.is_counted:
            return None
        return (self.start - self.agreed).days

    @property
    def after_request(self) -> int | None:
        """W3, from request to start; None also when care began before it was asked for."""
        if self.start is None or self.start != self.start_by or self.asked is None:
            return None
        days = (self.start - self.asked).days
        return days if days >= 0 else None

    @property
    def decision_days(self) -> int | None:
        """W4, from request to decision."""
        return None if self.asked is None else (self.origin - self.asked).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """All waits on a day, and the assignments that no one waits for since the help went on."""

    on: date
    waits: tuple[Wait, ...]
    continuations: tuple[AssignmentKey, ...]


def waits_of(found: Trajectories, on: date) -> Waits:
    """Every wait for an assignment that was decided on or before a day, as it stood on that day.

    Raises ValueError for a day after the one that the trajectories were known on.
    """
    return WaitsByDay(found).on(on)


class WaitsByDay:
    """The waits of the same trajectories on one day after another.

    What does not depend on the day is found once: which assignments help went on in, what was
    asked for each, and when the first care on it began.
    """

    def __init__(self, found: Trajectories) -> None:
        self.found = found
        care = [key for key, one in found.assignments.items() if found.forms.is_care(one.form)]
        self._order = sorted(care)
        spells_of = found.spells_of
        self.continued = frozenset(
            key
            for key, assignment in found.assignments.items()
            if _goes_on(assignment, spells_of.get(assignment.youth, ()), found)
        )
        self.asked: dict[AssignmentKey, date] = {}
        for key, assignment in found.assignments.items():
            request = asked_on(assignment, found.requests) if assignment.references else None
            if request is not None:
                self.asked[key] = request.asked
        self._begun = {
            key: min(spell.begin for spell in spells) for key, spells in found.spells_on.items()
        }

    def on(self, on: date) -> Waits:
        """Every wait as it stood on a day. Raises ValueError as :func:`waits_of` does."""
        return self._on(on, begun=True)

    def not_begun_on(self, on: date) -> Waits:
        """The same without those in which care on the first assignment had begun by that day."""
        return self._on(on, begun=False)

    def _on(self, on: date, *, begun: bool) -> Waits:
        found = self.found
        if on > found.known:
            raise ValueError("a wait cannot be observed after the day of knowledge")
        waits, continuations = [], []
        for key in self._order:
            assignment = found.assignments[key]
            if assignment.decided > on:
                continue
            if key in self.continued:
                continuations.append(key)
            elif not begun and self._begun.get(key, date.max) <= on:
                continue
            elif not _is_replacement(assignment, found, self.continued, on):
                line = _line(assignment, found, self.continued, on)
                waits.append(_wait(line, self, on))
        return Waits(on=on, waits=tuple(waits), continuations=tuple(continuations))


def _goes_on(assignment: Assignment, spells: tuple[Spell, ...], found: Trajectories) -> bool:
    """Whether help of the same provider and form ran or had just ended when it begins.

    After a change of contract the form may have another name.
    """
    provider = found.forms.provider_of(assignment.provider)
    reach = plus(assignment.begin, -1 - found.choices.chain_days)
    before = found.successions.before.get(assignment.key)
    relabelled = assignment.key in found.successions.relabelled
    for spell in spells:
        if spell.begin >= assignment.begin or spell.assignment == assignment.key:
            continue
        same = spell.provider == provider and spell.form == assignment.form
        linked = relabelled and spell.assignment == before
        if (same or linked) and (spell.end is None or spell.end >= reach):
            return True
    return False


def passes_on(assignment: Assignment, spells: Mapping[AssignmentKey, tuple[Spell, ...]]) -> bool:
    """Whether a wait for it goes on in the assignment that follows it."""
    return assignment.key not in spells and assignment.reason not in LEAVING_REASONS


def _is_replacement(
    assignment: Assignment,
    found: Trajectories,
    continued: frozenset[AssignmentKey],
    on: date,
) -> bool:
    before = found.successions.before.get(assignment.key)
    if before is None or before in continued:
        return False
    earlier = found.assignments[before]
    is_wait = earlier.decided <= on and found.forms.is_care(earlier.form)
    return is_wait and passes_on(earlier, found.spells_on)


def _line(
    first: Assignment,
    found: Trajectories,
    continued: frozenset[AssignmentKey],
    on: date,
) -> tuple[Assignment, ...]:
    """The assignment and those that replaced it while it had no start."""
    line = [first]
    while passes_on(line[-1], found.spells_on):
        following = found.successions.after.get(line[-1].key)
        if following is None or following in continued:
            break
        later = found.assignments[following]
        if later.decided > on:
            break
        line.append(later)
    return tuple(line)


def _wait(line: tuple[Assignment, ...], known: WaitsByDay, on: date) -> Wait:
    found, spells = known.found, known.found.spells_on
    first, last = line[0], line[-1]
    asked = [known.asked[one.key] for one in line if one.key in known.asked]
    begun = [s.begin for a in line for s in spells.get(a.key, ()) if s.begin <= on]
    proved = None if begun else _proved(line, found, on)
    start, start_by = (min(begun), min(begun)) if begun else proved or (None, None)
    outcome, ended, cause = _outcome(
        first,
        last,
        start_by,
        is_declared=proved is not None,
        on=on,
        ahead=found.choices.planned_days,
    )
    late = found.choices.truncated is Truncated.ENTER_LATE
    born = first.person.birth_month
    return Wait(
        youth=first.youth,
        assignments=tuple(assignment.key for assignment in line),
        municipality=last.municipality,
        provider=found.forms.provider_of(last.provider),
        form=last.form,
        referral=found.referrals[first.key],
        on=on,
        origin=first.decided,
        agreed=max(first.first_begin, first.decided),
        begin=last.begin,
        asked=min(asked, default=None),
        sent=first.sent,
        start=start,
        start_by=start_by,
        ended=ended,
        outcome=outcome,
        cause=cause,
        history=first.history,
        observed_from=found.choices.observed_since(first.municipality) if late else None,
        turned_18=born is not None and birthday(born, 18) <= on,
    )


def _proved(
    line: tuple[Assignment, ...], found: Trajectories, on: date
) -> tuple[date, date] | None:
    """First and last day on which care can have begun, by the first month declared."""
    for assignment in line:
        declared = found.declared.get(assignment.key)
        months = [month for month in declared.months if month <= on] if declared else []
        if months:
            latest = month_end(months[0])
            return min(max(assignment.begin, months[0]), latest), latest
    return None


def _outcome(
    first: Assignment,
    last: Assignment,
    start_by: date | None,
    *,
    is_declared: bool,
    on: date,
    ahead: int,
) -> tuple[Outcome, date | None, Cause | None]:
    """The outcome, and when and why the wait ended otherwise."""
    if start_by is not None:
        if start_by < first.decided:
            return Outcome.RETROACTIVE, None, None
        return (Outcome.DECLARED if is_declared else Outcome.STARTED), None, None
    if last.end is not None and last.end < on:
        ended = max(last.end, first.decided)
        if last.reason is None:
            return Outcome.EXPIRED, ended, Cause.UNKNOWN
        return Outcome.WITHDRAWN, ended, _CAUSES.get(last.reason, Cause.OTHER)
    if last.begin > plus(on, ahead):
        return Outcome.PLANNED, None, None
    return Outcome.WAITING, None, None
