"""Quarters, and what makes no sense in a planning: circles, and items before what they need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from vliegwiel.reference import AgendaItem

Problem = Literal["circle", "before", "gone", "backwards", "half"]


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """From 2026-Q3; None from nothing. Raises ValueError from anything else."""
        if not text:
            return None
        year, _dash, number = text.partition("-Q")
        if number not in {"1", "2", "3", "4"} or not year.isdecimal():
            raise ValueError(f"not a quarter: {text}")
        return cls(int(year), int(number))

    @classmethod
    def at(cls, count: int) -> Self:
        """The quarter at a place in the row of all quarters, as `count` gives it."""
        return cls(count // 4, count % 4 + 1)

    @property
    def count(self) -> int:
        """Its place in the row of all quarters."""
        return self.year * 4 + self.number - 1

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the planning that makes no sense.

    circle: `items` need each other, round. before: the first begins before the second is ready.
    gone: the item needs something that is not on the agenda (`missing`). backwards: it ends before
    it begins. half: one of both quarters is missing.
    """

    problem: Problem
    items: tuple[str, ...]
    missing: str = ""


def troubles(items: Sequence[AgendaItem]) -> Sequence[Trouble]:
    """Everything that makes no sense in the planning of these items, in their order."""
    known = {item.key: item for item in items}
    found: list[Trouble] = []
    for item in items:
        starts, ends = Quarter.read(item.starts), Quarter.read(item.ends)
        if (starts is None) != (ends is None):
            found.append(Trouble("half", (item.key,)))
        elif starts is not None and ends is not None and ends < starts:
            found.append(Trouble("backwards", (item.key,)))
        for key in item.needs:
            needed = known.get(key)
            if needed is None:
                found.append(Trouble("gone", (item.key,), key))
            elif begins_too_early(item, needed):
                found.append(Trouble("before", (item.key, key)))
    found += [Trouble("circle", circle) for circle in circles(known)]
    return found


def begins_too_early(item: AgendaItem, needed: AgendaItem) -> bool:
    """Whether an item begins before the quarter in which what it needs ends."""
    starts, ready = Quarter.read(item.starts), Quarter.read(needed.ends or needed.starts)
    return starts is not None and ready is not None and starts < ready


def circles(items: Mapping[str, AgendaItem]) -> Sequence[tuple[str, ...]]:
    """Groups of items that need each other, each once, without recursion for long chains.

    Tarjan's strongly connected components, by Nuutila's order of visiting.
    """
    place: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found: list[tuple[str, ...]] = []
    for first in items:
        if first in place:
            continue
        path = [(first, iter(_needed(items, first)))]
        place[first] = lowest[first] = len(place)
        waiting.append(first)
        while path:
            key, others = path[-1]
            other = next((name for name in others if name not in place), None)
            if other is not None:
                place[other] = lowest[other] = len(place)
                waiting.append(other)
                path.append((other, iter(_needed(items, other))))
                continue
            path.pop()
            lowest[key] = min(
                [place[key], *(lowest[name] for name in _needed(items, key) if name in waiting)]
            )
            if lowest[key] == place[key]:
                start = waiting.index(key)
                group, waiting[start:] = tuple(waiting[start:]), []
                if len(group) > 1 or key in items[key].needs:
                    found.append(group)
    return found


def _needed(items: Mapping[str, AgendaItem], key: str) -> list[str]:
    return [name for name in items[key].needs if name in items]


def span(items: Iterable[AgendaItem]) -> tuple[Quarter, Quarter] | None:
    """The first and the last quarter in which something is planned; None without planning."""
    quarters = [
        quarter
        for item in items
        for quarter in (Quarter.read(item.starts), Quarter.read(item.ends))
        if quarter is not None
    ]
    return (min(quarters), max(quarters)) if quarters else None
