"""Can the care system keep up? Flows in balance, before anything is simulated.

Each care type lets through what comes in, or, where places are limited and youths stop waiting, at
most what its places can serve. Where nobody stops waiting and more is needed than there is, the
waiting list grows without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import power

from .model import BASE, DAYS_PER_MONTH, OUT, CareSystem, CareType, NextStep, Patience
from .stations import is_limited, through_a_day

Vector = NDArray[np.float64]
_ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class Stability:
    """Care types that cannot keep up (id, places needed, places), or an endless circle of steps."""

    overloaded: tuple[tuple[str, float, float], ...]
    circle: tuple[str, ...]
    arrivals_a_month: float = 0.0
    present: float = 0.0


@dataclass(frozen=True, slots=True)
class Balance:
    """Youths per day and care type when in balance; all of shape (types,)."""

    arrivals: Vector
    started: Vector
    care_days: Vector
    places: Vector


def balance(
    *,
    inflow: Vector,
    routing: Vector,
    returning: Vector,
    care_days: Vector,
    places: Vector,
    patient: NDArray[np.bool_],
    leaving: Vector,
    back: Vector,
) -> Balance:
    """Solve the flows by following them round until they no longer change.

    Args:
        inflow: new youths a day per care type, shape (n,).
        routing: probability of going from type i to j after care, shape (n, n).
        returning: how many come back, of the youths whose care at type i ends, shape (n,).
        care_days: mean days in care with extension, shape (n,).
        places: places, infinity where free, shape (n,).
        patient: True where nobody stops waiting, shape (n,).
        leaving: probability that who stops waiting for type i goes to type j, shape (n, n).
        back: probability that who comes back does so at each care type, shape (n,).
    """
    capacity = places / care_days
    arrivals = inflow.copy()
    through = arrivals
    for _ in range(_ROUNDS):
        through = np.where(patient, arrivals, np.minimum(arrivals, capacity))
        following = inflow + through @ routing + float(through @ returning) * back
        following += (arrivals - through) @ leaving
        if np.allclose(following, arrivals, rtol=1e-12, atol=1e-15):
            break
        arrivals = following
    return Balance(arrivals, through, care_days, places)


def flows(system: CareSystem) -> Balance:
    """The flows of a care system at its written values, trend and season left out."""
    ids = system.care_type_ids
    index = {identifier: i for i, identifier in enumerate(ids)}
    n = len(ids)
    inflow, back = np.zeros(n), np.zeros(n)
    for referrer in system.referrers:
        for destination in referrer.destinations:
            if destination.care_type != BASE:
                share = destination.share.value
                inflow[index[destination.care_type]] += referrer.rate.value * share / DAYS_PER_MONTH
    if system.reentry is not None:
        for destination in system.reentry.destinations:
            if destination.care_type != BASE:
                back[index[destination.care_type]] = destination.share.value
    routing, returning = np.zeros((n, n)), np.zeros(n)
    care_days, places = np.empty(n), np.full(n, np.inf)
    patient, leaving = np.ones(n, dtype=np.bool_), np.zeros((n, n))
    for i, care_type in enumerate(system.care_types):
        for identifier, probability in _onward(care_type).items():
            routing[i, index[identifier]] = probability
        returning[i] = _returning(system, care_type)
        extension = care_type.extension
        extra = extension.probability.value * extension.length.value if extension else 0.0
        care_days[i] = care_type.stay.mean.value + extra
        if is_limited(care_type):
            places[i] = through_a_day(care_type, care_days[i]) * care_days[i]
            if care_type.patience is not None:
                patient[i] = False
                for identifier, share in _leaving(care_type.patience).items():
                    leaving[i, index[identifier]] = share
    return balance(
        inflow=inflow,
        routing=routing,
        returning=returning,
        care_days=care_days,
        places=places,
        patient=patient,
        leaving=leaving,
        back=back,
    )


def _endings(care_type: CareType) -> Iterator[tuple[float, tuple[NextStep, ...]]]:
    """Care that ends with success and without: its share, and the steps that may follow."""
    success = 1.0 if care_type.success is None else care_type.success.value
    yield success, care_type.next
    yield 1.0 - success, care_type.next_without_success


def _onward(care_type: CareType) -> dict[str, float]:
    """Probability of going on after care to each other care type, whether with success or not."""
    found: dict[str, float] = {}
    for weight, steps in _endings(care_type):
        for step in steps:
            if step.care_type != BASE:
                known = found.get(step.care_type, 0.0)
                found[step.care_type] = known + weight * step.probability.value
    return found


def _returning(system: CareSystem, care_type: CareType) -> float:
    """How many come back of the youths whose care ends, whether with success or not."""
    reentry = system.reentry
    if reentry is None:
        return 0.0
    without = reentry.probability_without_success or reentry.probability
    chances = (reentry.probability.value, without.value)
    found = 0.0
    for (weight, steps), chance in zip(_endings(care_type), chances, strict=True):
        onward = sum(step.probability.value for step in steps if step.care_type != BASE)
        found += weight * max(0.0, 1.0 - onward) * chance
    return found


def _leaving(patience: Patience) -> dict[str, float]:
    """Where those go who stop waiting, as far as it is to another care type."""
    leave_to = patience.leave_to
    shares = (
        {leave_to: 1.0}
        if isinstance(leave_to, str)
        else {destination.care_type: destination.share.value for destination in leave_to}
    )
    return {name: share for name, share in shares.items() if name not in (BASE, OUT)}


def _endless_circle(system: CareSystem) -> tuple[str, ...]:
    """Care types from which no chain of steps leads out of care."""
    ids = system.care_type_ids
    open_ends = {
        care_type.id
        for care_type in system.care_types
        if sum(_onward(care_type).values()) < 1 - 1e-9
    }
    changed = True
    while changed:
        changed = False
        for care_type in system.care_types:
            if care_type.id not in open_ends and any(
                identifier in open_ends and probability > 0
                for identifier, probability in _onward(care_type).items()
            ):
                open_ends.add(care_type.id)
                changed = True
    return tuple(identifier for identifier in ids if identifier not in open_ends)


def unstable_care_types(system: CareSystem) -> Stability:
    """Which care types could never keep up, were the written values to stay as they are."""
    circle = _endless_circle(system)
    if circle:
        return Stability((), circle)
    found = flows(system)
    needed = found.arrivals * found.care_days
    overloaded = tuple(
        (care_type.id, float(needed[i]), float(found.places[i]))
        for i, care_type in enumerate(system.care_types)
        if care_type.patience is None and needed[i] >= found.places[i] and needed[i] > 0
    )
    arrivals = float(found.arrivals.sum()) * DAYS_PER_MONTH * _busier_before(system)
    return Stability(overloaded, (), arrivals, _present(system))


def _busier_before(system: CareSystem) -> float:
    """At most how many times as many are referred at the begin of the warm-up as at the start."""
    years = system.warm_up_months / 12.0
    growth = [1.0 + referrer.trend.value for referrer in system.referrers if referrer.trend]
    return max([1.0, *(float(power(yearly, -years)) for yearly in growth)])


def _present(system: CareSystem) -> float:
    """Youths whom the simulation begins with."""
    if system.warm_up_months:
        return 0.0
    present = sum(c.in_care_at_start.value for c in system.care_types)
    present += sum(c.waiting_at_start.value for c in system.care_types if c.waiting_at_start)
    if system.reentry is not None and system.reentry.returning_at_start is not None:
        present += system.reentry.returning_at_start.value
    return present
