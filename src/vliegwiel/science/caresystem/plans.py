"""Numbers that change on a date: places, ceilings and prices, with their steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .capacity import Budget, Free, Step
from .model import CareSystem, CareType
from .quantity import Quantity, Text
from .stations import Station, stations_of


@dataclass(frozen=True, slots=True)
class Plan:
    """A number and what it becomes later.

    ``kind`` says what the number is and ``owner`` whose, ``address`` and ``path`` where it stands,
    ``steps_path`` where its steps stand.
    """

    kind: str
    owner: Text
    address: str
    path: str
    quantity: Quantity
    steps: tuple[Step, ...]
    steps_path: str

    def step_address(self, step: Step) -> str:
        """Address of the value from a step on."""
        return f"{self.address}.{step.from_:%Y-%m}"


def limit_plans(station: Station) -> Iterator[Plan]:
    """What limits a station."""
    limit = station.limit
    if isinstance(limit, Free):
        return
    steps, name = limit.steps, "steps"
    if isinstance(limit, Budget):
        yield _plan(station, "ceiling", limit.ceiling, steps, name)
        steps, name = limit.places_steps, "places_steps"
    if limit.places is not None:
        yield _plan(station, "places", limit.places, steps, name)


def _plan(
    station: Station, kind: str, quantity: Quantity, steps: tuple[Step, ...], name: str
) -> Plan:
    return Plan(
        kind, station.label, f"{station.address}.{kind}", f"{station.path}.{kind}",
        quantity, steps, f"{station.path}.{name}",
    )  # fmt: skip


def price_plans(care: CareType, path: str) -> Iterator[Plan]:
    """The prices of a care type."""
    prices = (
        ("cost_per_day", care.cost_per_day, care.cost_per_day_steps),
        ("cost_per_start", care.cost_per_start, care.cost_per_start_steps),
    )
    for name, quantity, steps in prices:
        address = f"care_types.{care.id}.{name}"
        yield Plan(
            name, care.label, address, f"{path}.{name}", quantity, steps, f"{path}.{name}_steps"
        )


def plans(system: CareSystem) -> Iterator[Plan]:
    """Every number of the document that may change on a date."""
    for i, care in enumerate(system.care_types):
        for station in stations_of(i, care):
            yield from limit_plans(station)
        yield from price_plans(care, f"care_types[{i}]")
