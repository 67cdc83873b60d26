"""How help ends, what follows it, and what it cost."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .chains import Chain
from .deriving import Trajectories
from .forms import CRISIS
from .spans import gap, plus

#: Reasons of a final stop (JZ588), as groups that are never added together.
PLANNED_END = frozenset({"31"})
DROPOUT = frozenset({"32", "33"})
EARLY_END = frozenset({"32", "33", "34", "35"})
ADMINISTRATIVE = frozenset({"36", "37"})
_JUDGED = PLANNED_END | EARLY_END
_SWITCHES = frozenset({"38"})
#: Reason of change (JZ002): to another provider.
_SWITCH_OF_ASSIGNMENT = "09"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endings:
    """Spells that ended in a period, by the reason of their stop (JZ588; "" when none was told)."""

    by_reason: Mapping[str, int]

    @property
    def judged(self) -> int:
        """Ends that say how help went: 31 to 35."""
        return self._sum(_JUDGED)

    @property
    def dropout_share(self) -> float | None:
        """Dropout in the narrow sense: ended by one side, of all ends that say how it went."""
        return self._sum(DROPOUT) / self.judged if self.judged else None

    @property
    def early_share(self) -> float | None:
        """Ended early, as CBS counts it: by one side, in agreement or by circumstances."""
        return self._sum(EARLY_END) / self.judged if self.judged else None

    @property
    def administrative(self) -> int:
        """Ends that come from the administration; in no share."""
        return self._sum(ADMINISTRATIVE)

    def _sum(self, reasons: frozenset[str]) -> int:
        return sum(self.by_reason.get(reason, 0) for reason in reasons)


def endings(found: Trajectories, first: date, last: date, *, form: str | None = None) -> Endings:
    """The ends of spells in a period."""
    reasons = Counter(
        spell.reason or ""
        for spell in found.spells
        if spell.end is not None
        and first <= spell.end <= last
        and form in {None, spell.form}
        and found.forms.is_care(spell.form)
    )
    return Endings(by_reason=dict(sorted(reasons.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Stops after which care should be watched: early ends and the end of a crisis.

    ``without`` of the ``stops`` had no care, assignment or request within ``follow_up_days``;
    ``undecided`` are too recent to tell, and are in neither.
    """

    stops: int
    without: int
    undecided: int


def follow_up(found: Trajectories, first: date, last: date) -> FollowUp:
    """Whether something followed the stops of a period."""
    signs: dict[str, list[date]] = defaultdict(list)
    for spell in found.spells:
        signs[spell.youth].append(spell.begin)
    for assignment in found.assignments.values():
        signs[assignment.youth] += [assignment.decided, assignment.begin]
    for request in found.requests.values():
        signs[request.youth].append(request.asked)
    for days in signs.values():
        days.sort()
    running = found.spells_of
    stops = without = undecided = 0
    for spell in found.spells:
        end = spell.end
        watched = spell.reason in EARLY_END or (spell.form == CRISIS and spell.reason is not None)
        if end is None or not watched or not first <= end <= last:
            continue
        until = plus(end, found.choices.follow_up_days)
        if until > found.known:
            undecided += 1
            continue
        stops += 1
        days = signs[spell.youth]
        place = bisect_left(days, plus(end, 1))
        follows = place < len(days) and days[place] <= until
        beside = any(
            other is not spell and other.runs_on(plus(end, 1)) for other in running[spell.youth]
        )
        without += not follows and not beside
    return FollowUp(stops=stops, without=without, undecided=undecided)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What followed trajectories that ended in a period, within ``chain_days``.

    ``heavier`` and ``lighter`` are forms further on or back in the order of the region, ``other``
    forms without a place in it, ``switched`` the same form at another provider.
    """

    ended: int
    heavier: int
    lighter: int
    other: int
    switched: int
    nothing: int


def steps(found: Trajectories, first: date, last: date, *, intensity: Sequence[str]) -> Steps:
    """The next step after each trajectory that ended in a period.

    ``intensity`` names forms from light to heavy: the region's own order, since none is agreed.
    Follow-up that could still begin after the day of knowledge counts as nothing. A stop or change
    with the reason "to another provider" is a switch also when the next care is not seen.
    """
    rank = {form: number for number, form in enumerate(intensity)}
    by_youth: dict[str, list[Chain]] = defaultdict(list)
    for chain in found.trajectories:
        by_youth[chain.youth].append(chain)
    counts: Counter[str] = Counter()
    for chain in found.trajectories:
        if chain.end is None or not first <= chain.end <= last:
            continue
        counts["ended"] += 1
        following = _following(chain, chain.end, by_youth[chain.youth], found)
        counts[_kind(chain, following, rank, found)] += 1
    return Steps(
        ended=counts["ended"],
        heavier=counts["heavier"],
        lighter=counts["lighter"],
        other=counts["other"],
        switched=counts["switched"],
        nothing=counts["nothing"],
    )


def _following(chain: Chain, end: date, chains: list[Chain], found: Trajectories) -> Chain | None:
    later = [
        item
        for item in chains
        if item is not chain
        and item.begin > end
        and gap(end, item.begin) <= found.choices.chain_days
    ]
    return min(
        later, key=lambda item: (item.begin, item.form or "", item.provider or ""), default=None
    )


def _kind(
    chain: Chain, following: Chain | None, rank: Mapping[str, int], found: Trajectories
) -> str:
    if following is None:
        last = found.assignments.get(chain.assignments[-1]) if chain.assignments else None
        told = chain.reason in _SWITCHES or (
            last is not None and last.reason == _SWITCH_OF_ASSIGNMENT
        )
        return "switched" if told else "nothing"
    if following.form == chain.form:
        return "switched"
    before, after = rank.get(chain.form or ""), rank.get(following.form or "")
    if before is None or after is None or before == after:
        return "other"
    return "heavier" if after > before else "lighter"


def cost_of(found: Trajectories, chain: Chain) -> int:
    """Declared on the assignments of a trajectory, in cents: debit less credit, less refused."""
    return sum(found.declared[key].cents for key in chain.assignments if key in found.declared)
