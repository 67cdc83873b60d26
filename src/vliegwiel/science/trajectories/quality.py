"""What must stand beside every waiting time: how far the messages can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from .assignments import Assignment, History
from .deriving import Trajectories
from .spans import plus
from .spells import Mark
from .waits import Outcome, Wait, Waits

#: What messages cannot see, as code -> English sentence; the message ids of the translations.
UNSEEN_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "before_decision": (
            "The time between the question of a family and the decision is not in the messages: "
            "waiting at the access of the municipality, and for the intake."
        ),
        "before_request": (
            "A provider asks for an assignment after the intake. What a youth waited before, since "
            "the referral of a doctor, is not in the messages."
        ),
        "without_assignment": (
            "Help without an assignment is not here: of local teams, paid by task, and by personal "
            "budget."
        ),
        "meaning_of_start": (
            "What counts as the start differs by contract: an intake, a first talk or a first "
            "treatment."
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A provider with so many assignments for a municipality, and not one start."""

    provider: str
    municipality: str
    assignments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How far waiting times of a day can be trusted. Every share is a count beside its total.

    ``due`` are assignments for care that were decided and should have begun by that day;
    ``started`` of them have a start or stop, ``declared_only`` only declared care. ``proved`` are
    those of which a stop proves that care began; ``told`` of these have a start message, or care
    declared, from which the start follows within a month. ``unheard`` have neither start nor
    stop nor declared care, at providers that send no starts. Of the ``waits``
    ``retroactive`` started before the decision, ``truncated`` have a beginning that is not
    known, ``requested`` have a request and ``caught_up`` were decided more than
    ``late_decision_days`` before the message. ``presumed`` have a referrer that is presumed.
    ``expired``, ``carried_over`` and ``started_by_stop`` are spells that are marked so.
    ``delay_days`` is how late starts become known, ``provisional_from`` the first day of which too
    little is known. ``unseen`` are codes of :data:`UNSEEN_MESSAGES`.
    """

    on: date
    due: int
    started: int
    declared_only: int
    proved: int
    told: int
    unheard: int
    waits: int
    retroactive: int
    truncated: int
    requested: int
    caught_up: int
    presumed: int
    orphans: int
    spells: int
    expired: int
    carried_over: int
    started_by_stop: int
    silent: tuple[Silent, ...]
    delay_days: int | None
    provisional_from: date | None
    unseen: tuple[str, ...]

    @property
    def share_started(self) -> float | None:
        """Share of the assignments that are due with a start message."""
        return self.started / self.due if self.due else None

    @property
    def share_told(self) -> float | None:
        """Share of what began of which the start was told, by a start message or a declaration.

        Among assignments of which a stop proves that care began: whoever waits is not among
        them. Assignments of providers that send no starts count as untold.
        """
        reckoned = self.proved + self.unheard
        return self.told / reckoned if reckoned else None


def quality_of(found: Trajectories, waits: Waits, *, silent_from: int = 10) -> Quality:
    """The label of all waits of a day; ``silent_from`` assignments make a silence notable."""
    return _label(found, waits.on, waits.waits, found.assignments.values(), silent_from)


def quality_among(
    found: Trajectories, waits: Iterable[Wait], on: date, *, silent_from: int = 10
) -> Quality:
    """The label of a part of the waits of a day, with the assignments of these waits."""
    some = tuple(waits)
    assignments = [found.assignments[key] for wait in some for key in wait.assignments]
    return _label(found, on, some, assignments, silent_from)


def _label(
    found: Trajectories,
    on: date,
    waits: tuple[Wait, ...],
    assignments: Iterable[Assignment],
    silent_from: int,
) -> Quality:
    spells_on = found.spells_on
    due = [
        item
        for item in assignments
        if item.decided <= on and item.begin <= on and found.forms.is_care(item.form)
    ]
    started = [item for item in due if any(s.begin <= on for s in spells_on.get(item.key, ()))]
    spells = [s for item in due for s in spells_on.get(item.key, ()) if s.begin <= on]
    without = {item.key for item in due} - {item.key for item in started}
    silent = _silent(found, due, started, silent_from)
    proved = [item for item in due if _is_stopped(found, item, on)]
    quiet = {(one.provider, one.municipality) for one in silent}
    days = found.delay.days_until(found.choices.delay_known_share)
    late = found.choices.late_decision_days
    return Quality(
        on=on,
        due=len(due),
        started=len(started),
        declared_only=sum(
            key in found.declared and bool(found.declared[key].months) for key in without
        ),
        proved=len(proved),
        told=sum(_is_told(found, item, on) for item in proved),
        unheard=sum(_place(found, item) in quiet and not _is_told(found, item, on) for item in due),
        waits=len(waits),
        retroactive=sum(wait.outcome is Outcome.RETROACTIVE for wait in waits),
        truncated=sum(wait.history is not History.WHOLE for wait in waits),
        requested=sum(wait.asked is not None for wait in waits),
        caught_up=sum((wait.sent - wait.origin).days > late for wait in waits),
        presumed=sum(wait.referral.presumed for wait in waits),
        orphans=len(found.orphans),
        spells=len(spells),
        expired=sum(Mark.EXPIRED in s.marks for s in spells),
        carried_over=sum(Mark.CARRIED_OVER in s.marks for s in spells),
        started_by_stop=sum(Mark.START_FROM_STOP in s.marks for s in spells),
        silent=silent,
        delay_days=days,
        provisional_from=None if days is None else plus(found.known, 1 - days),
        unseen=_unseen(waits),
    )


def _is_stopped(found: Trajectories, item: Assignment, on: date) -> bool:
    """Whether a stop proves that care began."""
    return any(
        spell.reason is not None and spell.end is not None and spell.end <= on
        for spell in found.spells_on.get(item.key, ())
    )


def _is_told(found: Trajectories, item: Assignment, on: date) -> bool:
    """Whether a start message, or declared care, says that it began."""
    started = any(
        spell.begin <= on and Mark.START_FROM_STOP not in spell.marks
        for spell in found.spells_on.get(item.key, ())
    )
    declared = found.declared.get(item.key)
    return started or (declared is not None and any(month <= on for month in declared.months))


def _silent(
    found: Trajectories, due: list[Assignment], started: list[Assignment], least: int
) -> tuple[Silent, ...]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for item in due:
        counts[_place(found, item)] += 1
    heard = {_place(found, item) for item in started}
    return tuple(
        Silent(provider=place[0], municipality=place[1], assignments=count)
        for place, count in sorted(counts.items())
        if place not in heard and count >= least
    )


def _place(found: Trajectories, item: Assignment) -> tuple[str, str]:
    return found.forms.provider_of(item.provider), item.municipality


def _unseen(waits: tuple[Wait, ...]) -> tuple[str, ...]:
    requested = any(wait.asked is not None for wait in waits)
    decided = any(wait.asked is None for wait in waits)
    codes = ["before_decision"] if decided or not requested else []
    codes += ["before_request"] if requested else []
    return (*codes, "without_assignment", "meaning_of_start")
