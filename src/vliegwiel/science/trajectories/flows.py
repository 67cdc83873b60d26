"""Youths in care, coming and going. Youths are counted anew each time: such counts do not add up
over forms, municipalities or periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import mean

import numpy as np

from .chains import Chain
from .deriving import Trajectories
from .spans import birthday, length, plus
from .spells import Spell
from .survival import Curve, kaplan_meier


def youths_in_care(found: Trajectories, on: date, *, form: str | None = None) -> int:
    """Youths in care at the end of a day; care that ends on it does not count, as at CBS."""
    return len({spell.youth for spell in _care(found, form) if _open_after(spell, on)})


def youths_helped(found: Trajectories, first: date, last: date, *, form: str | None = None) -> int:
    """Youths who were in care on any day of a period, its first and last day included."""
    return len(
        {
            spell.youth
            for spell in _care(found, form)
            if spell.begin <= last and (spell.end is None or spell.end >= first)
        }
    )


def _care(found: Trajectories, form: str | None) -> Iterable[Spell]:
    for spell in found.spells:
        if found.forms.is_care(spell.form) and form in {None, spell.form}:
            yield spell


def _open_after(item: Spell | Chain, on: date) -> bool:
    return item.begin <= on and (item.end is None or item.end > on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Spells, trajectories or episodes over a period.

    ``opened + begun - ended`` are ``still_open``: ``opened`` were open the day before it, ``begun``
    began in it, ``ended`` ended in it.
    """

    opened: int
    begun: int
    ended: int
    still_open: int


def flow(items: Iterable[Spell | Chain], first: date, last: date) -> Flow:
    """The flow over a period, its first and last day included."""
    before = plus(first, -1)
    every = list(items)
    return Flow(
        opened=sum(_open_after(item, before) for item in every),
        begun=sum(first <= item.begin <= last for item in every),
        ended=sum(item.end is not None and first <= item.end <= last for item in every),
        still_open=sum(_open_after(item, last) for item in every),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Inflow of a period: youths whose episode began, and trajectories that began.

    Of the trajectories ``new`` are those of youths without an episode that ended before, within the
    look-back; ``repeated`` are the others.
    """

    youths: int
    trajectories: int
    new: int
    repeated: int


def inflow(found: Trajectories, first: date, last: date, *, look_back: int | None = None) -> Coming:
    """Who came in a period; ``look_back`` in days, None as far as the messages go."""
    ends: dict[str, list[date]] = defaultdict(list)
    for episode in found.episodes:
        if episode.end is not None:
            ends[episode.youth].append(episode.end)
    begun = [chain for chain in found.trajectories if first <= chain.begin <= last]
    repeated = sum(
        any(
            end < chain.begin and (look_back is None or (chain.begin - end).days <= look_back)
            for end in ends.get(chain.youth, ())
        )
        for chain in begun
    )
    return Coming(
        youths=len({e.youth for e in found.episodes if first <= e.begin <= last}),
        trajectories=len(begun),
        new=len(begun) - repeated,
        repeated=repeated,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Outflow of a period: youths who left, and those of whom it cannot be told yet.

    Somebody has left when ``episode_days`` without care have been observed since.
    """

    youths: int
    undecided: int


def outflow(found: Trajectories, first: date, last: date) -> Going:
    """Youths whose episode ended in a period."""
    gone: set[str] = set()
    undecided: set[str] = set()
    for episode in found.episodes:
        if episode.end is None or not first <= episode.end <= last:
            continue
        observed = plus(episode.end, found.choices.episode_days) <= found.known
        (gone if observed else undecided).add(episode.youth)
    return Going(youths=len(gone), undecided=len(undecided - gone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """How long trajectories last, in days, in three ways that should never be mixed.

    ``mean_ended`` is the mean of those that ended in the period, as CBS prints it: in a growing
    system these are the short ones. ``all_begun`` is the curve of all that began in it, the open
    ones followed until the day of knowledge. ``mean_elapsed`` is how long those still open after
    its last day have lasted by then.
    """

    ended: int
    mean_ended: float | None
    all_begun: Curve
    still_open: int
    mean_elapsed: float | None


def durations(
    found: Trajectories, first: date, last: date, *, form: str | None = None
) -> Durations:
    """The duration of trajectories in a period."""
    chains = [chain for chain in found.trajectories if form in {None, chain.form}]
    ended = [
        length(chain.begin, chain.end)
        for chain in chains
        if chain.end is not None and first <= chain.end <= last
    ]
    begun = [chain for chain in chains if first <= chain.begin <= min(last, found.known)]
    elapsed = [length(chain.begin, last) for chain in chains if _open_after(chain, last)]
    return Durations(
        ended=len(ended),
        mean_ended=mean(ended) if ended else None,
        all_begun=kaplan_meier(
            np.array([length(chain.begin, chain.end or found.known) for chain in begun]),
            np.array([chain.end is not None for chain in begun], dtype=np.bool_),
            level=found.choices.level,
        ),
        still_open=len(elapsed),
        mean_elapsed=mean(elapsed) if elapsed else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Eighteen:
    """Youths who turned 18 in a period while in care, by what happened.

    ``going_on`` are still in care six months later, ``other_domain`` went to another law (reason
    39), ``stopped`` have another stop, ``nothing`` ended without any word.
    """

    going_on: int
    other_domain: int
    stopped: int
    nothing: int


def turning_18(found: Trajectories, first: date, last: date) -> Eighteen:
    """What became of youths in care in the month in which they turned 18, six months later.

    Months of birth are known, days are not: a youth turns 18 on the first of the month.
    """
    counts: dict[str, int] = defaultdict(int)
    for spells in found.spells_of.values():
        born = spells[0].person.birth_month
        if born is None or spells[0].person.year_only or not _is_within(born, first, last):
            continue
        day = birthday(born, 18)
        running = [s for s in spells if found.forms.is_care(s.form) and s.runs_on(day)]
        later = plus(day, 182)
        if not running or later > found.known:
            continue
        counts[_after(found, running, spells, later)] += 1
    return Eighteen(
        going_on=counts["going_on"],
        other_domain=counts["other_domain"],
        stopped=counts["stopped"],
        nothing=counts["nothing"],
    )


def _is_within(born: date, first: date, last: date) -> bool:
    return first <= birthday(born, 18) <= last


def _after(
    found: Trajectories,
    running: list[Spell],
    spells: tuple[Spell, ...],
    later: date,
) -> str:
    if any(found.forms.is_care(s.form) and s.runs_on(later) for s in spells):
        return "going_on"
    reasons = {s.reason for s in running}
    if "39" in reasons:
        return "other_domain"
    return "stopped" if reasons - {None} else "nothing"


def about_to_turn_18(found: Trajectories, on: date, *, months: int = 6) -> int:
    """Youths in care at the end of a day who turn 18 within so many months after it."""
    last = plus(on, round(months * 365.25 / 12))
    return len(
        {
            spell.youth
            for spell in _care(found, None)
            if _open_after(spell, on)
            and spell.person.birth_month is not None
            and on < birthday(spell.person.birth_month, 18) <= last
        }
    )


def counted_by(found: Trajectories, on: date, group: Callable[[Spell], str]) -> dict[str, int]:
    """Youths in care at the end of a day, by what ``group`` says of their spells.

    A youth in two groups counts in both; the sum is no number of youths.
    """
    youths: dict[str, set[str]] = defaultdict(set)
    for spell in _care(found, None):
        if _open_after(spell, on):
            youths[group(spell)].add(spell.youth)
    return {name: len(youths[name]) for name in sorted(youths)}
