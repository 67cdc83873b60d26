"""Somebody who has every published table and wants to know of fewer than ten youths.

He knows all sums: rows of a table add up to its total, a part is at most its row, who still waits
has not started within the norm, and which rows of two tables hold the same youths. With a linear
programme for each count that he may not know he finds how little and how much it can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from vliegwiel.science.trajectories import Clock, Split
from vliegwiel.science.trajectories.shown_counts import TOTAL, Grouped, Part

#: What a reader sees: table, row and part, with the count.
Published = Mapping[tuple[Split, str, Part], int]
PART_OF = {
    Clock.W1: Part.ALL,
    Clock.W2: Part.ALL,
    Clock.W3: Part.ASKED,
    Clock.W4: Part.ASKED,
    Clock.W5: Part.FIRST,
    Clock.W6: Part.MOVED,
    Clock.W7: Part.WAITING,
}
_BESIDE = (Part.ASKED, Part.FIRST, Part.MOVED, Part.WAITING, Part.NORM)
_LEAST = 10


@dataclass(frozen=True)
class _Secret:
    """A count that is small: one cell, or what is left of a row beside parts of it."""

    name: str
    plus: int
    minus: tuple[int, ...]


def uncovered(published: Published, truth: Grouped) -> Iterator[str]:
    """The small counts that the tables give away, in words."""
    cells = {
        (split, row, part): truth.members(split, row, part)
        for split, rows in truth.rows.items()
        for row in (TOTAL, *rows)
        for part in Part
        if part in truth.parts
    }
    place = {cell: number for number, cell in enumerate(cells)}
    rows: list[np.ndarray] = []
    lower: list[float] = []
    upper: list[float] = []

    def say(terms: Mapping[int, float], low: float, high: float) -> None:
        line = np.zeros(len(cells))
        for at, weight in terms.items():
            line[at] += weight
        rows.append(line)
        lower.append(low)
        upper.append(high)

    same: dict[tuple[Part, frozenset[int]], int] = {}
    for cell, members in cells.items():
        split, row, part = cell
        if members and (part, members) in same:
            say({place[cell]: 1, same[part, members]: -1}, 0, 0)
        same.setdefault((part, members), place[cell])
        if row == TOTAL:
            parts = {place[split, name, part]: 1.0 for name in truth.rows[split]}
            say({place[cell]: -1, **parts}, 0, 0)
        whole = place[split, row, Part.ALL]
        if part is not Part.ALL:
            say({place[cell]: 1, whole: -1}, -np.inf, 0)
        if part is Part.NORM:
            say({place[cell]: 1, place[split, row, Part.WAITING]: 1, whole: -1}, -np.inf, 0)
    low = np.zeros(len(cells))
    high = np.full(len(cells), 10.0 * len(truth.youths))
    for cell, count in published.items():
        assert count == len(cells[cell]), cell
        low[place[cell]] = high[place[cell]] = count
    table, least, most = np.array(rows), np.array(lower), np.array(upper)
    equal = least == most
    for secret in _secrets(cells, place, truth):
        cost = np.zeros(len(cells))
        cost[secret.plus] = 1
        cost[list(secret.minus)] = -1
        ends = [
            sign
            * linprog(
                sign * cost,
                A_eq=table[equal],
                b_eq=most[equal],
                A_ub=table[~equal],
                b_ub=most[~equal],
                bounds=np.column_stack([low, high]),
            ).fun
            for sign in (1, -1)
        ]
        if round(ends[0]) > 0 or round(ends[1]) < _LEAST:
            yield f"{secret.name}: {ends[0]:.0f} to {ends[1]:.0f}"


def _secrets(
    cells: Mapping[tuple[Split, str, Part], frozenset[int]],
    place: Mapping[tuple[Split, str, Part], int],
    truth: Grouped,
) -> list[_Secret]:
    found = []
    for (split, row, part), members in cells.items():
        name, whole = f"{split} {row} {part}", cells[split, row, Part.ALL]
        told = split is Split.REFERRER and part is Part.ASKED and row != TOTAL
        if truth.is_small(members) and not (told and not members):
            found.append(_Secret(name, place[split, row, part], ()))
        if part not in _BESIDE:
            continue
        rest = whole - members
        if truth.is_small(rest) and not (told and not rest):
            found.append(
                _Secret(f"{name}, the rest", place[split, row, Part.ALL],
                        (place[split, row, part],))
            )  # fmt: skip
        if part is Part.NORM:
            late = rest - cells[split, row, Part.WAITING]
            if truth.is_small(late):
                both = (place[split, row, part], place[split, row, Part.WAITING])
                found.append(_Secret(f"{name}, late", place[split, row, Part.ALL], both))
    return found
