"""From documents and drawn values to the two networks that are compared.

An intervention has an exposure in each municipality and month, between 0 (not yet) and 1 (fully).
The value of a parameter for a youth is its baseline value, moved towards the changed value by the
exposure of the youth's municipality. Places belong to the region as a whole and move by the mean
exposure of its youths.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month

from ._layout import LEAVES
from .capacity import Places
from .frames import Frame
from .model import BASE, DAYS_PER_MONTH, OUT, CareSystem
from .network import SHAPES, UNLIMITED, Choice, Network, choice, shape_parameters
from .plans import plans
from .scenario import Intervention, Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of the comparison: the network to simulate and what its care costs.

    ``cost_per_day`` and ``cost_per_start`` have shape (M, G, n); ``places`` (M, n) is infinite
    where there is no limit.
    """

    network: Network
    cost_per_day: Floats
    cost_per_start: Floats
    places: Floats


def compile_arms(
    system: CareSystem, scenario: Scenario | None, found: Frame, values: Values
) -> tuple[Arm, Arm | None]:
    """Baseline and scenario as networks, for one set of values by address.

    Both have the same candidates and the same choices to refer to, so that a youth whom the
    scenario does not touch lives the same life in both.
    """
    interventions = scenario.interventions if scenario is not None else ()
    builder = _Builder(system, found, values, interventions)
    plain, changed = builder.rates(False), builder.rates(True)
    largest = np.maximum(plain, changed)
    baseline = builder.arm(False, plain, largest)
    return baseline, builder.arm(True, changed, largest) if scenario is not None else None


def _target(intervention: Intervention, value: Floats, size: float) -> Floats:
    """Where an intervention would bring a value at full exposure."""
    if intervention.operation == "multiply":
        return value * size
    if intervention.operation == "add":
        return value + size
    return np.full_like(value, size)


def _half_up(values: Floats) -> Ints:
    return np.floor(values + 0.5).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Census:
    in_care: Ints
    waiting: Ints
    waiting_span: Floats
    returning: int


