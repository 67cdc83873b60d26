"""The numbers of a care system on one side of a comparison: by row, by month, by group.

Of many draws at once: the first axis of every table is the draw (B of them).

The value of a parameter for a youth is its baseline value, moved towards the changed value by the
exposure of the youth's group. Places, budgets and how the inflow is divided over municipalities
belong to the region as a whole and move by the mean exposure of its youths.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month

from .addresses import season_address
from .frames import Frame
from .model import CareSystem
from .plans import plans
from .scenario import Intervention
from .stations import stations

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Of each address its value in every draw, shape (B,).
Values = Mapping[str, Floats]


def target_of(intervention: Intervention, value: Floats, size: Floats) -> Floats:
    """Where an intervention would bring a value at full exposure; both have the draws first."""
    if intervention.operation == "multiply":
        return value * size
    if intervention.operation == "add":
        return value + size
    return np.array(np.broadcast_to(size, value.shape))


class Parameters:
    """The numbers of one side: of the baseline without interventions, of the scenario with them."""

    def __init__(
        self,
        system: CareSystem,
        found: Frame,
        values: Values,
        interventions: tuple[Intervention, ...],
    ) -> None:
        self.system, self.frame = system, found
        values = {**_seasons(system, values), **values}
        # Drawn inputs may bring a derived number beyond what is possible: it stays at the limit.
        low, high = np.array(list(found.limits.values())).T[:, :, None]
        within = np.clip(np.array([values[address] for address in found.limits]), low, high)
        self.values = {**values, **dict(zip(found.limits, within, strict=True))}
        self.draws = within.shape[1]
        self.interventions = interventions
        self.plans = {plan.address: plan for plan in plans(system)}
        self.stations = stations(system)
        self.form_of = np.array([station.form for station in self.stations], dtype=np.int64)
        self.ids = system.care_type_ids
        self.rows = len(found.row_exposure)
        self.group_share = self.by_group(self.municipal_shares("municipalities"))
        self.regional_exposure = np.zeros((self.draws, *found.exposure.shape[:2]))
        for g in range(found.row.shape[1]):
            self.regional_exposure += found.exposure[:, :, g] * self.group_share[:, g, None, None]

    def municipal_shares(self, address: str) -> Floats:
        """Share of each municipality in a list of them, adding up to 1, shape (B, J)."""
        nobody, codes = np.zeros(self.draws), [m.code for m in self.system.municipalities]
        shares = np.stack([self.values.get(f"{address}.{c}", nobody) for c in codes], axis=1)
        shares /= shares.sum(axis=1, keepdims=True)
        return shares

    def by_group(self, shares: Floats) -> Floats:
        """From shares of municipalities to those of groups: (B, ..., J) to (B, ..., G)."""
        # Added up in a fixed order: a matrix product differs in the last digit between machines.
        found = np.zeros((*shares.shape[:-1], self.frame.parts.shape[1]))
        for j, part in enumerate(self.frame.parts):
            found += shares[..., j, None] * part
        return found

    def size(self, k: int) -> Floats:
        """Size of an intervention, shape (B,)."""
        size: Floats = self.values[f"interventions.{k}.size"]
        return size

    def moved(self, address: str, exposure: Floats, before: Floats | None = None) -> Floats:
        """Value of a parameter at each exposure of the interventions.

        Args:
            exposure: of each intervention, of shape (1 or B, K, ...).
            before: the values without them, of shape (B, ...); without it the one value of the
                document.
        """
        shape = (self.draws, *exposure.shape[2:])
        first = self.values[address] if before is None else before
        value = np.broadcast_to(self._first(first, len(shape)), shape)
        for k, intervention in enumerate(self.interventions):
            if intervention.target == address:
                target = target_of(intervention, value, self._first(self.size(k), len(shape)))
                value = value + exposure[:, k] * (target - value)
        low, high = self.frame.limits[address]
        within: Floats = np.clip(value, low, high)
        return within

    def _first(self, values: Floats, axes: int) -> Floats:
        """Values with the draws first and as many axes as asked, the others of length 1."""
        shaped: Floats = values.reshape(*values.shape, *(1,) * (axes - values.ndim))
        return shaped

    def parameter(self, address: str) -> Floats:
        """Value of a parameter in each row, shape (B, R)."""
        return self.moved(address, self.frame.row_exposure.T[None])

    def optional(self, address: str, default: float) -> Floats:
        """Value of a parameter in each row, shape (B, R); the default when it is not there."""
        if address in self.frame.limits:
            return self.parameter(address)
        return np.full((self.draws, self.rows), default)

    def per_type(self, suffix: str, default: float) -> Floats:
        """Value of a parameter by row and care type, shape (B, R, n)."""
        addresses = [f"care_types.{identifier}.{suffix}" for identifier in self.ids]
        return np.stack([self.optional(address, default) for address in addresses], axis=-1)

    def planned(self, address: str) -> Floats:
        """Value of a number with its steps in each month, shape (B, M)."""
        plan = self.plans[address]
        planned = np.repeat(self.values[address][:, None], len(self.frame.months), axis=1)
        for step in plan.steps:
            from_ = Month.of(step.from_).minus(self.frame.months[0])
            planned[:, from_:] = self.values[plan.step_address(step)][:, None]
        return planned

    def by_month(self, address: str) -> Floats:
        """Value in each month of a number that belongs to the region as a whole, shape (B, M)."""
        return self.moved(address, self.regional_exposure, self.planned(address))

    def prices(self, name: str) -> Floats:
        """Price by month, group and care type, shape (B, M, G, n)."""
        addresses = [f"care_types.{identifier}.{name}" for identifier in self.ids]
        exposure = self.frame.exposure[None]
        return np.stack([self.moved(a, exposure, self.planned(a)) for a in addresses], axis=-1)


def _seasons(system: CareSystem, values: Values) -> dict[str, Floats]:
    """The factors of the seasons: the same in every draw."""
    draws = len(next(iter(values.values())))
    return {
        season_address(referrer, month): np.full(draws, value)
        for referrer in system.referrers
        if referrer.season is not None
        for month, value in enumerate(referrer.season.values, start=1)
    }
