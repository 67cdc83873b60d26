"""Stations: a care type, or each of its providers, with what limits it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .capacity import Budget, Free, Places, Provider, Providers
from .model import DAYS_PER_YEAR, CareSystem, CareType
from .quantity import Quantity, Text

Floats = NDArray[np.float64]


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


def served_a_day(places: Floats, ceiling: Floats, price: Floats, care_days: Floats) -> Floats:
    """Youths a day whom places and money can serve; infinite where neither is a limit.

    Args:
        places: at once, infinite without a limit.
        ceiling: euro in a whole year, infinite without a limit.
        price: euro of the care of one youth; where it is nothing, money is no limit.
        care_days: mean number of days in care.
    """
    by_place = places / care_days
    by_money = np.divide(
        ceiling / DAYS_PER_YEAR, price, out=np.full(by_place.shape, np.inf), where=price > 0
    )
    served: Floats = np.minimum(by_place, by_money)
    return served


def through_a_day(care: CareType, care_days: float) -> float:
    """Youths a day whom all stations of a care type can serve, at the written values."""
    limits = [station.limit for station in stations_of(0, care)]
    places = [_value(None if isinstance(limit, Free) else limit.places) for limit in limits]
    ceilings = [_value(limit.ceiling if isinstance(limit, Budget) else None) for limit in limits]
    price = care.cost_per_start.value + care.cost_per_day.value * care_days
    each = np.full(len(limits), 1.0)
    served = served_a_day(np.array(places), np.array(ceilings), price * each, care_days * each)
    return float(served.sum())


def _value(limit: Quantity | None) -> float:
    return math.inf if limit is None else limit.value
