"""Stations: a care type, or each of its providers, with what limits it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .capacity import Budget, Free, Places, Provider, Providers
from .model import DAYS_PER_YEAR, CareSystem, CareType
from .quantity import Text


@dataclass(frozen=True, slots=True)
class Station:
    """Where youths are helped: ``form`` is the number of the care type, ``provider`` whose it is.

    ``address`` and ``path`` are those that its limit stands under.
    """

    form: int
    address: str
    path: str
    label: Text
    limit: Free | Places | Budget
    provider: Provider | None


def stations_of(form: int, care: CareType) -> Iterator[Station]:
    """The stations of one care type."""
    address, path, capacity = f"care_types.{care.id}", f"care_types[{form}].capacity", care.capacity
    if not isinstance(capacity, Providers):
        yield Station(form, address, path, care.label, capacity, None)
        return
    for j, provider in enumerate(capacity.providers):
        label = Text(
            nl=f"{care.label.nl}, {provider.label.nl}", en=f"{care.label.en}, {provider.label.en}"
        )
        yield Station(
            form, f"{address}.providers.{provider.id}", f"{path}.providers[{j}].capacity",
            label, provider.capacity, provider,
        )  # fmt: skip


def stations(system: CareSystem) -> tuple[Station, ...]:
    """Every station, in the order of the document."""
    return tuple(s for i, care in enumerate(system.care_types) for s in stations_of(i, care))


def is_limited(care: CareType) -> bool:
    """Whether youths may have to wait for a care type."""
    return not isinstance(care.capacity, Free)


def places_of(care: CareType) -> float | None:
    """Places at the start, over all providers; None when something else is the limit."""
    limits = [station.limit for station in stations_of(0, care)]
    places = [limit.places for limit in limits if not isinstance(limit, Free)]
    known = [quantity.value for quantity in places if quantity is not None]
    return sum(known) if len(known) == len(limits) else None


def served_a_day(care: CareType, care_days: float) -> float:
    """Youths a day whom the places and money at the start can serve; infinite without a limit."""
    total = 0.0
    for station in stations_of(0, care):
        limit = station.limit
        if isinstance(limit, Free):
            return float("inf")
        served = float("inf")
        if limit.places is not None:
            served = limit.places.value / care_days
        if isinstance(limit, Budget):
            price = care.cost_per_start.value + care.cost_per_day.value * care_days
            by_money = limit.ceiling.value / DAYS_PER_YEAR / price if price > 0 else float("inf")
            served = min(served, by_money)
        total += served
    return total
