"""What must hold in the parts that a care system may do without: ages, success, observed stays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vliegwiel.science.kernel import Fault

from .faults import fault
from .model import AgeBand, CareSystem, CareType, ObservedStays

#: How far the written mean of observed stays may lie from that of their points.
MEAN_TOLERANCE = 0.01


def check_optional(system: CareSystem) -> Iterator[Fault]:
    """Faults of the optional parts, and of what asks for a part that is not there."""
    yield from _ages(system)
    for i, care_type in enumerate(system.care_types):
        path = f"care_types[{i}]"
        yield from _observed(f"{path}.stay", care_type)
        if care_type.next_without_success and care_type.success is None:
            yield fault(f"{path}.next_without_success", "needs_success")
    back, known = system.reentry, [care.success for care in system.care_types if care.success]
    if back is not None and back.probability_without_success is not None and not known:
        yield fault("reentry.probability_without_success", "needs_success")


def age_lists(system: CareSystem) -> list[tuple[str, Sequence[AgeBand]]]:
    """Every list of shares of ages, with its path."""
    found: list[tuple[str, Sequence[AgeBand]]] = []
    if system.ages is not None:
        found += [("ages.at_entry", system.ages.at_entry), ("ages.at_start", system.ages.at_start)]
    found += [(f"referrers[{i}].ages", r.ages) for i, r in enumerate(system.referrers) if r.ages]
    found += [
        (f"care_types[{i}].ages_at_start", care_type.ages_at_start)
        for i, care_type in enumerate(system.care_types)
        if care_type.ages_at_start
    ]
    return found


def _ages(system: CareSystem) -> Iterator[Fault]:
    for path, bands in age_lists(system):
        yield from _bands(path, bands)
        if system.ages is None:
            yield fault(path, "needs_ages")
        elif "at_start" not in path:
            yield from _not_too_old(path, bands, system.ages.leave_at.value)
    for i, care_type in enumerate(system.care_types):
        if care_type.until_age is not None and system.ages is None:
            yield fault(f"care_types[{i}].until_age", "needs_ages")
    for i, priority in enumerate(system.priorities):
        path, span = f"priorities[{i}].ages", priority.ages
        if span is not None and system.ages is None:
            yield fault(path, "needs_ages")
        if span is not None and span.from_ >= span.to:
            yield fault(path, "age_order", **{"from": span.from_, "to": span.to})


def _bands(path: str, bands: Sequence[AgeBand]) -> Iterator[Fault]:
    for j, band in enumerate(bands):
        words = {"from": band.from_, "to": band.to}
        if band.from_ >= band.to:
            yield fault(f"{path}[{j}]", "age_order", **words)
        for other in bands[:j]:
            if band.from_ < other.to and other.from_ < band.to:
                yield fault(f"{path}[{j}]", "age_overlap", other=other.name, **words)


def _not_too_old(path: str, bands: Sequence[AgeBand], leave_at: float) -> Iterator[Fault]:
    for j, band in enumerate(bands):
        if band.to > math.ceil(leave_at) and band.share.value > 0:
            yield fault(f"{path}[{j}].to", "too_old_to_enter", age=band.to - 1, leave=leave_at)


def _observed(path: str, care_type: CareType) -> Iterator[Fault]:
    stay = care_type.stay
    if stay.distribution != "observed":
        if stay.observed is not None:
            yield fault(f"{path}.observed", "needless_observed", distribution=stay.distribution)
        return
    if stay.observed is None:
        yield fault(path, "needs_observed")
        return
    wrong = list(_points(f"{path}.observed.points", stay.observed))
    yield from wrong
    mean, written = stay.observed.mean, stay.mean.value
    if not wrong and abs(mean - written) > MEAN_TOLERANCE * max(mean, written):
        yield fault(f"{path}.mean", "observed_mean", computed=mean, value=written)


def _points(path: str, found: ObservedStays) -> Iterator[Fault]:
    low, high = found.points[0].share, found.points[-1].share
    if low != 0.0 or high != 1.0:
        yield fault(path, "observed_ends", low=low, high=high)
    for j, (before, after) in enumerate(pairwise(found.points), start=1):
        if after.share <= before.share:
            yield fault(
                f"{path}[{j}].share", "observed_order", before=before.share, after=after.share
            )
        if after.days < before.days:
            yield fault(f"{path}[{j}].days", "observed_order", before=before.days, after=after.days)
