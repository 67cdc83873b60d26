"""Small counts of persons are not shown, and cannot be worked out from what is.

A cell below ``LEAST_SHOWN`` is hidden. Who knows the totals could subtract, so other cells are
hidden with it. Which ones is an integer programme for each small cell in turn, after Kelly, Golden
and Assad (1992, Networks 22:397-417) and Fischetti and Salazar (2001, Management Science
47:1008-1027); what is needless in the end is shown again. That the outcome protects is checked
exactly, with the programme of somebody who tries to find a cell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: The smallest count of persons that is shown.
LEAST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Margin:
    """A sum that everybody can do: the cell ``total`` is the sum of the cells ``parts``.

    Also a later count that holds an earlier one: June is May and what came after.
    """

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be shown of a table.

    ``shown`` are cells with their counts. ``small`` are hidden because they are small, and
    ``beside`` are hidden because a small one could be worked out from them: on a page both look the
    same, for telling them apart would tell too much.
    """

    shown: Mapping[str, int]
    small: frozenset[str]
    beside: frozenset[str]


def protect(
    counts: Mapping[str, int],
    margins: Sequence[Margin] = (),
    *,
    least: int = LEAST_SHOWN,
    keep: Mapping[str, float] | None = None,
    also: Collection[str] = (),
    unpublished: Collection[str] = (),
) -> Protected:
    """Hide every count below ``least``, and what would give one away.

    ``counts`` are persons by cell, totals included; ``margins`` are the sums among them. No small
    cell can be narrowed down from what is shown: everything from 0 to ``least`` stays possible.
    Zero is small as well: it says something about everybody in a cell. Of the cells that could be
    hidden beside a small one those with the smallest sum of counts are; ``keep`` multiplies the
    count of cells that should rather stay (a total, say). ``also`` are small for a reason that the
    count does not tell, such as few persons behind many waits. ``unpublished`` are cells that no
    table shows, but that follow from others: hiding them costs nothing, and a small one among them
    must not follow from what is shown. Cell after cell this is the best answer, over the whole
    table a good one. It depends on nothing but the arguments.

    Raises ValueError for counts below zero, and margins that name unknown cells or do not add up.
    """
    _check(counts, margins)
    small = frozenset(cell for cell, count in counts.items() if count < least or cell in also)
    never = frozenset(unpublished)
    table = _Table(counts, margins, {**(keep or {}), **dict.fromkeys(never, 0.0)})
    hidden = set(small | never)
    if len(hidden) == len(counts):
        return Protected({}, small, frozenset(hidden) - small)
    for cell in sorted(small, key=lambda name: (counts[name], name)):
        for high in (True, False):
            if not table.is_possible(cell, frozenset(hidden), least if high else 0, high=high):
                shift = least - counts[cell] if high else -counts[cell]
                hidden |= table.needed(cell, shift, frozenset(hidden))
    for cell in sorted(hidden - small - never, key=lambda name: (-table.price(name), name)):
        fewer = frozenset(hidden - {cell})
        if table.is_safe(small, fewer, least):
            hidden = set(fewer)
    return Protected(
        shown={cell: count for cell, count in counts.items() if cell not in hidden},
        small=small,
        beside=frozenset(hidden) - small,
    )


def bounds(
    counts: Mapping[str, int], margins: Sequence[Margin], hidden: frozenset[str]
) -> Mapping[str, tuple[int, int | None]]:
    """Least and most that each hidden cell can be for who sees the others; None without a most.

    Exact: an integer programme each way, for somebody who knows the sums and that no count is
    below zero. Raises as :func:`protect` does.
    """
    _check(counts, margins)
    table = _Table(counts, margins, {})
    return {cell: table.range_of(cell, hidden) for cell in sorted(hidden)}


def _check(counts: Mapping[str, int], margins: Sequence[Margin]) -> None:
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count of persons is not below zero")
    for margin in margins:
        unknown = {margin.total, *margin.parts} - counts.keys()
        if unknown:
            raise ValueError(f"a margin names unknown cells: {', '.join(sorted(unknown))}")
        if counts[margin.total] != sum(counts[part] for part in margin.parts):
            raise ValueError(f"the parts of {margin.total} do not add up to it")


