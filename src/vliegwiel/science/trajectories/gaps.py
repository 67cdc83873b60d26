"""Gaps in care (tussen wal en schip): where help may have ended without anything after it.

A gap is a question, no finding about a youth: messages do not see help under other laws, free help
or a personal budget. What counts as a gap, and what each parameter changes, stands in
``docs/methods/continuity.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .assignments import Assignment
from .deriving import Trajectories
from .forms import CRISIS
from .spans import birthday, month_end, plus
from .spells import PAUSE, Spell
from .waiting_list import waiting_list

#: The age at which the Youth Act ends, unless help is extended.
ADULT = 18
#: Reasons of a stop (JZ588): death, and ended as was planned.
_DEATH, _PLANNED = "02", "31"
#: To another provider (JZ588), and the same of an assignment (JZ002).
_TO_PROVIDER, _ASSIGNED_ELSEWHERE = "38", "09"
#: To another law (JZ588): the messages do not see what follows, and do tell that it was arranged.
_TO_DOMAIN = "39"
#: Reasons of an assignment (JZ002) after which messages of this region show nothing any more:
#: death, another domain, another municipality, a personal budget.
_OUT_OF_SIGHT = frozenset({"02", "06", "07", "08"})


class GapKind(StrEnum):
    """What may be wrong."""

    #: Crisis help ended and nothing followed.
    AFTER_CRISIS = "after_crisis"
    #: Help ended because the youth went to another provider, and nothing followed.
    AFTER_TRANSFER = "after_transfer"
    #: Help ended about the eighteenth birthday, without extension or transfer to another law.
    AT_18 = "at_18"
    #: In care or waiting, and eighteen before long: is there a plan?
    TURNING_18 = "turning_18"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChoices:
    """The parameters; all in days but ``months_ahead``.

    ``follow_up_days`` without anything after an end make a gap. Ends longer ago than ``look_back``
    are no longer work. Help that ends at most ``around_18`` days before the month of the birthday,
    or after it, ends because of it.
    """

    follow_up_days: int = 30
    look_back: int = 365
    around_18: int = 31
    months_ahead: int = 6

    def last_ahead(self, known: date) -> date:
        """The last day on which somebody turns eighteen before long."""
        return plus(known, round(self.months_ahead * 365.25 / 12))


@dataclass(frozen=True, slots=True, kw_only=True)
class CareGap:
    """A place where help may have broken off, or will.

    ``since`` is the last day of the help that ended; of a youth who turns eighteen the first day of
    that month, which lies ahead. ``key`` stays the same when more becomes known about the same
    help. ``arranged`` tells that an assignment goes on beyond the eighteenth birthday. It names
    nobody, but it is about one youth: for those alone who may see care data.
    """

    kind: GapKind
    key: str
    youth: str
    municipality: str
    provider: str
    form: str
    since: date
    arranged: bool = False


def care_gaps(found: Trajectories, *, choices: GapChoices | None = None) -> tuple[CareGap, ...]:
    """Every gap as known on the day of the trajectories, the longest ago first.

    Of one end there is one gap: that after a crisis goes before that after a transfer, and both
    before that of an eighteenth birthday. An end of which the days to wait are not over is no gap
    yet, and neither is one after which any care, assignment in force or request is seen.
    """
    given = choices or GapChoices()
    seen = _Seen(found)
    gaps: list[CareGap] = []
    for spells in found.spells_of.values():
        care = [spell for spell in spells if found.forms.is_care(spell.form)]
        broken: dict[date | None, CareGap] = {}
        for spell in care:
            kind = _kind(spell, found)
            if kind is not None and _is_broken(spell, seen, given):
                # Two ends of the same help on one day are one question.
                gap = _gap(kind, spell)
                former = broken.get(spell.end)
                if former is None or gap.kind is GapKind.AFTER_CRISIS:
                    broken[spell.end] = gap
        gaps += broken.values()
        gaps += _at_18(care, seen, given, told=frozenset(broken))
    gaps += _turning_18(found, seen, given)
    return tuple(sorted(gaps, key=lambda gap: (gap.since, gap.kind.value, gap.key)))


class _Seen:
    """What can follow an end, by youth."""

    def __init__(self, found: Trajectories) -> None:
        self.found = found
        self.assignments: Mapping[str, list[Assignment]] = _by_youth(
            item for item in found.assignments.values() if found.forms.is_care(item.form)
        )
        self.asked: dict[str, list[date]] = defaultdict(list)
        for request in found.requests.values():
            self.asked[request.youth].append(request.asked)

    def follows(self, spell: Spell, end: date, until: date) -> bool:
        """Whether other care, another assignment in force or a request is seen after an end."""
        after = plus(end, 1)
        youth = spell.youth
        cared = any(
            other is not spell
            and self.found.forms.is_care(other.form)
            and other.begin <= until
            and (other.end is None or other.end > end)
            for other in self.found.spells_of.get(youth, ())
        )
        return (
            cared
            or any(after <= day <= until for day in self.asked.get(youth, ()))
            or any(
                item.key != spell.assignment
                and max(item.decided, item.begin) <= until
                and (item.end is None or item.end > end)
                for item in self.assignments.get(youth, ())
            )
        )

    def is_out_of_sight(self, spell: Spell) -> bool:
        """Whether the assignment tells why messages show nothing more of the youth."""
        if spell.assignment is None:
            return False
        return self.found.assignments[spell.assignment].reason in _OUT_OF_SIGHT

    def goes_beyond(self, youth: str, day: date) -> bool:
        """Whether care is assigned after a day."""
        return any(
            item.begin <= plus(day, 1) and (item.end is None or item.end > day)
            for item in self.assignments.get(youth, ())
        )


def _by_youth(items: Iterable[Assignment]) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = defaultdict(list)
    for item in items:
        found[item.youth].append(item)
    return found


def _kind(spell: Spell, found: Trajectories) -> GapKind | None:
    """What is asked of the end of a spell; None when it needs nothing after it."""
    if spell.end is None or spell.reason in {_DEATH, _TO_DOMAIN, PAUSE}:
        return None
    if spell.form == CRISIS:
        return GapKind.AFTER_CRISIS
    assignment = found.assignments.get(spell.assignment) if spell.assignment else None
    elsewhere = assignment is not None and assignment.reason == _ASSIGNED_ELSEWHERE
    return GapKind.AFTER_TRANSFER if spell.reason == _TO_PROVIDER or elsewhere else None


def _is_broken(spell: Spell, seen: _Seen, given: GapChoices) -> bool:
    """Whether the wait for something after an end is over, not long ago, and nothing came."""
    known, end = seen.found.known, spell.end
    if end is None or not plus(known, -given.look_back) <= end:
        return False
    until = plus(end, given.follow_up_days)
    return (
        until <= known and not seen.is_out_of_sight(spell) and not seen.follows(spell, end, until)
    )


def _gap(kind: GapKind, spell: Spell) -> CareGap:
    help_of = spell.assignment or (spell.municipality, f"{spell.provider} {spell.form}")
    assert spell.end is not None  # only an end is asked about
    return CareGap(
        kind=kind,
        key="|".join((kind.value, spell.youth, *help_of, spell.begin.isoformat())),
        youth=spell.youth,
        municipality=spell.municipality,
        provider=spell.provider,
        form=spell.form,
        since=spell.end,
    )


def _eighteen(spell: Spell) -> date | None:
    """First day of the month of the eighteenth birthday; None where only the year is known."""
    born = spell.person.birth_month
    return None if born is None or spell.person.year_only else birthday(born, ADULT)


def _at_18(
    care: list[Spell],
    seen: _Seen,
    given: GapChoices,
    *,
    told: frozenset[date | None],
) -> list[CareGap]:
    """The gap of help that ended because of the birthday; none when it ended as was planned."""
    ended = [spell for spell in care if spell.end is not None]
    if not ended or len(ended) < len(care):
        return []
    last = max(ended, key=lambda spell: (spell.end or date.min, spell.begin, spell.provider))
    day = _eighteen(last)
    if day is None or last.end is None or last.end in told:
        return []
    window = plus(day, -given.around_18) <= last.end <= plus(month_end(day), given.around_18)
    if not window or last.reason in {_PLANNED, _DEATH, _TO_DOMAIN, PAUSE}:
        return []
    return [_of_youth(GapKind.AT_18, last, last.end)] if _is_broken(last, seen, given) else []


def _turning_18(found: Trajectories, seen: _Seen, given: GapChoices) -> list[CareGap]:
    """A gap for every youth in care or waiting who turns eighteen within the months ahead."""
    known = found.known
    last = given.last_ahead(known)
    gaps: dict[str, CareGap] = {}
    for youth, spells in found.spells_of.items():
        running = [
            spell
            for spell in spells
            if found.forms.is_care(spell.form) and spell.begin <= known
            and (spell.end is None or spell.end > known)
        ]  # fmt: skip
        day = _eighteen(running[0]) if running else None
        if day is not None and known < day <= last:
            newest = max(running, key=lambda spell: (spell.begin, spell.provider, spell.form))
            beyond = seen.goes_beyond(youth, month_end(day))
            gaps[youth] = _of_youth(GapKind.TURNING_18, newest, day, arranged=beyond)
    for wait in waiting_list(found, known).waits:
        person = found.assignments[wait.assignments[0]].person
        if wait.youth in gaps or person.birth_month is None or person.year_only:
            continue
        day = birthday(person.birth_month, ADULT)
        if known < day <= last:
            gaps[wait.youth] = CareGap(
                kind=GapKind.TURNING_18,
                key=f"{GapKind.TURNING_18.value}|{wait.youth}",
                youth=wait.youth,
                municipality=wait.municipality,
                provider=wait.provider,
                form=wait.form,
                since=day,
                arranged=seen.goes_beyond(wait.youth, month_end(day)),
            )
    return list(gaps.values())


def _of_youth(kind: GapKind, spell: Spell, since: date, *, arranged: bool = False) -> CareGap:
    """A gap of which a youth can have one alone."""
    return CareGap(
        kind=kind,
        key=f"{kind.value}|{spell.youth}",
        youth=spell.youth,
        municipality=spell.municipality,
        provider=spell.provider,
        form=spell.form,
        since=since,
        arranged=arranged,
    )
