"""What must hold between the ages of youths and the ages at which care stops."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from vliegwiel.science.kernel import Fault

from .faults import fault
from .model import AgeBand, Ages, CareSystem, CareType

Bands = Sequence[AgeBand]


@dataclass(frozen=True, slots=True)
class _Way:
    """Where youths can go next, and where the document says so."""

    path: str
    to: str


def age_lists(system: CareSystem) -> list[tuple[str, Bands]]:
    """Every list of shares of ages, with its path."""
    found: list[tuple[str, Bands]] = []
    if system.ages is not None:
        found += [("ages.at_entry", system.ages.at_entry), ("ages.at_start", system.ages.at_start)]
    found += [(f"referrers[{i}].ages", r.ages) for i, r in enumerate(system.referrers) if r.ages]
    found += [
        (f"care_types[{i}].ages_at_start", care_type.ages_at_start)
        for i, care_type in enumerate(system.care_types)
        if care_type.ages_at_start
    ]
    return found


def check_ages(system: CareSystem) -> Iterator[Fault]:
    """Faults of the ages themselves, and of youths who come to care that is not for their age."""
    for path, bands in age_lists(system):
        yield from _bands(path, bands)
        if system.ages is None:
            yield fault(path, "needs_ages")
    for i, care_type in enumerate(system.care_types):
        if care_type.until_age is not None and system.ages is None:
            yield fault(f"care_types[{i}].until_age", "needs_ages")
    for i, priority in enumerate(system.priorities):
        path, span = f"priorities[{i}].ages", priority.ages
        if span is not None and system.ages is None:
            yield fault(path, "needs_ages")
        if span is not None and span.from_ >= span.to:
            yield fault(path, "age_order", **{"from": span.from_, "to": span.to})
    if system.ages is not None:
        limits = _limits(system, system.ages)
        yield from _referred_too_old(system, limits)
        yield from _there_too_old(system, system.ages, limits)
        yield from _always_too_old(system, system.ages, limits)


def _bands(path: str, bands: Bands) -> Iterator[Fault]:
    for j, band in enumerate(bands):
        words = {"from": band.from_, "to": band.to}
        if band.from_ >= band.to:
            yield fault(f"{path}[{j}]", "age_order", **words)
        for other in bands[:j]:
            if band.from_ < other.to and other.from_ < band.to:
                yield fault(f"{path}[{j}]", "age_overlap", other=other.name, **words)


def _limits(system: CareSystem, ages: Ages) -> dict[str, float]:
    """The age at which each care type stops."""
    return {
        care.id: care.until_age.value if care.until_age is not None else ages.leave_at.value
        for care in system.care_types
    }


def _referred_too_old(system: CareSystem, limits: Mapping[str, float]) -> Iterator[Fault]:
    """Bands of ages of which a part is sent to care that has stopped for them.

    Each list is held against the care type, of those that its referrers send to, that stops first.
    """
    strictest: dict[str, str] = {}
    for i, referrer in enumerate(system.referrers):
        path = f"referrers[{i}].ages" if referrer.ages else "ages.at_entry"
        for destination in referrer.destinations:
            name = destination.care_type
            if name in limits and destination.share.value > 0:
                known = strictest.setdefault(path, name)
                strictest[path] = min(known, name, key=limits.__getitem__)
    lists = dict(age_lists(system))
    for path, name in strictest.items():
        yield from _beyond(path, lists[path], name, limits[name], "too_old_to_enter")


def _there_too_old(system: CareSystem, ages: Ages, limits: Mapping[str, float]) -> Iterator[Fault]:
    for i, care in enumerate(system.care_types):
        if not _begins_with_youths(care):
            continue
        bands, path = care.ages_at_start or ages.at_start, f"care_types[{i}]"
        where = f"{path}.ages_at_start"
        found = list(_beyond(where, bands, care.id, limits[care.id], "too_old_at_start"))
        if care.ages_at_start:
            yield from found
        elif found:
            yield replace(found[-1], path=path)


def _beyond(path: str, bands: Bands, name: str, limit: float, code: str) -> Iterator[Fault]:
    for j, band in enumerate(bands):
        if band.to > math.ceil(limit) and band.share.value > 0:
            yield fault(f"{path}[{j}].to", code, age=band.to - 1, id=name, leave=limit)


def _begins_with_youths(care: CareType) -> bool:
    waiting = care.waiting_at_start.value if care.waiting_at_start is not None else 0.0
    return care.in_care_at_start.value > 0 or waiting > 0


def _always_too_old(system: CareSystem, ages: Ages, limits: Mapping[str, float]) -> Iterator[Fault]:
    """Ways between care types on which everybody is too old for where it leads.

    Youths only grow older, so the youngest age at which a care type can be reached decides.
    """
    youngest = _youngest_first(system, ages)
    ways = {care.id: _ways(i, care) for i, care in enumerate(system.care_types)}
    back = [
        _Way(f"reentry.destinations[{j}]", destination.care_type)
        for j, destination in enumerate(system.reentry.destinations if system.reentry else ())
        if destination.share.value > 0
    ]
    _spread(youngest, ways, back, limits)
    cared_for = [age for name, age in youngest.items() if age < limits[name]]
    returning = min(cared_for, default=math.inf)
    for name, found in ways.items():
        if youngest.get(name, math.inf) < limits[name]:
            yield from _too_old_on(found, youngest[name], limits)
    if math.isfinite(returning):
        yield from _too_old_on(back, returning, limits)


def _too_old_on(
    ways: Sequence[_Way], youngest: float, limits: Mapping[str, float]
) -> Iterator[Fault]:
    for way in ways:
        limit = limits.get(way.to, math.inf)
        if youngest >= limit:
            yield fault(way.path, "always_too_old", id=way.to, leave=limit, age=youngest)


def _youngest_first(system: CareSystem, ages: Ages) -> dict[str, float]:
    """The youngest age at which youths are referred to a care type, or there at the start."""
    found: dict[str, float] = {}

    def note(name: str, bands: Bands) -> None:
        age = min((band.from_ for band in bands if band.share.value > 0), default=math.inf)
        found[name] = min(found.get(name, math.inf), age)

    known = set(system.care_type_ids)
    for referrer in system.referrers:
        for destination in referrer.destinations:
            if destination.care_type in known and destination.share.value > 0:
                note(destination.care_type, referrer.ages or ages.at_entry)
    for care in system.care_types:
        if _begins_with_youths(care):
            note(care.id, care.ages_at_start or ages.at_start)
    return found


def _ways(i: int, care: CareType) -> list[_Way]:
    """After care and from the queue, as far as anybody goes there."""
    path = f"care_types[{i}]"
    found = [
        _Way(f"{path}.{name}[{j}]", step.care_type)
        for name, steps in care.steps
        for j, step in enumerate(steps)
        if step.probability.value > 0
    ]
    patience = care.patience
    if patience is not None and isinstance(patience.leave_to, str):
        found.append(_Way(f"{path}.patience.leave_to", patience.leave_to))
    elif patience is not None:
        found += [
            _Way(f"{path}.patience.leave_to[{j}]", destination.care_type)
            for j, destination in enumerate(patience.destinations)
            if destination.share.value > 0
        ]
    return found


def _spread(
    youngest: dict[str, float],
    ways: Mapping[str, Sequence[_Way]],
    back: Sequence[_Way],
    limits: Mapping[str, float],
) -> None:
    """Follow the ways until no care type can be reached at a younger age any more."""
    changed = True
    while changed:
        changed = False
        for name in list(youngest):
            age = youngest[name]
            if age >= limits[name]:
                continue
            for way in chain(ways[name], back):
                if way.to in limits and age < youngest.get(way.to, math.inf):
                    youngest[way.to] = age
                    changed = True
