"""What must hold in the parts that a care system may do without: ages, success, observed days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vliegwiel.science.kernel import Fault

from .age_validation import check_ages
from .faults import fault
from .model import CareSystem, CareType, ObservedDays
from .quantity import Fitted, Printed

#: How far the written mean of observed stays may lie from that of their points.
MEAN_TOLERANCE = 0.01


def check_optional(system: CareSystem) -> Iterator[Fault]:
    """Faults of the optional parts, and of what asks for a part that is not there."""
    yield from check_ages(system)
    sources = frozenset(source.id for source in system.sources)
    for i, care_type in enumerate(system.care_types):
        path = f"care_types[{i}]"
        yield from _observed(f"{path}.stay", care_type)
        yield from _so_far(path, care_type, sources)
        if care_type.next_without_success and care_type.success is None:
            yield fault(f"{path}.next_without_success", "needs_success")
    back, known = system.reentry, [care.success for care in system.care_types if care.success]
    if back is not None and back.probability_without_success is not None and not known:
        yield fault("reentry.probability_without_success", "needs_success")


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


def _so_far(path: str, care_type: CareType, sources: frozenset[str]) -> Iterator[Fault]:
    """How long those who are there at the start have waited or been in care."""
    if care_type.waited_at_start is not None and care_type.waiting_at_start is None:
        yield fault(f"{path}.waited_at_start", "needs_waiting")
    for name in ("waited_at_start", "in_care_since_at_start"):
        found = getattr(care_type, name)
        if found is None:
            continue
        yield from _points(f"{path}.{name}.points", found)
        origin = found.provenance
        if isinstance(origin, Printed | Fitted) and origin.source not in sources:
            where = f"{path}.{name}.provenance.source"
            yield fault(where, "unknown_source", source=origin.source)


def _points(path: str, found: ObservedDays) -> Iterator[Fault]:
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
