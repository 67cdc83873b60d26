"""Visits from the messages of a region: waits, trajectories, and what belongs together.

A visit of the model is a wait and the trajectory that it led to. Messages name neither what follows
on what nor who comes back; the rules for it are those of :func:`visits_of_trajectories`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from vliegwiel.science.trajectories import (
    AssignmentKey,
    Chain,
    Mark,
    Outcome,
    Trajectories,
    Wait,
    waits_of,
)

from .visits import UNKNOWN, Came, Ending, Visits

#: Days within which care, or another wait, must follow for it to be a next step.
FOLLOWS_WITHIN = 31
#: Days before the end of care in which the next step may have been decided.
DECIDED_BEFORE = 365
#: Declarations come so late: a youth without one for so many days is taken to have stopped.
_DECLARED_LATE = 92
_PLANNED = "31"
_EARLY = frozenset({"32", "33", "34", "35"})
_DAYS_PER_YEAR = 365.25
_NEVER = float("nan")


@dataclass(slots=True, kw_only=True)
class _Visit:
    """A visit while it is being put together; days as in :class:`.visits.Visits`."""

    youth: str
    form: str
    provider: str
    municipality: str
    referrer: str | None
    born: date | None
    arrived: float
    started: float = _NEVER
    ended: float = _NEVER
    ending: Ending = Ending.NOT_YET
    success: int = UNKNOWN
    came: Came | None = None
    next_form: str | None = None
    told: float = _NEVER


def visits_of_trajectories(found: Trajectories, *, begin: date) -> Visits:
    """The visits that messages tell of, from a day on until the end of the day of knowledge.

    - A youth arrives with the decision; where that is unknown or later than the start, with the
      start. Care that was told by its stop alone, from before ``begin``, has no known start: of
      those who were then in care only they are seen who stopped.
    - Where care ends, the next visit of the youth that starts after that end is what follows, when
      it was decided from a year before to a month after. It arrives when care ended, if it was
      decided before. Likewise for who stops waiting.
    - Nothing followed when nothing did for a month.
    - A youth of whom all earlier care had ended, and who has no next step, comes back.

    Raises:
        ValueError: when ``begin`` is after the day of knowledge.
    """
    until = float((found.known - begin).days + 1)
    if not until > 0:
        raise ValueError("the observation must begin on or before the day of knowledge")
    every = [
        visit
        for visit in _visits(found, begin, until)
        if visit.arrived <= until and visit.form is not None
    ]
    by_youth: dict[str, list[_Visit]] = defaultdict(list)
    for visit in every:
        by_youth[visit.youth].append(visit)
    for own in by_youth.values():
        own.sort(key=lambda visit: (visit.arrived, visit.form, visit.provider))
        _link(own, until)
        _mark_returns(own)
    seen = [visit for visit in every if not visit.ended < 0.0]
    return _packed(seen, begin, until)


def _visits(found: Trajectories, begin: date, until: float) -> Iterator[_Visit]:
    """Every trajectory with its wait, and every wait without a trajectory."""
    waits = waits_of(found, found.known).waits
    wait_of = {key: wait for wait in waits for key in wait.assignments}
    used: set[AssignmentKey] = set()
    for chain in found.trajectories:
        keys = chain.assignments
        wait = wait_of.get(keys[0]) if keys else None
        if wait is not None:
            used.update(wait.assignments)
        yield _helped(chain, wait, found, begin, until)
    for wait in waits:
        if wait.assignments[0] not in used and wait.outcome is not Outcome.PLANNED:
            yield _unhelped(wait, found, begin, until)


def _helped(
    chain: Chain, wait: Wait | None, found: Trajectories, begin: date, until: float
) -> _Visit:
    first = chain.spells[0]
    started = _days(chain.begin, begin)
    arrived = started
    if wait is not None and wait.is_counted:
        arrived = min(_days(wait.origin, begin), started)
    if started < 0.0 and Mark.START_FROM_STOP in first.marks:
        started = arrived = -np.inf
    visit = _Visit(
        youth=chain.youth,
        form=chain.form or first.form,
        provider=chain.provider or first.provider,
        municipality=first.municipality,
        referrer=_referrer(chain.assignments, found),
        born=first.person.birth_month,
        arrived=arrived,
        started=started,
    )
    # The last day of care belongs to it.
    if chain.end is not None and _days(chain.end, begin) + 1.0 <= until:
        visit.ended, visit.ending = _days(chain.end, begin) + 1.0, Ending.CARE
        if chain.reason is not None and chain.reason in {_PLANNED, *_EARLY}:
            visit.success = int(chain.reason == _PLANNED)
    return visit


def _unhelped(wait: Wait, found: Trajectories, begin: date, until: float) -> _Visit:
    """A wait that no message of a start ended: given up, still going on, or proved by declaring."""
    visit = _Visit(
        youth=wait.youth,
        form=wait.form,
        provider=wait.provider,
        municipality=wait.municipality,
        referrer=_referrer(wait.assignments, found),
        born=found.assignments[wait.assignments[0]].person.birth_month,
        arrived=_days(wait.origin, begin),
    )
    if wait.ended is not None and wait.start is None:
        visit.ended = max(_days(wait.ended, begin), visit.arrived)
        visit.ending = Ending.WAITING
    if wait.start is not None and wait.start_by is not None:
        middle = (_days(wait.start, begin) + _days(wait.start_by, begin)) / 2.0
        visit.started = max(middle, visit.arrived)
        last = _last_declared(wait.assignments, found, begin)
        if last is not None and last + _DECLARED_LATE < until:
            visit.ended, visit.ending = max(last, visit.started), Ending.CARE
    return visit


def _last_declared(keys: Sequence[AssignmentKey], found: Trajectories, begin: date) -> float | None:
    """The day after the last month that was declared."""
    months = [found.declared[key].months for key in keys if key in found.declared]
    last = max((each[-1] for each in months if each), default=None)
    if last is None:
        return None
    following = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return _days(following, begin)


def _referrer(keys: Sequence[AssignmentKey], found: Trajectories) -> str | None:
    referral = found.referrals.get(keys[0]) if keys else None
    return None if referral is None else referral.referrer.value


def _days(day: date, begin: date) -> float:
    return float((day - begin).days)


def _link(own: list[_Visit], until: float) -> None:
    """Say of every visit that ended what followed, and of what follows where it came from."""
    ended = [visit for visit in own if visit.ending is not Ending.NOT_YET]
    for visit in sorted(ended, key=lambda visit: (visit.ended, visit.arrived)):
        following = _following(visit, own)
        if following is not None:
            care = visit.ending is Ending.CARE
            following.came = Came.FROM_CARE if care else Came.FROM_QUEUE
            following.arrived = max(following.arrived, visit.ended)
            visit.next_form, visit.told = following.form, following.arrived
        elif visit.ended + FOLLOWS_WITHIN <= until:
            visit.told = visit.ended + FOLLOWS_WITHIN


def _following(visit: _Visit, own: Iterable[_Visit]) -> _Visit | None:
    earliest = visit.ended - (DECIDED_BEFORE if visit.ending is Ending.CARE else FOLLOWS_WITHIN)
    for other in own:
        if other is visit or other.came is not None or other.started < visit.ended:
            continue
        over = other.ending is Ending.WAITING and other.ended < visit.ended
        if not over and earliest <= other.arrived <= visit.ended + FOLLOWS_WITHIN:
            return other
    return None


def _mark_returns(own: list[_Visit]) -> None:
    """Who comes after all earlier care had ended, and not as a next step, comes back."""
    for visit in own:
        if visit.came is not None:
            continue
        before = [other for other in own if other is not visit and other.arrived < visit.arrived]
        care = [other for other in before if other.ending is Ending.CARE]
        left = [other for other in care if other.next_form is None and other.told <= visit.arrived]
        if left and all(other.ended <= visit.arrived for other in before):
            visit.came = Came.RETURNED


def _packed(seen: Sequence[_Visit], begin: date, until: float) -> Visits:
    """The visits as arrays, with the names that occur in order."""
    forms = _names(visit.form for visit in seen)
    providers = _names(visit.provider for visit in seen)
    municipalities = _names(visit.municipality for visit in seen)
    sources = _names(v.referrer for v in seen if v.referrer not in {None, "unknown"})
    youths = _names(visit.youth for visit in seen)
    out = len(forms) + 1
    return Visits(
        begin=begin,
        until=until,
        care_types=tuple(forms),
        providers=tuple(providers),
        municipalities=tuple(municipalities),
        sources=tuple(sources),
        youth=_whole(youths[visit.youth] for visit in seen),
        care_type=_whole(forms[visit.form] for visit in seen),
        provider=_whole(providers[visit.provider] for visit in seen),
        municipality=_whole(municipalities[visit.municipality] for visit in seen),
        source=_whole(_source(visit, sources) for visit in seen),
        age=_real(_age(visit, begin) for visit in seen),
        arrived=_real(visit.arrived for visit in seen),
        started=_real(visit.started for visit in seen),
        ended=_real(visit.ended for visit in seen),
        ending=_whole(int(visit.ending) for visit in seen),
        next=_whole(
            UNKNOWN if visit.told != visit.told else forms.get(visit.next_form or "", out)
            for visit in seen
        ),
        told=_real(visit.told for visit in seen),
        extended=np.full(len(seen), np.nan),
        success=_whole(visit.success for visit in seen),
    )


def _source(visit: _Visit, sources: dict[str, int]) -> int:
    if visit.arrived < 0.0:
        return int(Came.PRESENT)
    if visit.came is not None:
        return int(visit.came)
    return sources.get(visit.referrer or "", int(Came.UNKNOWN))


def _age(visit: _Visit, begin: date) -> float:
    if visit.born is None or not np.isfinite(visit.arrived):
        return _NEVER
    return (visit.arrived - _days(visit.born, begin)) / _DAYS_PER_YEAR


def _names(found: Iterable[str | None]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted({n for n in found if n is not None}))}


def _whole(found: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(list(found), dtype=np.int64)


def _real(found: Iterable[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(list(found), dtype=np.float64)
