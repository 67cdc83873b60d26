"""Networks of queues for the agreement tests, written as plainly as they can be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from vliegwiel.science.caresystem.network import (
    LEAVES,
    SHAPES,
    UNLIMITED,
    Network,
    choice,
    shape_parameters,
)

MONTH = 30


@dataclass(frozen=True)
class Node:
    """A care type with constant parameters."""

    places: int | None = None
    mean: float = 1.0
    shape: str = "exponential"
    cv: float = 1.0
    patience: float = math.inf
    leave_to: int = LEAVES
    extension: tuple[float, float] = (0.0, 1.0)
    in_care: int = 0
    waiting: int = 0
    span: float = 0.0
    later: tuple[int, int] | None = None  # from a month on, other places


@dataclass(frozen=True)
class Plain:
    """Sources (rate a day, shares of destinations), nodes, routing and coming back."""

    sources: tuple[tuple[float, tuple[float, ...]], ...]
    nodes: tuple[Node, ...]
    routing: tuple[tuple[float, ...], ...] = ()
    back: tuple[float, float, tuple[float, ...]] | None = None
    months: int = 12
    waits_from: float = -math.inf
    norm_days: float = math.inf
    fresh: bool = False
    returning: int = 0
    monthly_factors: tuple[float, ...] = field(default=())

    def network(self) -> Network:
        """The same as the kernel wants it."""
        n, months = len(self.nodes), self.months
        routing = np.array(self.routing) if self.routing else np.zeros((n, n))
        following = np.column_stack([routing, np.zeros(n), 1.0 - routing.sum(axis=1)])
        destination = np.array([[*shares, 1.0 - math.fsum(shares)] for _, shares in self.sources])
        probability, delay, to = self.back or (0.0, 1.0, (1.0,) + (0.0,) * (n - 1))
        back = np.array([[*to, 1.0 - math.fsum(to)]])
        shapes = np.array([SHAPES[node.shape] for node in self.nodes], dtype=np.int64)
        parameters = [
            shape_parameters(int(shapes[i]), node.cv) for i, node in enumerate(self.nodes)
        ]
        factors = np.array(self.monthly_factors or (1.0,) * months)
        rates = np.array([rate for rate, _ in self.sources])
        limits = [UNLIMITED if node.places is None else node.places for node in self.nodes]
        places = np.repeat(np.array([limits], dtype=np.int64), months, axis=0)
        for i, node in enumerate(self.nodes):
            if node.later is not None:
                places[node.later[0] :, i] = node.later[1]

        def of(name: str) -> np.ndarray:
            return np.array([[getattr(node, name) for node in self.nodes]], dtype=float)

        return Network(
            names=tuple(f"node{i}" for i in range(n)),
            month_ends=np.arange(1, months + 1) * float(MONTH),
            row=np.zeros((months, 1), dtype=np.int64),
            candidates=rates[:, None] * factors[None, :],
            groups=np.ones((len(rates), months, 1)),
            accept=np.ones((len(rates), months, 1)),
            destination=choice(destination, destination[None]),
            shape=shapes,
            stay_mean=of("mean"),
            stay_a=np.array([[a for a, _ in parameters]]),
            stay_b=np.array([[b for _, b in parameters]]),
            extension_probability=np.array([[node.extension[0] for node in self.nodes]]),
            extension_mean=np.array([[node.extension[1] for node in self.nodes]]),
            patience_mean=of("patience"),
            leave_to=np.array([node.leave_to for node in self.nodes], dtype=np.int64),
            following=choice(following, following[None]),
            return_probability=np.array([probability]),
            return_mean=np.array([delay]),
            back=choice(back, back[None]),
            places=places,
            in_care=np.array([node.in_care for node in self.nodes], dtype=np.int64),
            waiting=np.array([node.waiting for node in self.nodes], dtype=np.int64),
            start_groups=np.ones(1),
            waiting_span=of("span")[0],
            fresh=self.fresh,
            returning=self.returning,
            norm_days=self.norm_days,
            waits_from=self.waits_from,
        )