class _Table:
    """Counts and sums as arrays, and the two questions that are asked of them."""

    def __init__(
        self,
        counts: Mapping[str, int],
        margins: Sequence[Margin],
        keep: Mapping[str, float],
    ) -> None:
        self._cells = sorted(counts)
        self._place = {cell: number for number, cell in enumerate(self._cells)}
        self._counts = np.array([counts[cell] for cell in self._cells], dtype=np.float64)
        # Tables that could be the true one for somebody: most questions are answered by these.
        self._possible: list[NDArray[np.float64]] = [self._counts]
        self._prices = np.array(
            [(counts[cell] + 1.0) * keep.get(cell, 1.0) for cell in self._cells]
        )
        self._sums = np.zeros((len(margins), len(self._cells)))
        for row, margin in enumerate(margins):
            self._sums[row, self._place[margin.total]] += 1.0
            for part in margin.parts:
                self._sums[row, self._place[part]] -= 1.0

    def price(self, cell: str) -> float:
        """What hiding a cell costs."""
        return float(self._prices[self._place[cell]])

    def needed(self, cell: str, shift: int, hidden: frozenset[str]) -> set[str]:
        """The cheapest cells to hide so that a cell could be so much more (or less).

        Every cell may rise and fall by whole numbers, none below zero, and sums stay sums; a cell
        that is shown may not move, unless it is paid for.
        """
        number = len(self._cells)
        most = float(self._counts.sum() + abs(shift) + 1)
        free = np.array([name in hidden for name in self._cells])
        rise = np.full(number, most)
        # Columns: how much each cell rises, how much it falls, whether it is hidden.
        upper = np.concatenate([rise, self._counts, np.ones(number)])
        lower = np.concatenate([np.zeros(2 * number), free.astype(np.float64)])
        place = self._place[cell]
        upper[place] = lower[place] = max(shift, 0)
        upper[number + place] = lower[number + place] = max(-shift, 0)
        sums = np.hstack([self._sums, -self._sums, np.zeros_like(self._sums)])
        one = np.eye(number)
        moves = np.hstack([one, one, -most * one])
        cost = np.concatenate([np.zeros(2 * number), np.where(free, 0.0, self._prices)])
        solved = _solve(cost, sums, 0.0, lower, upper, extra=moves)
        assert solved is not None  # all cells hidden is always an answer
        rise, fall = np.round(solved[:number]), np.round(solved[number : 2 * number])
        self._possible.append(self._counts + rise - fall)
        chosen = solved[2 * number :] > 0.5
        return {name for name, taken in zip(self._cells, chosen, strict=True) if taken}

    def range_of(self, cell: str, hidden: frozenset[str]) -> tuple[int, int | None]:
        """Least and most of a hidden cell."""
        free = np.array([name in hidden for name in self._cells])
        lower = np.where(free, 0.0, self._counts)
        # Beyond this a cell that has no most would have none.
        endless = 2.0 * float(self._counts.sum()) + 1_000.0
        upper = np.where(free, endless, self._counts)
        place = self._place[cell]
        found = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self._cells))
            cost[place] = sign
            found.append(round(float(self._end_of(cost, lower, upper)[place])))
        most = found[1]
        return found[0], None if most >= self._counts.sum() + 1_000 else most

    def _end_of(
        self,
        cost: NDArray[np.float64],
        lower: NDArray[np.float64],
        upper: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """A table that could be the true one, at one end of what is possible."""
        solved = _solve(cost, self._sums, 0.0, lower, upper)
        assert solved is not None  # the counts themselves are an answer
        return np.round(solved)

    def is_safe(self, small: frozenset[str], hidden: frozenset[str], least: int) -> bool:
        """Whether every small cell can still be anything from 0 to ``least``."""
        return all(
            self.is_possible(cell, hidden, least if high else 0, high=high)
            for cell in sorted(small)
            for high in (True, False)
        )

    def is_possible(self, cell: str, hidden: frozenset[str], bound: int, *, high: bool) -> bool:
        """Whether a hidden cell can be so much or more (``high``), or so little or less.

        Possible tables that were found before are looked at first: one in which no shown cell
        differs is possible now too.
        """
        place, sign = self._place[cell], -1.0 if high else 1.0
        free = np.array([name in hidden for name in self._cells])
        for table in reversed(self._possible):
            if sign * table[place] <= sign * bound and bool(np.all(free | (table == self._counts))):
                return True
        cost = np.zeros(len(self._cells))
        cost[place] = sign
        lower = np.where(free, 0.0, self._counts)
        upper = np.where(free, 2.0 * float(self._counts.sum()) + 1_000.0, self._counts)
        solved = self._end_of(cost, lower, upper)
        self._possible.append(solved)
        return sign * float(solved[place]) <= sign * bound


def _solve(
    cost: NDArray[np.float64],
    sums: NDArray[np.float64],
    equal: float,
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    *,
    extra: NDArray[np.float64] | None = None,
) -> NDArray[np.float64] | None:
    """Whole numbers of the least cost; None when there are none. ``extra`` rows are at most 0."""
    # It takes long to load, and only who hides cells needs it.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    constraints: list[Any] = []
    if len(sums):
        constraints.append(LinearConstraint(sums, equal, equal))
    if extra is not None:
        constraints.append(LinearConstraint(extra, -np.inf, 0.0))
    solved = milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=Bounds(lower, upper),
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    return None if solved.x is None else np.asarray(solved.x, dtype=np.float64)
