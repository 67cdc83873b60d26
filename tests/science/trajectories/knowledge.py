"""What somebody knows of counts: those that he saw, and what everybody can reckon with them.

With two linear programmes for each count that he may not know he finds how little and how much it
can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from vliegwiel.science.trajectories.shown_counts import TOTAL

LEAST = 10
#: What a count is of: waits or gaps, each with its youth.
Members = frozenset[tuple[object, ...]]


@dataclass
class Knowledge:
    """Counts by name, what was seen of them, and what everybody can reckon with them.

    Counts with the same word in ``about`` count the same thing in another table: those of the very
    same members are known to be equal. ``told`` are small counts that the words themselves tell,
    such as a referrer without a request.
    """

    members: dict[str, Members] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    at_most: list[tuple[str, str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    about: dict[str, str] = field(default_factory=dict)
    giving: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def count(
        self, name: str, members: Iterable[tuple[object, ...]], seen: int | None, about: str = ""
    ) -> str:
        """Adds a count; the truth stands behind it, and what was shown must agree with it."""
        self.members[name] = frozenset(members)
        if about:
            self.about[name] = about
        if seen is not None:
            assert seen == len(self.members[name]), name
            self.seen[name] = seen
        return name

    def split(self, whole: str, parts: Sequence[str]) -> None:
        """The parts of a whole: they add up to it."""
        self.sums.append((whole, tuple(parts)))

    def part(self, part: str, whole: str) -> None:
        """A part of a whole; what is left of it is a count too, which nobody may know if small."""
        rest = self.count(f"{whole} but {part}", self.members[whole] - self.members[part], None)
        self.sums.append((whole, (part, rest)))

    def is_small(self, name: str) -> bool:
        """Whether it is of fewer than ten youths."""
        return len({youth for youth, *_rest in self.members[name]}) < LEAST

    def uncovered(self) -> Iterator[str]:
        """The small counts known to be below ten, or known exactly, in words.

        What somebody knows beforehand may tell a count whatever is published: it must then stay
        hidden from who knows less.
        """
        secrets = [name for name in self.members if self.is_small(name) and name not in self.told]
        for giving, chance in ((True, True), (True, False), (False, False)):
            sums = self.sums + (self.giving if giving else [])
            known = _Premises(self, sums, self._alike(chance=chance))
            told = []
            for name in secrets:
                high = known.certain(name, self.seen)
                if high is None:
                    continue
                if known.certain(name, {}) is not None:
                    told.append(name)
                else:
                    yield f"{name}: at most {high:.0f}, truly {len(self.members[name])}"
            secrets = told

    def _alike(self, *, chance: bool) -> Iterator[tuple[str, str]]:
        """Counts of the same members; also those of other rows, that are so by chance."""
        first: dict[tuple[object, ...], str] = {}
        for name, members in self.members.items():
            # That a part is all of a total is not known, save of the total of another table.
            if members and name in self.about:
                rows = _rows_in(name)
                kind = "row" if rows else TOTAL
                key = (self.about[name], kind, members, () if chance else rows)
                if first.setdefault(key, name) != name:
                    yield first[key], name


def _rows_in(name: str) -> tuple[str, ...]:
    """The rows that a count is of, by name; none for the total of all."""
    table, *words = name.split("|")
    if table.endswith("quarter"):
        return tuple(word for word in words if word != TOTAL)
    if "gaps" in table:
        return (words[-1],)
    return tuple(word for word in words[:1] if word != TOTAL)


class _Premises:
    """What somebody knows of counts before he sees any, as rows of a linear programme."""

    def __init__(
        self,
        know: Knowledge,
        sums: Iterable[tuple[str, tuple[str, ...]]],
        alike: Iterable[tuple[str, str]],
    ) -> None:
        self._know = know
        self._place = place = {name: number for number, name in enumerate(know.members)}
        equal = [{place[whole]: -1.0, **{place[part]: 1.0 for part in parts}}
                 for whole, parts in sums]  # fmt: skip
        equal += [{place[one]: -1.0, place[other]: 1.0} for one, other in alike]
        below = [{place[part]: 1.0, place[whole]: -1.0} for part, whole in know.at_most]
        self._sums, self._less = _matrix(equal, len(place)), _matrix(below, len(place))
        self._most = float(sum(map(len, know.members.values())) or 1)

    def certain(self, name: str, seen: Mapping[str, int]) -> float | None:
        """The most that a count can be, if that is below ten or nothing else is possible."""
        cost = np.zeros(len(self._place))
        cost[self._place[name]] = 1
        truth, high = len(self._know.members[name]), -self._least(-cost, seen)
        if round(high) < LEAST or (round(high) == truth == round(self._least(cost, seen))):
            return high
        return None

    def _least(self, cost: np.ndarray, seen: Mapping[str, int]) -> float:
        ends = [(seen.get(name, 0), seen.get(name, self._most)) for name in self._place]
        found = linprog(
            cost,
            A_ub=self._less,
            b_ub=np.zeros(self._less.shape[0]),
            A_eq=self._sums,
            b_eq=np.zeros(self._sums.shape[0]),
            bounds=ends,
        )
        assert found.fun is not None, "what is known cannot be true"
        return float(found.fun)


def _matrix(lines: Sequence[Mapping[int, float]], width: int) -> Any:
    """Sparse, which linprog takes but its types do not know."""
    found = [(row, at, value) for row, line in enumerate(lines) for at, value in line.items()]
    rows, columns, values = zip(*found, strict=True) if found else ((), (), ())
    return csr_matrix((values, (rows, columns)), shape=(len(lines), width))


def without_protection(know: Knowledge) -> Knowledge:
    """The small counts hidden, and nothing else: what is left of a sum is one of them."""
    shown = {name: len(members) for name, members in know.members.items()
             if not know.is_small(name)}  # fmt: skip
    return replace(know, seen=shown)
