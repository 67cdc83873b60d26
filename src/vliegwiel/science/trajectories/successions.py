"""Which assignment follows which: new numbers for the same help, and days of new contracts.

Contract changes move whole populations on one day. Unrecognised they look like a wave of stops,
starts and waits of no days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from .assignments import Assignment, AssignmentKey
from .choices import Choices
from .forms import CareForms
from .spans import gap

#: Reasons of change (JZ002) that come from a contract or an office: the help goes on.
CONTRACT_REASONS = frozenset({"03", "10", "11", "12", "14"})
#: Reasons of change with which a youth leaves this help.
LEAVING_REASONS = frozenset({"02", "06", "07", "08", "09"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A day with many more new assignments than usual; ``following`` of them follow another."""

    day: date
    assignments: int
    usual: float
    following: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Successions:
    """For an assignment the one before it and the one after; and those of another form.

    ``relabelled`` holds the followers whose form differs from that of the assignment before them,
    because a contract changed.
    """

    before: Mapping[AssignmentKey, AssignmentKey]
    after: Mapping[AssignmentKey, AssignmentKey]
    relabelled: frozenset[AssignmentKey]
    waves: tuple[Wave, ...]

    def first(self, key: AssignmentKey) -> AssignmentKey:
        """The first of the line that an assignment belongs to."""
        while key in self.before:
            key = self.before[key]
        return key


def successions_of(
    assignments: Iterable[Assignment], *, forms: CareForms, choices: Choices
) -> Successions:
    """Which assignment follows which.

    One follows another of the same youth, provider and form when it begins at most ``chain_days``
    after that ended. When a contract changed (a reason of change that says so, or a wave), it may
    have another form, if it is the only one that adjoins and so is the other.
    """
    lines: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    every = sorted(assignments, key=_order)
    for assignment in every:
        lines[assignment.youth, forms.provider_of(assignment.provider)].append(assignment)
    crowds = _crowds(every, choices)
    before: dict[AssignmentKey, AssignmentKey] = {}
    relabelled: set[AssignmentKey] = set()
    for line in lines.values():
        if len(line) > 1:
            _follow(line, before, choices)
            relabelled |= _relabel(line, before, frozenset(crowds))
    waves = tuple(
        Wave(
            day=day,
            assignments=count,
            usual=usual,
            following=sum(1 for a in every if a.first_begin == day and a.key in before),
        )
        for day, (count, usual) in sorted(crowds.items())
    )
    return Successions(
        before=before,
        after={earlier: later for later, earlier in before.items()},
        relabelled=frozenset(relabelled),
        waves=waves,
    )


def _order(assignment: Assignment) -> tuple[date, AssignmentKey]:
    return assignment.begin, assignment.key


def _crowds(every: list[Assignment], choices: Choices) -> dict[date, tuple[int, float]]:
    """Day -> new assignments, and the usual number on a day that has any."""
    days = Counter(assignment.first_begin for assignment in every)
    if not days:
        return {}
    usual = float(median(days.values()))
    least = max(choices.wave_least, choices.wave_factor * usual + 1e-9)
    return {day: (count, usual) for day, count in days.items() if count >= least}


def _follow(
    line: list[Assignment], before: dict[AssignmentKey, AssignmentKey], choices: Choices
) -> None:
    """Followers of the same form; each assignment has one before it and one after it at most."""
    taken: set[AssignmentKey] = set()
    for later in line:
        candidates = [
            (earlier.end, earlier.begin, earlier.key)
            for earlier in line
            if earlier.form == later.form
            and earlier.begin < later.begin
            and earlier.key not in taken
            and earlier.end is not None
            and 0 <= gap(earlier.end, later.begin) <= choices.chain_days
        ]
        if candidates:
            before[later.key] = max(candidates)[2]
            taken.add(before[later.key])


def _relabel(
    line: list[Assignment],
    before: dict[AssignmentKey, AssignmentKey],
    waves: frozenset[date],
) -> set[AssignmentKey]:
    """Followers of another form after a change of contract, where only one pair adjoins."""
    taken = set(before.values())
    ends: dict[date, list[Assignment]] = defaultdict(list)
    begins: dict[date, list[Assignment]] = defaultdict(list)
    for item in line:
        if item.end is not None and item.key not in taken:
            ends[item.end].append(item)
        if item.key not in before:
            begins[item.begin].append(item)
    found = set()
    for end, enders in ends.items():
        for begin, beginners in begins.items():
            if gap(end, begin) != 0 or len(enders) != 1 or len(beginners) != 1:
                continue
            earlier, later = enders[0], beginners[0]
            if earlier.reason in CONTRACT_REASONS or begin in waves:
                before[later.key] = earlier.key
                found.add(later.key)
    return found


def carried_until(
    assignments: Mapping[AssignmentKey, Assignment],
    started: frozenset[AssignmentKey],
    successions: Successions,
    *,
    choices: Choices,
) -> dict[AssignmentKey, date | None]:
    """The last day until which care on each assignment may go on without a stop (None is open).

    That is the end of the assignment, or of those that follow it and have no start themselves.
    """
    until = {}
    for key, assignment in assignments.items():
        end, following = assignment.end, successions.after.get(key)
        while choices.carry_over and following is not None and following not in started:
            end = assignments[following].end
            following = successions.after.get(following)
        until[key] = end
    return until
