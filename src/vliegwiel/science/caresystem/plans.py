"""Numbers that change on a date: places and prices, with their steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .capacity import Places, Step
from .model import CareSystem, CareType
from .quantity import Quantity


@dataclass(frozen=True, slots=True)
class Plan:
    """A number and what it becomes later.

    ``kind`` says what the number is, ``address`` and ``path`` where it stands, ``steps_path`` where
    its steps stand.
    """

    kind: str
    address: str
    path: str
    quantity: Quantity
    steps: tuple[Step, ...]
    steps_path: str

    def step_address(self, step: Step) -> str:
        """Address of the value from a step on."""
        return f"{self.address}.{step.from_:%Y-%m}"


def capacity_plans(care: CareType, path: str) -> Iterator[Plan]:
    """The limits of a care type."""
    capacity, address = care.capacity, f"care_types.{care.id}"
    if isinstance(capacity, Places):
        where = f"{path}.capacity"
        yield Plan(
            "places", f"{address}.places", f"{where}.places", capacity.places,
            capacity.steps, f"{where}.steps",
        )  # fmt: skip


def price_plans(care: CareType, path: str) -> Iterator[Plan]:
    """The prices of a care type."""
    prices = (
        ("cost_per_day", care.cost_per_day, care.cost_per_day_steps),
        ("cost_per_start", care.cost_per_start, care.cost_per_start_steps),
    )
    for name, quantity, steps in prices:
        address = f"care_types.{care.id}.{name}"
        yield Plan(name, address, f"{path}.{name}", quantity, steps, f"{path}.{name}_steps")


def plans(system: CareSystem) -> Iterator[Plan]:
    """Every number of the document that may change on a date."""
    for i, care in enumerate(system.care_types):
        yield from capacity_plans(care, f"care_types[{i}]")
        yield from price_plans(care, f"care_types[{i}]")
