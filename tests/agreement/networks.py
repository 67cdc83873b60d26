"""Networks of queues for the agreement tests, written as plainly as they can be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from vliegwiel.science.caresystem._layout import CHOOSES, LEAVES, LEAVES_AT_ONCE
from vliegwiel.science.caresystem.choices import Choice, choice
from vliegwiel.science.caresystem.elapsed import elapsed
from vliegwiel.science.caresystem.features import (
    QUEUE_RULES,
    Ages,
    Budgets,
    Features,
    Observed,
    Outcomes,
    Priorities,
    Providers,
    observed,
)
from vliegwiel.science.caresystem.network import (
    SHAPES,
    UNLIMITED,
    Ints,
    Network,
    shape_parameters,
)

MONTH = 30
#: Months in a year of these networks.
YEAR = 6


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
    further: tuple[int, ...] = ()  # places of further providers, each with an equal share
    rule: str = "one_queue"
    ceiling: float = math.inf  # of each provider, a year of YEAR months
    price: tuple[float, float] = (0.0, 0.0)  # per day, per start
    until: float = math.inf  # age in years at which a youth has to leave
    success: float | None = None
    leaving: tuple[float, ...] = ()  # shares of where those go who stop waiting
    points: tuple[tuple[float, ...], tuple[float, ...]] | None = None  # observed: shares, lengths
    waited: tuple[tuple[float, float], ...] = ()  # at the start, so far: points (share, days)
    cared: tuple[tuple[float, float], ...] = ()


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
    urgent: tuple[tuple[float, ...], ...] = ()  # shares of the classes, per source and at the start
    ages: tuple[float, ...] = ()  # shares of the years of life, for everybody
    urgent_ages: tuple[tuple[float, float], ...] = ()  # of the classes
    otherwise: tuple[tuple[float, ...], ...] = ()  # routing without success
    returns_otherwise: float = 0.0

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
        form_of = np.repeat(np.arange(n), [1 + len(node.further) for node in self.nodes])
        first = np.searchsorted(form_of, np.arange(n))
        limits = [
            UNLIMITED if limit is None else limit
            for node in self.nodes
            for limit in (node.places, *node.further)
        ]
        places = np.repeat(np.array([limits], dtype=np.int64), months, axis=0)
        in_care = np.zeros(len(form_of), dtype=np.int64)
        for i, node in enumerate(self.nodes):
            in_care[first[i]] = node.in_care
            if node.later is not None:
                places[node.later[0] :, first[i]] = node.later[1]

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
            leave_to=np.array([self.leaving(node) for node in self.nodes], dtype=np.int64),
            following=choice(following, following[None]),
            return_probability=np.array([probability]),
            return_mean=np.array([delay]),
            back=choice(back, back[None]),
            places=places,
            in_care=in_care,
            waiting=np.array([node.waiting for node in self.nodes], dtype=np.int64),
            start_groups=np.ones(1),
            waiting_span=of("span")[0],
            fresh=self.fresh,
            returning=self.returning,
            norm_days=self.norm_days,
            waits_from=self.waits_from,
            features=self.features(form_of),
            waited=elapsed([node.waited for node in self.nodes]),
            in_care_since=elapsed([node.cared for node in self.nodes]),
        )

    @staticmethod
    def leaving(node: Node) -> int:
        """Who joins the shortest queue must see at once that somebody left."""
        if node.leaving:
            return CHOOSES
        looked_at = node.further and node.rule == "shortest_queue"
        return LEAVES_AT_ONCE if looked_at and node.leave_to == LEAVES else node.leave_to

    def features(self, form_of: Ints) -> Features:
        """What the nodes have beyond the plain."""
        counts = np.bincount(form_of)
        providers = budgets = priorities = None
        if len(form_of) > len(self.nodes):
            share = np.concatenate([np.arange(1, count + 1) / count for count in counts])
            rule = np.array([QUEUE_RULES[node.rule] for node in self.nodes])
            providers = Providers(form_of, rule, share[None])
        if any(math.isfinite(node.ceiling) for node in self.nodes):
            ceiling = np.array([self.nodes[i].ceiling for i in form_of])
            prices = np.array([node.price for node in self.nodes])
            shape = (self.months, 1, len(self.nodes))
            budgets = Budgets(
                np.repeat(ceiling[None], self.months, axis=0),
                (np.arange(self.months) % YEAR == 0).astype(np.int64),
                np.broadcast_to(prices[:, 0], shape), np.broadcast_to(prices[:, 1], shape),
            )  # fmt: skip
        if self.urgent:
            priorities = Priorities(np.cumsum(np.array(self.urgent), axis=1)[None])
        return Features(
            providers=providers, budgets=budgets, priorities=priorities, ages=self.all_ages(),
            outcomes=self.outcomes(), leaving=self.leaving_choice(), observed=self.observed_stays(),
        )  # fmt: skip

    def all_ages(self) -> Ages | None:
        if not self.ages:
            return None
        share = np.append(np.cumsum(self.ages)[:-1], 1.0)
        until = np.array([[node.until * 365.25 for node in self.nodes]])
        classes = len(self.urgent[0]) if self.urgent else 1
        between = np.full((classes, 2), (math.inf, -math.inf))
        for k, span in enumerate(self.urgent_ages[:classes]):
            between[k] = np.array(span) * 365.25
        origins = len(self.sources) + len(self.nodes) + 1
        shares = np.repeat(share[None], origins, axis=0)[None]
        return Ages(shares, until, between[:, 0], between[:, 1])

    def outcomes(self) -> Outcomes | None:
        if not self.otherwise:
            return None
        n = len(self.nodes)
        both = np.vstack([np.array(self.routing), np.array(self.otherwise)])
        following = np.column_stack([both, np.zeros(2 * n), 1.0 - both.sum(axis=1)])
        known = [2.0 if node.success is None else node.success for node in self.nodes]
        return Outcomes(
            np.array([known]), choice(following, following[None]),
            np.array([self.returns_otherwise]),
        )  # fmt: skip

    def leaving_choice(self) -> Choice | None:
        if not any(node.leaving for node in self.nodes):
            return None
        n = len(self.nodes)
        shares = np.array([node.leaving or (0.0,) * n for node in self.nodes])
        flows = np.column_stack([shares, np.zeros(n), 1.0 - shares.sum(axis=1)])
        return choice(flows, flows[None])

    def observed_stays(self) -> Observed | None:
        if not any(node.points for node in self.nodes):
            return None
        points = [node.points or ((), ()) for node in self.nodes]
        return observed([share for share, _ in points], [length for _, length in points])
