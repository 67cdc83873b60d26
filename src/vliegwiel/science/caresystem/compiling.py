"""From documents and drawn values to the two networks that are compared.

Many draws are compiled at once: what the documents say is looked up once, and each table is worked
out for all draws together. A network does not depend on the draws beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import log1p

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
    through_at_start,
)
from .choices import Choice
from .elapsed import Elapsed, elapsed
from .features import PLAIN, Features
from .flow_tables import Flows, choices
from .frames import Frame
from .inflow import rates_of
from .life_tables import (
    ages,
    leaves_by_choice,
    leaving,
    moving,
    observed_stays,
    success_tables,
)
from .model import BASE, OUT, CareSystem, ObservedDays
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
    system: CareSystem, scenario: Scenario | None, found: Frame, values: Mapping[str, float]
) -> tuple[Arm, Arm | None]:
    """Baseline and scenario as networks, for one set of values by address.

    Both have the same candidates and the same choices to refer to, so that a youth whom the
    scenario does not touch lives the same life in both.
    """
    one = {address: np.array([value]) for address, value in values.items()}
    return compile_many(system, scenario, found, one)[0]


def compile_many(
    system: CareSystem, scenario: Scenario | None, found: Frame, values: Values
) -> Sequence[tuple[Arm, Arm | None]]:
    """The same for many sets of values: of each address one value in each set, shape (B,)."""
    whole, known = extended(system, scenario), len(system.care_types)
    plain = Parameters(whole, found, values, ())
    census, flows, rates = _census(plain), Flows(plain), rates_of(plain)
    if scenario is None:
        side = _Side(plain, plain, flows, flows, census, known)
        return [(arm, None) for arm in side.arms(rates, rates)]
    changed = Parameters(whole, found, values, scenario.interventions)
    after = rates_of(changed)
    largest = np.maximum(rates, after)
    baseline = _Side(plain, plain, flows, flows, census, known)
    other = _Side(plain, changed, flows, Flows(changed), census, known)
    both = zip(baseline.arms(rates, largest), other.arms(after, largest), strict=True)
    return list(both)


@dataclass(frozen=True, slots=True)
class _Census:
    """Who is there when the simulation begins: a fact, the same whatever is changed later.

    Nobody is, when the simulation is warmed up.
    """

    in_care: Ints
    waiting: Ints
    waiting_span: Floats
    returning: Ints
    waited: Elapsed | None
    in_care_since: Elapsed | None


def _census(plain: Parameters) -> _Census:
    nobody = np.zeros(plain.draws)

    values = {} if plain.frame.warm_up else plain.values

    def present(suffix: str) -> Ints:
        addresses = [f"care_types.{identifier}.{suffix}" for identifier in plain.ids]
        return half_up(np.stack([values.get(a, nobody) for a in addresses], axis=1))

    extra = plain.per_type("extension.probability", 0.0)[:, 0]
    extra = extra * plain.per_type("extension.length", 1.0)[:, 0]
    care_days = plain.per_type("stay.mean", 1.0)[:, 0] + extra
    waiting, kinds = present("waiting_at_start"), plain.system.care_types
    patience = plain.per_type("patience.mean", math.inf)[:, 0]
    return _Census(
        in_care=over_stations(plain, present("in_care_at_start")),
        waiting=waiting,
        waiting_span=_waiting_span(waiting, through_at_start(plain, care_days), patience),
        returning=half_up(values.get("reentry.returning_at_start", nobody)),
        waited=_elapsed([kind.waited_at_start for kind in kinds]),
        in_care_since=_elapsed([kind.in_care_since_at_start for kind in kinds]),
    )


def _elapsed(found: Sequence[ObservedDays | None]) -> Elapsed | None:
    return elapsed([
        [(point.share, point.days) for point in one.points] if one else [] for one in found
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Side:
    """What is needed to build one side of the comparison."""

    plain: Parameters
    parameters: Parameters
    plain_flows: Flows
    flows: Flows
    census: _Census
    known: int  # care types of the baseline; those after them are new

    def arms(self, rates: Floats, largest: Floats) -> list[Arm]:
        """This side in each draw, given its rates and the larger of those of both sides."""
        found, census = self.parameters, self.census
        room = np.where(self._open(), places(found), 0.0)
        limits = over_types(found, room)
        per_day, per_start = found.prices("cost_per_day"), found.prices("cost_per_start")
        drawn: dict[str, Any] = {
            **self._arrivals(rates, largest),
            **self._stays(),
            "places": np.where(np.isinf(room), UNLIMITED, room).astype(np.int64),
            "in_care": census.in_care,
            "waiting": census.waiting,
            "waiting_span": census.waiting_span,
        }
        fixed: dict[str, Any] = {
            "names": found.ids,
            "known_types": self.known,
            "month_ends": np.cumsum([float(month.days) for month in found.frame.months]),
            "row": found.frame.row,
            "shape": self._shape,
            "leave_to": self._leave_to(),
            "waited": census.waited,
            "in_care_since": census.in_care_since,
        }
        chosen = self._choices()
        features = self._features(per_day, per_start)
        plain = features == PLAIN
        return [
            Arm(
                Network(
                    **fixed,
                    **{name: table[b] for name, table in drawn.items()},
                    **_of_each(chosen, b),
                    returning=int(census.returning[b]),
                    norm_days=float(found.values["norm_days"][b]),
                    features=PLAIN if plain else _of_draw(features, b),
                ),
                per_day[b],
                per_start[b],
                limits[b],
            )
            for b in range(found.draws)
        ]

    def _arrivals(self, rates: Floats, largest: Floats) -> dict[str, Floats]:
        """Who comes, and in which group; the last group closes the sum."""
        candidates = largest.sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            groups = np.cumsum(np.nan_to_num(largest / candidates[..., None]), axis=-1)
            accept = np.where(largest > 0, rates / largest, 0.0)
        groups[..., -1] = 1.0
        start_groups = np.cumsum(self.parameters.group_share, axis=-1)
        start_groups[:, -1] = 1.0
        return {
            "candidates": candidates, "groups": groups, "accept": accept,
            "start_groups": start_groups,
        }  # fmt: skip

    def _choices(self) -> dict[str, Choice]:
        found, outcomes = self.parameters, (*self.parameters.ids, BASE)
        referrers = [f"referrers.{r.id}.destinations" for r in found.system.referrers]
        steps = [f"care_types.{identifier}.next" for identifier in found.ids]
        plain, flows = self.plain_flows, self.flows
        return {
            "destination": choices(plain, flows, referrers, outcomes),
            "following": choices(plain, flows, steps, (*outcomes, OUT)),
            "back": choices(plain, flows, ["reentry.destinations"], outcomes),
        }

    def _features(self, per_day: Floats, per_start: Floats) -> Features:
        found = self.parameters
        return Features(
            providers=providers(found),
            budgets=budgets(found, per_day, per_start),
            priorities=priorities(found, self.plain),
            ages=ages(found),
            outcomes=success_tables(found, self.plain_flows, self.flows),
            leaving=leaving(found, self.plain_flows, self.flows),
            observed=observed_stays(found),
            moving=moving(found),
        )

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

    @property
    def _shape(self) -> Ints:
        stays = [care_type.stay for care_type in self.parameters.system.care_types]
        return np.array([SHAPES[stay.distribution] for stay in stays], dtype=np.int64)

    def _stays(self) -> dict[str, Floats]:
        """What decides how long a youth is in care, waits and stays away, by row and care type."""
        found = self.parameters
        cv = found.per_type("stay.cv", 1.0)
        a, b = np.zeros_like(cv), np.zeros_like(cv)
        for i, shape in enumerate(self._shape):
            known, where = np.unique(cv[..., i], return_inverse=True)
            pairs = np.array([shape_parameters(int(shape), value) for value in known.tolist()])
            of_each = pairs[where.reshape(cv.shape[:-1])]
            a[..., i], b[..., i] = of_each[..., 0], of_each[..., 1]
        return {
            "stay_mean": found.per_type("stay.mean", 1.0),
            "stay_a": a,
            "stay_b": b,
            "extension_probability": found.per_type("extension.probability", 0.0),
            "extension_mean": found.per_type("extension.length", 1.0),
            "patience_mean": found.per_type("patience.mean", math.inf),
            "return_probability": found.optional("reentry.probability", 0.0),
            "return_mean": found.optional("reentry.delay_mean", 1.0),
        }

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


def _of_each(choices: Mapping[str, Choice], b: int) -> dict[str, Any]:
    return {name: choice.of_draw(b) for name, choice in choices.items()}


#: The tables of each feature that have an axis of draws.
_DRAWN: Mapping[str, tuple[str, ...]] = {
    "providers": ("share",),
    "budgets": ("ceiling", "price_per_day", "price_per_start"),
    "priorities": ("share",),
    "ages": ("share", "until_days"),
    "outcomes": ("success", "return_without_success"),
    "moving": ("rate", "to"),
}


def _of_draw(found: Features, b: int) -> Features:
    """The features of one draw."""
    made: dict[str, Any] = {}
    for name, tables in _DRAWN.items():
        feature: Any = getattr(found, name)
        if feature is not None:
            made[name] = replace(feature, **{table: getattr(feature, table)[b] for table in tables})
    if found.outcomes is not None:
        made["outcomes"] = replace(made["outcomes"], following=found.outcomes.following.of_draw(b))
    if found.leaving is not None:
        made["leaving"] = found.leaving.of_draw(b)
    return replace(found, **made)


def _waiting_span(waiting: Ints, through: Floats, patience: Floats) -> Floats:
    """How long ago the first of those who wait came, per draw and care type.

    With n waiting, places that let through mu youths a day and patience of mean theta, the flow is
    in balance when theta * ln(1 + n / (theta * mu)) days of arrivals are in the queue; n / mu when
    nobody stops waiting.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        endless = np.where(np.isinf(through), 0.0, waiting / through)
        part = endless / patience
        span = np.where(np.isinf(patience), endless, patience * log1p(part))
    return np.nan_to_num(span, nan=0.0, posinf=0.0)
