"""Everything that is estimated from the visits of a region, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .lengths import LengthFit, Lengths, fit_lengths, lengths_of
from .rates import RateFit, fit_rate
from .returning import ReturnFit, fit_returns
from .shares import ShareFit, shares
from .so_far import SoFar, so_far
from .visits import Came, Ending, Visits, in_care_at, waiting_at
from .waiting import PatienceFit, PlacesFit, fit_patience, fit_places

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

#: Names of sources for youths of whom no referrer is known, or who came back.
UNKNOWN_SOURCE, RETURNED_SOURCE = "unknown", "returned"
#: Ends with and without success that are needed of each, to tell apart what follows.
ENDS_FOR_SUCCESS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFit:
    """How many youths a source sends, and the shares that go to each care type."""

    rate: RateFit
    to: Mapping[str, ShareFit]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionFit:
    """The chance that care goes on beyond its agreed end, and for how many days on average."""

    probability: ShareFit
    length: LengthFit


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFit:
    """What is known of a care type.

    ``stay`` is None where nobody was seen in care. ``next`` holds shares of those who ended (with
    success, when ``success`` is not None), with ``out`` among them; ``next_unknown`` is the number
    that ended of whom it is not known what followed. ``leave_to`` are shares of who gave up.
    ``start_unknown`` were in care of whom nobody knows since when. ``in_care`` and ``waiting`` are
    there at the end of the observation, ``waited`` tells for how long the latter have waited, and
    may be told as it is.
    """

    arrivals: int
    stay: LengthFit | None
    extension: ExtensionFit | None
    success: ShareFit | None
    next: Mapping[str, ShareFit]
    next_without_success: Mapping[str, ShareFit]
    next_unknown: int
    start_unknown: int
    patience: PatienceFit | None
    leave_to: Mapping[str, ShareFit]
    places: PlacesFit
    in_care: int
    waiting: int
    waited: SoFar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """All estimates from visits between two days, by name of source, municipality and care type."""

    begin: date
    end: date
    days: float
    months: int
    sources: Mapping[str, SourceFit]
    municipalities: Mapping[str, ShareFit]
    care_types: Mapping[str, CareFit]
    returns: ReturnFit | None


def estimate(visits: Visits, *, grace: float = 0.0) -> Estimates:
    """Estimate everything; care types in which nobody was seen are left out.

    Args:
        grace: days that somebody waits without places being the reason, such as paper work.

    Raises:
        ValueError: when the observation holds no whole month, or nobody came in it.
    """
    months = visits.months
    if not months:
        raise ValueError("the observation must hold a whole calendar month")
    back = fit_returns(visits)
    sources = _sources(visits, returned=back is None)
    if not sources:
        raise ValueError("nobody came in the observation")
    referred = visits.source >= Came.UNKNOWN
    return Estimates(
        begin=visits.begin,
        end=visits.end,
        days=visits.until,
        months=len(months),
        sources=sources,
        municipalities=shares(visits.municipality[referred], visits.municipalities),
        care_types={
            name: _care(visits.those(visits.care_type == i), grace)
            for i, name in enumerate(visits.care_types)
            if np.any(visits.care_type == i)
        },
        returns=back,
    )


def _sources(visits: Visits, *, returned: bool) -> dict[str, SourceFit]:
    """The sources that sent somebody in the whole months of the observation."""
    months = visits.months
    edges = visits.edges(months)
    within = (visits.arrived >= edges[0]) & (visits.arrived < edges[-1])
    numbers = {name: number for number, name in enumerate(visits.sources)}
    numbers[UNKNOWN_SOURCE] = int(Came.UNKNOWN)
    if returned:
        numbers[RETURNED_SOURCE] = int(Came.RETURNED)
    found = {}
    for name, number in numbers.items():
        own = within & (visits.source == number)
        if own.any():
            counts = np.histogram(visits.arrived[own], bins=edges)[0]
            to = shares(visits.care_type[own], visits.care_types)
            found[name] = SourceFit(rate=fit_rate(counts, months), to=to)
    return found


def _care(own: Visits, grace: float) -> CareFit:
    """The estimates of one care type, from its visits."""
    names = (*own.care_types, "base", "out")
    ended = (own.ending == Ending.CARE) & (own.ended >= 0.0)
    succeeded, failed = (ended & (own.success == value) for value in (1, 0))
    counts = [int(np.count_nonzero(which & (own.next >= 0))) for which in (succeeded, failed)]
    tells_success = min(counts) >= ENDS_FOR_SUCCESS
    stay, extension = _stays(own)
    gave_up = (own.ending == Ending.WAITING) & (own.ended >= 0.0)
    now, there = np.array([own.until]), np.isnan(own.ended)
    return CareFit(
        arrivals=int(np.count_nonzero(own.arrived >= 0.0)),
        stay=stay,
        extension=extension,
        success=_part(succeeded, succeeded | failed) if tells_success else None,
        next=shares(own.next[succeeded if tells_success else ended], names),
        next_without_success=shares(own.next[failed], names) if tells_success else {},
        next_unknown=int(np.count_nonzero(ended & (own.next < 0))),
        start_unknown=int(np.count_nonzero(np.isneginf(own.started))),
        patience=fit_patience(own),
        leave_to=shares(own.next[gave_up], names),
        places=fit_places(own, grace=grace),
        in_care=int(in_care_at(own, now)[0]),
        waiting=int(waiting_at(own, now)[0]),
        waited=so_far(own.arrived[there & np.isnan(own.started)], own.until),
    )


def _part(some: Bools, every: Bools) -> ShareFit:
    return ShareFit(count=int(np.count_nonzero(some)), total=int(np.count_nonzero(every)))


def _stays(own: Visits) -> tuple[LengthFit | None, ExtensionFit | None]:
    """Length of stay and extension; without a record of extensions the whole stay is one length."""
    followed = np.isfinite(own.started) & (own.cared_until > np.maximum(own.started, 0.0))
    seen = own.those(followed)
    if not len(seen):
        return None, None
    longer = ~np.isnan(seen.extended)
    if not (seen.knows_extensions and longer.any()):
        return _fitted(seen.started, seen.cared_until, seen.ending == Ending.CARE), None
    agreed = np.where(longer, seen.extended, seen.cared_until)
    agreed_over = longer | (seen.ending == Ending.CARE)
    main = agreed > 0.0
    stay = _fitted(seen.started[main], agreed[main], agreed_over[main])
    due = agreed_over & main
    late = longer & (seen.cared_until > np.maximum(seen.extended, 0.0))
    if stay is None or not due.any() or not late.any():
        return stay, None
    length = fit_lengths(
        _lengths(seen.extended[late], seen.cared_until[late], seen.ending[late] == Ending.CARE),
        family="exponential",
    )
    return stay, ExtensionFit(probability=_part(longer & due, due), length=length)


def _fitted(since: Floats, until: Floats, over: Bools) -> LengthFit | None:
    return fit_lengths(_lengths(since, until, over)) if len(since) else None


def _lengths(since: Floats, until: Floats, over: Bools) -> Lengths:
    return lengths_of(until - since, over, entered=np.maximum(-since, 0.0))
