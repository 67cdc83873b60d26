"""Waits of a youth over assignments: until the first help (W5) and between two forms (W6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .assignments import Assignment, AssignmentKey, History
from .chains import Chain
from .deriving import Trajectories
from .requests import asked_on
from .spans import plus
from .waits import passes_on


class Origin(StrEnum):
    """What the known wait of a youth is counted from."""

    APPLICATION = "application"
    REQUEST = "request"
    DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWait:
    """W5: days between the first sign that a youth asks for help and the first start."""

    youth: str
    since: date
    start: date
    origin: Origin

    @property
    def days(self) -> int:
        """Never negative."""
        return (self.start - self.since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """W6: days between the end of one trajectory and the begin of the next of the same youth."""

    former: Chain
    following: Chain

    @property
    def days(self) -> int:
        """From the last day of the former to the first of the next."""
        end = self.former.end
        return 0 if end is None else (self.following.begin - end).days


def known_waits(
    found: Trajectories, *, applications: Mapping[str, tuple[date, ...]] | None = None
) -> tuple[KnownWait, ...]:
    """W5 of every episode whose asking can be seen.

    ``applications`` gives the days on which each youth (by pseudonym) applied, from the register of
    the access, where a municipality delivers it. What was asked, decided or applied for before the
    end of the episode before belongs to that one. An assignment that ended more than
    ``episode_days`` before the start, and was not replaced, is no longer waited for; what
    only carries another one on under a new number is no sign of its own. Episodes that
    began before anything was asked are left out, and so are those of which the delivery may lack
    the beginning.
    """
    by_youth: dict[str, list[Assignment]] = defaultdict(list)
    for key in sorted(found.assignments):
        assignment = found.assignments[key]
        if found.forms.is_care(assignment.form) and not _carries_on(assignment, found):
            by_youth[assignment.youth].append(assignment)
    waits = []
    former: Chain | None = None
    for episode in found.episodes:
        before = former.end if former is not None and former.youth == episode.youth else None
        former = episode
        own = [
            item
            for item in by_youth[episode.youth]
            if (end := _waited_until(item, found)) is None
            or end >= plus(episode.begin, -1 - found.choices.episode_days)
        ]
        signs = _signs(own, found, (applications or {}).get(episode.youth, ()))
        signs = [
            sign
            for sign in signs
            if sign[0] <= episode.begin and (before is None or sign[0] > before)
        ]
        cut_off = any(
            item.history is not History.WHOLE and item.decided <= episode.begin for item in own
        )
        if signs and not cut_off:
            since, _rank, origin = min(signs)
            waits.append(
                KnownWait(youth=episode.youth, since=since, start=episode.begin, origin=origin)
            )
    return tuple(waits)


def _signs(
    assignments: list[Assignment], found: Trajectories, applications: tuple[date, ...]
) -> list[tuple[date, int, Origin]]:
    """Day, rank on the same day, and kind of every sign that a youth asks for help."""
    signs = [(day, 0, Origin.APPLICATION) for day in applications]
    for assignment in assignments:
        request = asked_on(assignment, found.requests)
        if request is not None:
            signs.append((request.asked, 1, Origin.REQUEST))
        signs.append((assignment.decided, 2, Origin.DECISION))
    return signs


def transitions(found: Trajectories) -> tuple[Transition, ...]:
    """W6 of every trajectory that was asked for or assigned before the former had long ended.

    The former is the trajectory of the same youth that ended last before the next began. The next
    counts when it was asked for or decided at most ``chain_days`` after that end.
    """
    by_youth: dict[str, list[Chain]] = defaultdict(list)
    for chain in found.trajectories:
        by_youth[chain.youth].append(chain)
    passed = []
    for chains in by_youth.values():
        for following in chains:
            ended = [
                (chain.end, chain.provider or "", chain.form or "", number)
                for number, chain in enumerate(chains)
                if chain.end is not None and chain.end < following.begin
            ]
            since = _asked_or_decided(following, found)
            if not ended or since is None:
                continue
            former = chains[max(ended)[3]]
            if former.end is not None and since <= plus(former.end, found.choices.chain_days):
                passed.append(Transition(former=former, following=following))
    return tuple(passed)


def _asked_or_decided(chain: Chain, found: Trajectories) -> date | None:
    """The first sign of it: of its first assignment, or of those that this replaced unstarted."""
    if not chain.assignments:
        return None
    signs = []
    key: AssignmentKey | None = chain.assignments[0]
    while key is not None:
        assignment = found.assignments[key]
        request = asked_on(assignment, found.requests)
        signs += [assignment.decided] if request is None else [request.asked, assignment.decided]
        key = _replaced(assignment, found)
    return min(signs)


def _replaced(assignment: Assignment, found: Trajectories) -> AssignmentKey | None:
    """What an assignment took over from before it was started: nobody asked for it anew."""
    before = found.successions.before.get(assignment.key)
    if before is None or not passes_on(found.assignments[before], found.spells_on):
        return None
    return before


def _carries_on(assignment: Assignment, found: Trajectories) -> bool:
    """Whether it takes over a wait, or care that was to go on when it was decided."""
    before = found.successions.before.get(assignment.key)
    if before is None or _replaced(assignment, found) is not None:
        return before is not None
    spells = found.spells_on.get(before, ())
    return any(spell.end is None or spell.end >= assignment.decided for spell in spells)


def _waited_until(assignment: Assignment, found: Trajectories) -> date | None:
    """The last day of an assignment, or of what replaced it while it had no start."""
    while passes_on(assignment, found.spells_on):
        following = found.successions.after.get(assignment.key)
        if following is None:
            break
        assignment = found.assignments[following]
    return assignment.end
