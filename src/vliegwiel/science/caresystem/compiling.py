"""From documents and drawn values to the two networks that are compared."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._layout import CHOOSES, LEAVES, LEAVES_AT_ONCE
from .capacity import Providers
from .capacity_tables import (
    budgets,
    half_up,
    over_stations,
    over_types,
    places,
    priorities,
    providers,
    served_a_day,
)
from .features import Features
from .flow_tables import Flows, choices
from .frames import Frame
from .life_tables import ages, leaves_by_choice, leaving, observed_stays, success_tables
from .model import BASE, OUT, CareSystem
from .network import SHAPES, UNLIMITED, Network, shape_parameters
from .parameters import Floats, Ints, Parameters, Values
from .scenario import Scenario, extended


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of the comparison: the network to simulate and what its care costs.

    ``cost_per_day`` and ``cost_per_start`` have shape (M, G, n); ``places`` (M, n) is infinite
    where places are not the limit.
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
    whole, known = extended(system, scenario), len(system.care_types)
    plain = Parameters(whole, found, values, ())
    census, flows, rates = _census(plain), Flows(plain), plain.rates()
    if scenario is None:
        return _Side(plain, plain, flows, flows, census, known).arm(rates, rates), None
    changed = Parameters(whole, found, values, scenario.interventions)
    after = changed.rates()
    largest = np.maximum(rates, after)
    baseline = _Side(plain, plain, flows, flows, census, known)
    other = _Side(plain, changed, flows, Flows(changed), census, known)
    return baseline.arm(rates, largest), other.arm(after, largest)


@dataclass(frozen=True, slots=True)
class _Census:
    """Who is there at the start: a fact, the same whatever is changed later."""

    in_care: Ints
    waiting: Ints
    waiting_span: Floats
    returning: int


def _census(plain: Parameters) -> _Census:
    def present(suffix: str) -> Ints:
        addresses = [f"care_types.{identifier}.{suffix}" for identifier in plain.ids]
        return half_up(np.array([plain.values.get(address, 0.0) for address in addresses]))

    extra = plain.per_type("extension.probability", 0.0)[0]
    extra = extra * plain.per_type("extension.length", 1.0)[0]
    care_days = plain.per_type("stay.mean", 1.0)[0] + extra
    waiting, patience = present("waiting_at_start"), plain.per_type("patience.mean", math.inf)[0]
    return _Census(
        in_care=over_stations(plain, present("in_care_at_start")),
        waiting=waiting,
        waiting_span=_waiting_span(waiting, served_a_day(plain, care_days), patience),
        returning=math.floor(plain.values.get("reentry.returning_at_start", 0.0) + 0.5),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """What is needed to build one side of the comparison."""

    plain: Parameters
    parameters: Parameters
    plain_flows: Flows
    flows: Flows
    census: _Census
    known: int  # care types of the baseline; those after them are new

    def arm(self, rates: Floats, largest: Floats) -> Arm:
        """This side, given its rates and the larger of those of both sides."""
        found, census, ids = self.parameters, self.census, self.parameters.ids
        candidates = largest.sum(axis=2)
        with np.errstate(divide="ignore", invalid="ignore"):
            groups = np.cumsum(np.nan_to_num(largest / candidates[:, :, None]), axis=2)
            accept = np.where(largest > 0, rates / largest, 0.0)
        groups[..., -1] = 1.0
        outcomes = (*ids, BASE)
        referrers = [f"referrers.{r.id}.destinations" for r in found.system.referrers]
        steps = [f"care_types.{identifier}.next" for identifier in ids]
        shape, a, b = self._shapes()
        room = np.where(self._open(), places(found), 0.0)
        per_day, per_start = found.prices("cost_per_day"), found.prices("cost_per_start")
        network = Network(
            names=ids,
            known_types=self.known,
            month_ends=np.cumsum([float(month.days) for month in found.frame.months]),
            row=found.frame.row,
            candidates=candidates,
            groups=groups,
            accept=accept,
            destination=choices(self.plain_flows, self.flows, referrers, outcomes),
            shape=shape,
            stay_mean=found.per_type("stay.mean", 1.0),
            stay_a=a,
            stay_b=b,
            extension_probability=found.per_type("extension.probability", 0.0),
            extension_mean=found.per_type("extension.length", 1.0),
            patience_mean=found.per_type("patience.mean", math.inf),
            leave_to=self._leave_to(),
            following=choices(self.plain_flows, self.flows, steps, (*outcomes, OUT)),
            return_probability=found.optional("reentry.probability", 0.0),
            return_mean=found.optional("reentry.delay_mean", 1.0),
            back=choices(self.plain_flows, self.flows, ["reentry.destinations"], outcomes),
            places=np.where(np.isinf(room), UNLIMITED, room).astype(np.int64),
            in_care=census.in_care,
            waiting=census.waiting,
            returning=census.returning,
            waiting_span=census.waiting_span,
            start_groups=np.append(np.cumsum(found.group_share)[:-1], 1.0),
            norm_days=found.values["norm_days"],
            features=Features(
                providers=providers(found),
                budgets=budgets(found, per_day, per_start),
                priorities=priorities(found, self.plain),
                ages=ages(found),
                outcomes=success_tables(found, self.plain_flows, self.flows),
                leaving=leaving(found, self.plain_flows, self.flows),
                observed=observed_stays(found),
            ),
        )
        return Arm(network, per_day, per_start, over_types(found, room))

    def _open(self) -> NDArray[np.bool_]:
        """Whether a station is there in a month: a new one from the first flow to it, (M, m)."""
        found = self.parameters
        there = np.ones((len(found.frame.months), len(found.stations)), dtype=np.bool_)
        for i in range(self.known, len(found.ids)):
            begun = np.zeros(len(found.frame.months), dtype=np.bool_)
            for k, intervention in enumerate(found.interventions):
                if intervention.to == found.ids[i]:
                    begun |= (found.frame.exposure[k] > 0).any(axis=1)
            there[:, found.form_of == i] = np.maximum.accumulate(begun)[:, None]
        return there

    def _shapes(self) -> tuple[Ints, Floats, Floats]:
        stays = [care_type.stay for care_type in self.parameters.system.care_types]
        shape = np.array([SHAPES[stay.distribution] for stay in stays], dtype=np.int64)
        cv = self.parameters.per_type("stay.cv", 1.0)
        a, b = np.zeros_like(cv), np.zeros_like(cv)
        for i in range(len(stays)):
            known: dict[float, tuple[float, float]] = {}
            for r, value in enumerate(cv[:, i]):
                if value not in known:
                    known[value] = shape_parameters(int(shape[i]), float(value))
                a[r, i], b[r, i] = known[value]
        return shape, a, b

    def _leave_to(self) -> Ints:
        ids = self.parameters.ids
        leave_to = np.full(len(ids), LEAVES, dtype=np.int64)
        for i, care_type in enumerate(self.parameters.system.care_types):
            capacity, patience = care_type.capacity, care_type.patience
            if leaves_by_choice(care_type):
                leave_to[i] = CHOOSES
            elif patience is not None and patience.leave_to in ids:
                leave_to[i] = ids.index(str(patience.leave_to))
            elif isinstance(capacity, Providers) and capacity.queue == "shortest_queue":
                leave_to[i] = LEAVES_AT_ONCE  # others look at how many wait
        return leave_to


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