class _Builder:
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
        self.known_flows: dict[str, Floats] = {}
        self.ids = system.care_type_ids
        self.index = {identifier: i for i, identifier in enumerate(self.ids)}
        shares = np.array([self.values[f"municipalities.{m.code}"] for m in system.municipalities])
        self.group_share = np.bincount(
            found.group_of, weights=shares / shares.sum(), minlength=found.row.shape[1]
        )

    def _sizes(self, address: str, changed: bool) -> list[tuple[int, Intervention, float]]:
        if not changed:
            return []
        return [
            (k, intervention, self.values[f"interventions.{k}.size"])
            for k, intervention in enumerate(self.interventions)
            if intervention.target == address
        ]

    def _moved(
        self, address: str, exposure: Floats, changed: bool, before: Floats | None = None
    ) -> Floats:
        """Value of a parameter at each exposure (K, ...) of the interventions.

        ``before`` are the values without them; without it the one value of the document.
        """
        first = np.array(self.values[address]) if before is None else before
        value = np.broadcast_to(first, exposure.shape[1:])
        for k, intervention, size in self._sizes(address, changed):
            value = value + exposure[k] * (_target(intervention, value, size) - value)
        low, high = self.frame.limits[address]
        within: Floats = np.clip(value, low, high)
        return within

    def parameter(self, address: str, changed: bool) -> Floats:
        """Value of a parameter in each row, shape (R,)."""
        return self._moved(address, self.frame.row_exposure.T, changed)

    def rates(self, changed: bool) -> Floats:
        """Youths a day by source, month and group, shape (S, M, G)."""
        months = self.frame.months
        years = (np.arange(len(months)) + 0.5) / 12.0
        rates = []
        for referrer in self.system.referrers:
            address = f"referrers.{referrer.id}"
            level = self.parameter(f"{address}.rate", changed)[self.frame.row] / DAYS_PER_MONTH
            growth = (1.0 + self.values.get(f"{address}.trend", 0.0)) ** years
            season = np.ones(len(months))
            if referrer.season is not None:
                season = np.array([referrer.season.values[m.month - 1] for m in months])
            by_month = (growth * season)[:, None]
            rates.append(np.maximum(level, 0.0) * by_month * self.group_share)
        return np.array(rates)

    def _flow(self, address: str, outcomes: tuple[str, ...], changed: bool) -> Floats:
        """Probabilities of a list of flows in each row, shape (R, outcomes); the rest is last."""
        rows = len(self.frame.row_exposure)
        flow = np.zeros((rows, len(outcomes)))
        known = [f"{address}.{name}" for name in outcomes]
        for j, name in enumerate(known):
            flow[:, j] = self.values.get(name, 0.0)
        complete = outcomes[-1] == BASE  # a list of destinations always adds up to 1
        total = flow.sum(axis=1, keepdims=True)
        flow /= np.where((total > 1.0) | (complete & (total > 0.0)), total, 1.0)
        flow[:, -1] += np.maximum(0.0, 1.0 - flow.sum(axis=1))
        for k, intervention in enumerate(self.interventions if changed else ()):
            if intervention.target in known:
                size = self.values[f"interventions.{k}.size"]
                exposure = self.frame.row_exposure[:, k]
                j = known.index(intervention.target)
                if intervention.to is not None:
                    amount = flow[:, j] * size * exposure
                    flow[:, j] -= amount
                    flow[:, outcomes.index(intervention.to)] += amount
                else:
                    target = _target(intervention, flow[:, j], size)
                    self._give(flow, j, flow[:, j] + exposure * (target - flow[:, j]))
        return flow

    def _give(self, flow: Floats, j: int, new: Floats) -> None:
        """Give one flow a new probability and share what is left among the others.

        For what comes after care only leaving gives way, unless there is too little of it.
        """
        old, new = flow[:, j].copy(), np.clip(new, 0.0, 1.0)
        others = 1.0 - old
        scale = np.where(others > 0, (1.0 - new) / np.where(others > 0, others, 1.0), 0.0)
        if flow.shape[1] == len(self.ids) + 2:
            leaving = flow[:, -1] - (new - old)
            kept = others - flow[:, -1]
            room = np.where(kept > 0, (1.0 - new) / np.where(kept > 0, kept, 1.0), 0.0)
            scale = np.where(leaving >= 0, 1.0, room)
            flow *= scale[:, None]
            flow[:, -1] = np.maximum(leaving, 0.0)
        else:
            flow *= scale[:, None]
            flow[:, -1] += np.where(others > 0, 0.0, 1.0 - new)
        flow[:, j] = new

    def _choices(self, addresses: list[str], outcomes: tuple[str, ...], changed: bool) -> Choice:
        plain = [self._plain_flow(address, outcomes) for address in addresses]
        actual = [self._flow(a, outcomes, True) for a in addresses] if changed else plain
        return choice(np.array([flow[0] for flow in plain]), np.stack(actual, axis=1))

    def _plain_flow(self, address: str, outcomes: tuple[str, ...]) -> Floats:
        """A list of flows without change, which both arms refer to."""
        if address not in self.known_flows:
            self.known_flows[address] = self._flow(address, outcomes, False)
        return self.known_flows[address]

    def _per_type(self, suffix: str, default: float, changed: bool) -> Floats:
        rows = len(self.frame.row_exposure)
        table = np.full((rows, len(self.ids)), default)
        for i, identifier in enumerate(self.ids):
            address = f"care_types.{identifier}.{suffix}"
            if address in self.values:
                table[:, i] = self.parameter(address, changed)
        return table

    def _places(self, changed: bool) -> Floats:
        """Whole places by month and care type; infinite without a limit."""
        regional = self.frame.exposure @ self.group_share
        places = np.full((len(self.frame.months), len(self.ids)), math.inf)
        for i, care_type in enumerate(self.system.care_types):
            if isinstance(care_type.capacity, Places):
                address = f"care_types.{care_type.id}.places"
                moved = self._moved(address, regional, changed, self._planned(address))
                places[:, i] = _half_up(moved)
        return places

    def _planned(self, address: str) -> Floats:
        """Value of a number with its steps in each month, shape (M,)."""
        plan = self.plans[address]
        planned = np.full(len(self.frame.months), self.values[address])
        for step in plan.steps:
            from_ = Month.of(step.from_).minus(self.frame.months[0])
            planned[from_:] = self.values[plan.step_address(step)]
        return planned

    def _prices(self, name: str, changed: bool) -> Floats:
        """Price by month, group and care type, shape (M, G, n)."""
        addresses = [f"care_types.{identifier}.{name}" for identifier in self.ids]
        exposure = self.frame.exposure
        return np.stack(
            [self._moved(a, exposure, changed, self._planned(a)[:, None]) for a in addresses],
            axis=-1,
        )

    def _shapes(self, changed: bool) -> tuple[Ints, Floats, Floats]:
        stays = [care_type.stay for care_type in self.system.care_types]
        shape = np.array([SHAPES[stay.distribution] for stay in stays], dtype=np.int64)
        cv = self._per_type("stay.cv", 1.0, changed)
        a, b = np.zeros_like(cv), np.zeros_like(cv)
        for i in range(len(stays)):
            known: dict[float, tuple[float, float]] = {}
            for r, value in enumerate(cv[:, i]):
                if value not in known:
                    known[value] = shape_parameters(int(shape[i]), float(value))
                a[r, i], b[r, i] = known[value]
        return shape, a, b

    def _present(self, suffix: str) -> Ints:
        addresses = [f"care_types.{identifier}.{suffix}" for identifier in self.ids]
        return _half_up(np.array([self.values.get(address, 0.0) for address in addresses]))

    @cached_property
    def census(self) -> _Census:
        """Who is there at the start: a fact, the same whatever is changed later."""
        in_care, waiting = self._present("in_care_at_start"), self._present("waiting_at_start")
        extra = self._per_type("extension.probability", 0.0, False)[0]
        extra = extra * self._per_type("extension.length", 1.0, False)[0]
        care_days = self._per_type("stay.mean", 1.0, False)[0] + extra
        patience = self._per_type("patience.mean", math.inf, False)[0]
        return _Census(
            in_care=in_care,
            waiting=waiting,
            waiting_span=_waiting_span(waiting, self._places(False)[0] / care_days, patience),
            returning=math.floor(self.values.get("reentry.returning_at_start", 0.0) + 0.5),
        )

    def _leave_to(self) -> Ints:
        leave_to = np.full(len(self.ids), LEAVES, dtype=np.int64)
        for i, care_type in enumerate(self.system.care_types):
            if care_type.patience is not None:
                leave_to[i] = self.index.get(care_type.patience.leave_to, LEAVES)
        return leave_to

    def arm(self, changed: bool, rates: Floats, largest: Floats) -> Arm:
        """One side, given the rates of this side and the larger of both sides."""
        found, system = self.frame, self.system
        candidates = largest.sum(axis=2)
        with np.errstate(divide="ignore", invalid="ignore"):
            groups = np.cumsum(np.nan_to_num(largest / candidates[:, :, None]), axis=2)
            accept = np.where(largest > 0, rates / largest, 0.0)
        groups[..., -1] = 1.0
        outcomes = (*self.ids, BASE)
        stay_mean = self._per_type("stay.mean", 1.0, changed)
        extension = self._per_type("extension.probability", 0.0, changed)
        longer = self._per_type("extension.length", 1.0, changed)
        patience = self._per_type("patience.mean", math.inf, changed)
        shape, a, b = self._shapes(changed)
        places = self._places(changed)
        rows = len(found.row_exposure)
        returns, back = np.zeros(rows), ["reentry.destinations"]
        delay = np.ones(rows)
        if system.reentry is not None:
            returns = self.parameter("reentry.probability", changed)
            delay = self.parameter("reentry.delay_mean", changed)
        referrers = [f"referrers.{r.id}.destinations" for r in system.referrers]
        steps = [f"care_types.{identifier}.next" for identifier in self.ids]
        following = (*outcomes, OUT)
        network = Network(
            names=self.ids,
            month_ends=np.cumsum([float(month.days) for month in found.months]),
            row=found.row,
            candidates=candidates,
            groups=groups,
            accept=accept,
            destination=self._choices(referrers, outcomes, changed),
            shape=shape,
            stay_mean=stay_mean,
            stay_a=a,
            stay_b=b,
            extension_probability=extension,
            extension_mean=longer,
            patience_mean=patience,
            leave_to=self._leave_to(),
            following=self._choices(steps, following, changed),
            return_probability=returns,
            return_mean=delay,
            back=self._choices(back, outcomes, changed and system.reentry is not None),
            places=np.where(np.isinf(places), UNLIMITED, places).astype(np.int64),
            in_care=self.census.in_care,
            waiting=self.census.waiting,
            returning=self.census.returning,
            waiting_span=self.census.waiting_span,
            start_groups=np.append(np.cumsum(self.group_share)[:-1], 1.0),
            norm_days=self.values["norm_days"],
        )
        costs = [self._prices(name, changed) for name in ("cost_per_day", "cost_per_start")]
        return Arm(network, costs[0], costs[1], places)


def _waiting_span(waiting: Ints, through: Floats, patience: Floats) -> Floats:
    """How long ago the first of those who wait came, per care type.

    With n waiting, places that let through mu youths a day and patience of mean theta, the flow is
    in balance when theta * ln(1 + n / (theta * mu)) days of arrivals are in the queue; n / mu when
    nobody stops waiting.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        endless = np.where(np.isinf(through), 0.0, waiting / through)
        span = np.where(np.isinf(patience), endless, patience * np.log1p(endless / patience))
    return np.nan_to_num(span, nan=0.0, posinf=0.0)
