"""The numbers of a care system on one side of a comparison: by row, by month, by group.

The value of a parameter for a youth is its baseline value, moved towards the changed value by the
exposure of the youth's municipality. Places and budgets belong to the region as a whole and move by
the mean exposure of its youths.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month

from .frames import Frame
from .model import DAYS_PER_MONTH, CareSystem
from .plans import plans
from .scenario import Intervention
from .stations import stations

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Values = Mapping[str, float]


def target_of(intervention: Intervention, value: Floats, size: float) -> Floats:
    """Where an intervention would bring a value at full exposure."""
    if intervention.operation == "multiply":
        return value * size
    if intervention.operation == "add":
        return value + size
    return np.full_like(value, size)


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
        # Drawn inputs may bring a derived number beyond what is possible: it stays at the limit.
        within = {
            address: min(max(values[address], low), high)
            for address, (low, high) in found.limits.items()
        }
        self.values = {**values, **within}
        self.interventions = interventions
        self.plans = {plan.address: plan for plan in plans(system)}
        self.stations = stations(system)
        self.form_of = np.array([station.form for station in self.stations], dtype=np.int64)
        self.ids = system.care_type_ids
        self.rows = len(found.row_exposure)
        shares = np.array([self.values[f"municipalities.{m.code}"] for m in system.municipalities])
        self.group_share = np.bincount(
            found.group_of, weights=shares / shares.sum(), minlength=found.row.shape[1]
        )
        self.regional_exposure = found.exposure @ self.group_share

    def size(self, k: int) -> float:
        """Size of an intervention."""
        return self.values[f"interventions.{k}.size"]

    def moved(self, address: str, exposure: Floats, before: Floats | None = None) -> Floats:
        """Value of a parameter at each exposure (K, ...) of the interventions.

        ``before`` are the values without them; without it the one value of the document.
        """
        first = np.array(self.values[address]) if before is None else before
        value = np.broadcast_to(first, exposure.shape[1:])
        for k, intervention in enumerate(self.interventions):
            if intervention.target == address:
                target = target_of(intervention, value, self.size(k))
                value = value + exposure[k] * (target - value)
        low, high = self.frame.limits[address]
        within: Floats = np.clip(value, low, high)
        return within

    def parameter(self, address: str) -> Floats:
        """Value of a parameter in each row, shape (R,)."""
        return self.moved(address, self.frame.row_exposure.T)

    def optional(self, address: str, default: float) -> Floats:
        """Value of a parameter in each row, shape (R,); the default when it is not there."""
        if address in self.frame.limits:
            return self.parameter(address)
        return np.full(self.rows, default)

    def per_type(self, suffix: str, default: float) -> Floats:
        """Value of a parameter by row and care type, shape (R, n)."""
        addresses = [f"care_types.{identifier}.{suffix}" for identifier in self.ids]
        return np.stack([self.optional(address, default) for address in addresses], axis=1)

    def planned(self, address: str) -> Floats:
        """Value of a number with its steps in each month, shape (M,)."""
        plan = self.plans[address]
        planned = np.full(len(self.frame.months), self.values[address])
        for step in plan.steps:
            from_ = Month.of(step.from_).minus(self.frame.months[0])
            planned[from_:] = self.values[plan.step_address(step)]
        return planned

    def by_month(self, address: str) -> Floats:
        """Value in each month of a number that belongs to the region as a whole, shape (M,)."""
        return self.moved(address, self.regional_exposure, self.planned(address))

    def prices(self, name: str) -> Floats:
        """Price by month, group and care type, shape (M, G, n)."""
        addresses = [f"care_types.{identifier}.{name}" for identifier in self.ids]
        exposure = self.frame.exposure
        return np.stack(
            [self.moved(a, exposure, self.planned(a)[:, None]) for a in addresses], axis=-1
        )

    def rates(self) -> Floats:
        """Youths a day by source, month and group, shape (S, M, G)."""
        months = self.frame.months
        years = (np.arange(len(months)) + 0.5) / 12.0
        rates = []
        for referrer in self.system.referrers:
            address = f"referrers.{referrer.id}"
            level = self.parameter(f"{address}.rate")[self.frame.row] / DAYS_PER_MONTH
            growth = (1.0 + self.values.get(f"{address}.trend", 0.0)) ** years
            season = np.ones(len(months))
            if referrer.season is not None:
                season = np.array([referrer.season.values[m.month - 1] for m in months])
            by_month = (growth * season)[:, None]
            rates.append(np.maximum(level, 0.0) * by_month * self.group_share)
        return np.array(rates)
