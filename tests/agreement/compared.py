"""Both arms of a comparison as networks in which everything differs by municipality and month.

A network of :mod:`.networks` has one group of municipalities and one row of parameters. Here the
same network is taken apart: groups and rows of parameters, places, ceilings and prices by month,
candidates who are no youth in an arm, choices that an arm changes, and care types that only the
second arm opens.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem._layout import LEAVES
from vliegwiel.science.caresystem.choices import Choice, choice
from vliegwiel.science.caresystem.features import Features, Moving
from vliegwiel.science.caresystem.network import UNLIMITED, Network, shape_parameters

from .networks import Plain

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """What is compared, and into how much it is taken apart; ``seed`` decides by how much."""

    plain: Plain
    groups: int
    rows: int
    new: int  # the last care types, which the baseline does not have
    moves: float  # a day, unless the network is plain
    seed: int

    def arms(self) -> tuple[Network, Network]:
        """Baseline and scenario: the same candidates, groups, rows and choices to refer to."""
        drawn = np.random.default_rng(self.seed)
        known = len(self.plain.nodes) - self.new
        nodes = tuple(
            replace(
                node,
                leave_to=node.leave_to if node.leave_to < known else LEAVES,
                **({"in_care": 0, "waiting": 0} if i >= known else {}),
            )
            for i, node in enumerate(self.plain.nodes)
        )
        network = replace(self.plain, nodes=nodes).network()
        months, sources = len(network.month_ends), len(network.candidates)
        shared = replace(
            network,
            known_types=known,
            row=drawn.integers(0, self.rows, (months, self.groups)),
            groups=_cumulative(drawn, (sources, months, self.groups)),
            start_groups=_cumulative(drawn, (self.groups,)),
        )
        if self.moves and not network.features.plain:
            moving = Moving(np.array([self.moves]), _cumulative(drawn, (self.groups, self.groups)))
            shared = replace(shared, features=replace(network.features, moving=moving))
        scenario = _Arm(shared, self.rows, drawn, scenario=True).network()
        return _Arm(shared, self.rows, drawn, scenario=False).network(), scenario


def _cumulative(drawn: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Cumulative shares along the last axis; some outcomes have none."""
    parts = drawn.exponential(size=shape) * (drawn.random(shape) < 0.8)
    parts[..., 0] += 1e-3
    shares: Floats = np.cumsum(parts / parts.sum(axis=-1, keepdims=True), axis=-1)
    shares[..., -1] = 1.0
    return shares


@dataclass(frozen=True)
class _Arm:
    """One arm of what both share."""

    shared: Network
    rows: int
    drawn: np.random.Generator
    scenario: bool

    def network(self) -> Network:
        shared = self.shared
        changed: dict[str, Any] = {
            name: self.by_row(getattr(shared, name)[0])
            for name in ("stay_mean", "extension_mean", "patience_mean")
        }
        a, b = self.shapes()
        return replace(
            shared,
            **changed,
            accept=np.minimum(1.0, self.drawn.uniform(0.2, 1.5, shared.groups.shape)),
            stay_a=a,
            stay_b=b,
            extension_probability=self.chance(shared.extension_probability[0]),
            destination=self.changed(shared.destination),
            following=self.changed(shared.following),
            return_probability=self.chance(shared.return_probability[0]),
            return_mean=self.by_row(shared.return_mean[0]),
            back=self.changed(shared.back),
            places=self.places(),
            features=self.features(shared.features),
        )

    def by_row(self, one: Floats) -> Floats:
        """A row of parameters as several that differ."""
        return one * self.drawn.uniform(0.5, 1.6, (self.rows, *np.shape(one)))

    def chance(self, one: Floats) -> Floats:
        return np.minimum(1.0, self.by_row(one))

    def shapes(self) -> tuple[Floats, Floats]:
        """Parameters of the shape of stays, of which the spread differs by row."""
        made = np.zeros((2, self.rows, self.shared.types))
        for i, shape in enumerate(self.shared.shape):
            for row in range(self.rows):
                made[:, row, i] = shape_parameters(int(shape), self.drawn.uniform(0.2, 1.6))
        return made[0], made[1]

    def changed(self, known: Choice) -> Choice:
        """A choice that differs by row from the one to refer to, which knows no new care types."""
        reference = np.diff(known.reference, axis=-1, prepend=0.0)
        new = slice(self.shared.known_types, self.shared.types)
        reference[:, -1] += reference[:, new].sum(axis=1)
        reference[:, new] = 0.0
        other = np.diff(_cumulative(self.drawn, (self.rows, *reference.shape)), prepend=0.0)
        if not self.scenario:
            other[..., -1] += other[..., new].sum(axis=-1)
            other[..., new] = 0.0
        # In some rows nothing changes, in others everything.
        part = np.clip(self.drawn.uniform(-0.5, 1.2, (self.rows, 1, 1)), 0.0, 1.0)
        return choice(reference, (1.0 - part) * reference + part * other)

    def places(self) -> NDArray[np.int64]:
        """Places of every provider, of which each month has its own; new care opens one day."""
        shared = self.shared
        limited = shared.places < UNLIMITED
        more = self.drawn.integers(-2, 4, shared.places.shape)
        places = np.where(limited, np.maximum(shared.places + more, 0), shared.places)
        opens = self.drawn.integers(0, len(places)) if self.scenario else len(places)
        places[:opens, shared.form_of >= (shared.known_types or 0)] = 0
        return places

    def features(self, known: Features) -> Features:
        """Those that there are, by row, month and group."""
        made: dict[str, Any] = {f.name: getattr(known, f.name) for f in fields(known)}
        if known.providers is not None:
            parts = [int(n) for n in np.bincount(known.providers.form_of)]
            share = np.hstack([_cumulative(self.drawn, (self.rows, n)) for n in parts])
            made["providers"] = replace(known.providers, share=share)
        if known.priorities is not None:
            shape = (self.rows, *known.priorities.share.shape[1:])
            made["priorities"] = replace(known.priorities, share=_cumulative(self.drawn, shape))
        if known.budgets is not None:
            made["budgets"] = replace(known.budgets, **self.money(known))
        if known.ages is not None:
            until = self.by_row(known.ages.until_days[0])
            made["ages"] = replace(known.ages, until_days=until)
        if known.outcomes is not None:
            one = known.outcomes.success[0]
            made["outcomes"] = replace(
                known.outcomes,
                success=np.where(one > 1.0, one, self.chance(one)),
                following=self.changed(known.outcomes.following),
                return_without_success=self.chance(known.outcomes.return_without_success[0]),
            )
        if known.leaving is not None:
            made["leaving"] = self.changed(known.leaving)
        return Features(**made)

    def money(self, known: Features) -> dict[str, Floats]:
        """Ceilings of years that are not alike, prices by month, group and care type."""
        budgets = known.budgets
        assert budgets is not None
        years = np.cumsum(budgets.new_year) - 1
        by_year = self.drawn.uniform(0.3, 1.8, (years[-1] + 1, self.shared.stations))
        shape = (len(years), self.shared.row.shape[1], self.shared.types)
        return {
            "ceiling": budgets.ceiling * by_year[years],
            "price_per_day": budgets.price_per_day[:, :1] * self.drawn.uniform(0.3, 2.0, shape),
            "price_per_start": budgets.price_per_start[:, :1] * self.drawn.uniform(0.3, 2.0, shape),
        }
