"""Kernel against queueing theory: every comparison as a z-score.

A score compares the mean over independent replications with the exact value, in units of the
standard error of that mean. `python -m benchmarks.agreement` prints the table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem._layout import COUNTED
from vliegwiel.science.caresystem.workspace import Counts, Workspace
from vliegwiel.science.kernel import Purpose, child_key, text_number

from .networks import MONTH, Node, Plain
from .plain_draws import uniforms
from .queueing import (
    cobham,
    erlang_a,
    erlang_b,
    jackson,
    mdc_wait,
    mg1_wait,
    mg_infinity,
    mgc_bounds,
    mmc_wait,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """One comparison with theory."""

    model: str
    what: str
    exact: float
    simulated: float
    error: float

    @property
    def z(self) -> float:
        return (self.simulated - self.exact) / self.error


@dataclass(frozen=True)
class Between:
    """A simulated mean that theory puts between two bounds."""

    model: str
    what: str
    low: float
    high: float
    simulated: float
    error: float

    @property
    def outside(self) -> float:
        """How many standard errors it lies outside the bounds; 0 within."""
        return max(0.0, self.low - self.simulated, self.simulated - self.high) / self.error


#: By model, the largest relative difference from Little's law that a single run had.
LITTLE: dict[str, float] = {}


def replicate(model: str, plain: Plain, replications: int) -> list[Counts]:
    """Each model has random numbers of its own: the kernel would share fates between models."""
    workspace, seed = Workspace(plain.network()), text_number(model)
    runs = [workspace.simulate(int(child_key(seed, 0, r))) for r in range(replications)]
    LITTLE[model] = max(little(counts, plain) for counts in runs)
    return runs


def little(counts: Counts, plain: Plain) -> float:
    """How far a run is from Little's law, which holds for every single run, not only on average.

    Days in the queue and in care added over youths, against the number present added over time.
    """
    days = plain.months * float(MONTH)
    at_first = {
        "waiting": [n.waiting for n in plain.nodes],
        "care": [n.in_care for n in plain.nodes],
    }
    ways = {
        "waiting": (("arrivals",), ("starts", "leaving"), "queue_time"),
        "care": (("starts",), ("ends",), "care_time"),
    }
    worst = 0.0
    for name, (entering, exiting, by_youth) in ways.items():
        change = sum(counts.total(e) for e in entering) - sum(counts.total(e) for e in exiting)
        late = sum(counts.total(f"{e}_left") for e in entering)
        late = late - sum(counts.total(f"{e}_left") for e in exiting)
        present = np.array(at_first[name]) + np.cumsum(change, axis=0) - change
        over_time = (present * MONTH + late).sum(axis=0)
        apart = np.abs(counts.total(by_youth).sum(axis=0) - over_time)
        worst = max(worst, float((apart / np.maximum(over_time, days)).max()))
    return worst


def score(model: str, what: str, exact: float, values: list[float]) -> Score:
    return Score(
        model,
        what,
        exact,
        float(np.mean(values)),
        float(np.std(values, ddof=1) / len(values) ** 0.5),
    )


def mean_wait(counts: Counts, i: int) -> float:
    return float(counts.total("wait_sum")[:, i].sum() / counts.total("waits")[:, i].sum())


def _mmc() -> Iterator[Score]:
    for servers, load in ((1, 0.8), (2, 0.75), (5, 0.8), (10, 0.9), (50, 0.95)):
        rate, months = servers * load, 60 if servers > 5 else 200
        plain = Plain(
            sources=((rate, (1.0,)),), nodes=(Node(places=servers),), months=months,
            waits_from=300.0,
        )  # fmt: skip
        model = f"M/M/{servers}, load {load:g}"
        runs = replicate(model, plain, 60)
        exact = mmc_wait(rate, 1.0, servers)
        yield score(model, "mean wait", exact, [mean_wait(c, 0) for c in runs])


#: So short (days) that nobody is still there when a place comes free.
NO_PATIENCE = 1e-9


def _erlang_b() -> Iterator[Score]:
    """Loss: who finds no place is gone. The share depends on the mean of the service time alone."""
    for servers, load, shape, cv in (
        (1, 0.5, "exponential", 1.0), (5, 4.0, "exponential", 1.0), (5, 4.0, "lognormal", 1.5),
        (5, 4.0, "fixed", 1.0), (40, 45.0, "gamma", 0.6),
    ):  # fmt: skip
        node = Node(places=servers, shape=shape, cv=cv, patience=NO_PATIENCE)
        plain = Plain(sources=((load, (1.0,)),), nodes=(node,), months=60)
        model = f"M/G/{servers}/{servers}, load {load:g}, {shape}"
        runs, skip = replicate(model, plain, 60), 5
        exact = erlang_b(servers, load)
        lost = [
            float(c.total("leaving")[skip:].sum() / c.total("arrivals")[skip:].sum()) for c in runs
        ]
        yield score(model, "share that is lost", exact, lost)
        length = MONTH * (plain.months - skip)
        busy = [float(_days_in_care(c)[skip:].sum() / (length * servers)) for c in runs]
        yield score(model, "use of places", load * (1 - exact) / servers, busy)


def _days_in_care(counts: Counts) -> Floats:
    """Days in care by month in a system that starts empty with one care type, shape (M,)."""
    change = (counts.total("starts") - counts.total("ends"))[:, 0]
    late = (counts.total("starts_left") - counts.total("ends_left"))[:, 0]
    days: Floats = (np.cumsum(change) - change) * MONTH + late
    return days


def bounds() -> Iterator[Between]:
    """M/G/c, which has no formula: the mean wait within the bounds that theory gives."""
    for servers, load, shape, cv in (
        (2, 0.9, "fixed", 0.0), (2, 0.9, "lognormal", 1.3), (4, 0.95, "gamma", 0.6),
        (4, 0.95, "weibull", 1.4), (10, 0.97, "lognormal", 0.9),
    ):  # fmt: skip
        rate = servers * load
        node = Node(places=servers, shape=shape, cv=cv or 1.0)
        plain = Plain(
            sources=((rate, (1.0,)),), nodes=(node,), months=200, waits_from=900.0,
        )  # fmt: skip
        model = f"M/G/{servers}, load {load:g}, {shape} cv {cv:g}"
        waits = [mean_wait(c, 0) for c in replicate(model, plain, 60)]
        low, high = mgc_bounds(rate, 1.0, cv, servers)
        error = float(np.std(waits, ddof=1) / len(waits) ** 0.5)
        yield Between(model, "mean wait", low, high, float(np.mean(waits)), error)


def _mg1() -> Iterator[Score]:
    for shape, cv in (("fixed", 0.0), ("gamma", 0.6), ("lognormal", 1.3), ("weibull", 1.4)):
        node = Node(places=1, shape=shape, cv=cv or 1.0)
        plain = Plain(sources=((0.7, (1.0,)),), nodes=(node,), months=300, waits_from=300.0)
        name = "M/D/1" if shape == "fixed" else f"M/G/1, {shape} cv {cv:g}"
        runs = replicate(name, plain, 60)
        yield score(name, "mean wait", mg1_wait(0.7, 1.0, cv), [mean_wait(c, 0) for c in runs])


def _mdc() -> Iterator[Score]:
    for servers, load in ((2, 0.85), (8, 0.9)):
        rate = servers * load
        node = Node(places=servers, shape="fixed")
        plain = Plain(sources=((rate, (1.0,)),), nodes=(node,), months=150, waits_from=300.0)
        model = f"M/D/{servers}, load {load:g}"
        waits = [mean_wait(c, 0) for c in replicate(model, plain, 60)]
        yield score(model, "mean wait", mdc_wait(rate, 1.0, servers), waits)


def _erlang_a() -> Iterator[Score]:
    for servers, rate, patience in ((10, 9.0, 2.0), (10, 14.0, 3.0), (40, 42.0, 10.0)):
        node = Node(places=servers, patience=patience)
        plain = Plain(sources=((rate, (1.0,)),), nodes=(node,), months=80, waits_from=150.0)
        model = f"M/M/{servers}+M, load {rate / servers:g}, patience {patience:g}"
        runs, skip = replicate(model, plain, 60), 5
        exact = erlang_a(rate, 1.0, servers, patience)
        days = (plain.months - skip) * MONTH
        came = [c.total("arrivals")[skip:].sum() for c in runs]
        left = [c.total("leaving")[skip:].sum() for c in runs]
        queued = [c.total("queue_time")[skip:].sum() / days for c in runs]
        shares = [float(b / a) for a, b in zip(came, left, strict=True)]
        yield score(model, "mean wait of who starts", exact["wait_of_served"],
                    [mean_wait(c, 0) for c in runs])  # fmt: skip
        yield score(model, "share that stops waiting", exact["gave_up"], shares)
        yield score(model, "mean number waiting", exact["waiting"], [float(q) for q in queued])


def _in_care(counts: Counts, node: Node, month: int) -> float:
    change = counts.total("starts") - counts.total("ends")
    return float(node.in_care + change[: month + 1, 0].sum())


def _mg_infinity() -> Iterator[Score]:
    for shape, cv in (
        ("exponential", 1.0), ("gamma", 0.7), ("lognormal", 0.9), ("weibull", 1.3), ("fixed", 1.0),
    ):  # fmt: skip
        node = Node(mean=200.0, shape=shape, cv=cv)
        model = f"M/G/∞ from empty, {shape}"
        runs = replicate(model, Plain(sources=((0.5, (1.0,)),), nodes=(node,), months=12), 400)
        for month in (2, 11):
            time = (month + 1.0) * MONTH
            exact = (
                0.5 * min(time, 200.0)
                if shape == "fixed"
                else mg_infinity(0.5, shape, 200.0, cv, time)
            )
            present = [_in_care(c, node, month) for c in runs]
            yield score(model, f"in care, month {month + 1}", exact, present)


def _census() -> Iterator[Score]:
    """Started with stays under way, the number in care keeps its mean at every moment."""
    for shape, cv in (
        ("exponential", 1.0), ("gamma", 0.7), ("lognormal", 0.9), ("weibull", 1.3), ("fixed", 1.0),
    ):  # fmt: skip
        node = Node(mean=200.0, shape=shape, cv=cv, extension=(0.25, 160.0), in_care=120)
        model = f"M/G/∞ from census, {shape}, extension"
        runs = replicate(model, Plain(sources=((0.5, (1.0,)),), nodes=(node,), months=12), 2000)
        for month in (1, 5):
            present = [_in_care(c, node, month) for c in runs]
            yield score(model, f"in care, month {month + 1}", 120.0, present)


def _jackson() -> Iterator[Score]:
    routing = ((0.0, 0.4, 0.3), (0.1, 0.0, 0.5), (0.0, 0.2, 0.1))
    inflow, means, servers = np.array([2.0, 0.5, 0.0]), np.array([1.5, 2.0, 0.8]), [5, 4, 2]
    nodes = tuple(Node(places=c, mean=float(m)) for c, m in zip(servers, means, strict=True))
    plain = Plain(
        sources=((2.0, (1.0, 0.0, 0.0)), (0.5, (0.0, 1.0, 0.0))), nodes=nodes, routing=routing,
        months=200, waits_from=400.0,
    )  # fmt: skip
    runs = replicate("Jackson", plain, 60)
    exact = jackson(inflow, np.array(routing), means, servers)
    for i in range(3):
        waits = [mean_wait(c, i) for c in runs]
        yield score("Jackson network, 3 nodes", f"mean wait, node {i + 1}", float(exact[i]), waits)


def waits_by_class(plain: Plain, key: int) -> list[float]:
    """Mean wait in each class of priority of a network of one node without coming back."""
    network = plain.network()
    workspace = Workspace(network)
    trace = np.zeros((workspace.simulate(key).events, 4), dtype=np.int64)
    workspace.simulate(key, trace)
    times, who = trace[:, 0].copy().view(np.float64), trace[:, 1].copy().view(np.uint64)
    arrival, start = (trace[:, 2] == COUNTED.index(what) for what in ("arrivals", "starts"))
    order = np.argsort(who[arrival])
    came = times[arrival][order][np.searchsorted(who[arrival], who[start], sorter=order)]
    waits, late = times[start] - came, came > plain.waits_from
    drawn = uniforms(who[start], Purpose.PRIORITY, 0)
    found = np.searchsorted(np.cumsum(plain.urgent[0]), drawn, side="right")
    return [float(np.mean(waits[late & (found == k)])) for k in range(len(plain.urgent[0]))]


def _priority() -> Iterator[Score]:
    """Cobham (1954): classes that do not interrupt each other."""
    for servers, load in ((2, 0.85), (8, 0.9)):
        rate, parts = servers * load, (0.2, 0.3, 0.5)
        plain = Plain(
            sources=((rate, (1.0,)),), nodes=(Node(places=servers),), months=150,
            waits_from=300.0, urgent=(parts, parts),
        )  # fmt: skip
        model = f"M/M/{servers}, load {load:g}, three classes"
        seed = text_number(model)
        found = np.array([waits_by_class(plain, int(child_key(seed, 0, r))) for r in range(40)])
        exact = cobham([rate * part for part in parts], 1.0, servers)
        for k, wait in enumerate(exact):
            yield score(model, f"mean wait, class {k + 1}", wait, [float(w) for w in found[:, k]])


def _providers() -> Iterator[Score]:
    """Two providers of five: each for itself, or with one queue."""
    for rule, servers in (("by_share", 5), ("one_queue", 10)):
        node = Node(places=5, further=(5,), rule=rule)
        plain = Plain(sources=((8.0, (1.0,)),), nodes=(node,), months=100, waits_from=300.0)
        model = f"two providers of 5 places, {rule}"
        runs = replicate(model, plain, 60)
        exact = mmc_wait(0.8 * servers, 1.0, servers)
        yield score(model, "mean wait", exact, [mean_wait(c, 0) for c in runs])


#: Points of an observed stay of mean 1, and its coefficient of variation: a mixture of uniforms.
POINTS = ((0.0, 0.5, 0.9, 1.0), (0.0, 0.8, 1.8, 4.2))


def _moments(points: tuple[tuple[float, ...], tuple[float, ...]]) -> tuple[float, float]:
    (shares, lengths), mean, square = points, 0.0, 0.0
    for k in range(len(shares) - 1):
        part, a, b = shares[k + 1] - shares[k], lengths[k], lengths[k + 1]
        mean += part * (a + b) / 2
        square += part * (a * a + a * b + b * b) / 3
    return mean, square


def _observed() -> Iterator[Score]:
    mean, square = _moments(POINTS)
    cv = math.sqrt(square / mean**2 - 1)
    node = Node(places=1, shape="observed", points=POINTS)
    plain = Plain(sources=((0.7, (1.0,)),), nodes=(node,), months=300, waits_from=300.0)
    runs = replicate("M/G/1, observed", plain, 60)
    exact = mg1_wait(0.7, 1.0, cv)
    yield score("M/G/1, observed stays", "mean wait", exact, [mean_wait(c, 0) for c in runs])
    free = Node(mean=200.0, shape="observed", points=POINTS, in_care=100)
    model = "M/G/∞ from census, observed stays"
    runs = replicate(model, Plain(sources=((0.5, (1.0,)),), nodes=(free,), months=12), 400)
    for month in (1, 5):
        present = [_in_care(c, free, month) for c in runs]
        yield score(model, f"in care, month {month + 1}", 100.0, present)


def _ages() -> Iterator[Score]:
    """Youths of 0 to 2 years (evenly) whose fixed stay of 2 years ends on their third birthday.

    Half a year on nobody has reached it: in care is rate times time. In the long run a stay lasts
    the 1 to 3 years that are left, at most 2: on average 2 - 1/4.
    """
    year = 365.25
    node = Node(mean=2 * year, shape="fixed", until=3.0)
    plain = Plain(
        sources=((0.2, (1.0,)),), nodes=(node,), months=60, ages=(0.5, 0.5, 0.0, 0.0),
    )  # fmt: skip
    model = "M/D/∞, third birthday"
    runs = replicate(model, plain, 200)
    for month, exact in ((5, 0.2 * 180.0), (59, 0.2 * 1.75 * year)):
        present = [_in_care(c, node, month) for c in runs]
        yield score(model, f"in care, month {month + 1}", exact, present)
    # In balance half of the stays are longer than what is left until the birthday.
    shares = [float(c.total("aged_out")[30:].sum() / c.total("ends")[30:].sum()) for c in runs]
    yield score(model, "share that ends on the birthday", 0.5, shares)


def _success() -> Iterator[Score]:
    """Three in ten have no success and go on to a second node with probability a half."""
    nodes = (Node(mean=3.0, success=0.7), Node(mean=2.0))
    plain = Plain(
        sources=((1.0, (1.0, 0.0)),), nodes=nodes, routing=((0.0, 0.1), (0.0, 0.0)),
        otherwise=((0.0, 0.5), (0.0, 0.0)), months=60,
    )  # fmt: skip
    runs = replicate("success", plain, 60)
    for what, above, exact in (
        ("share with success", [c.total("succeeded")[:, 0].sum() for c in runs], 0.7),
        ("share that goes on", [c.total("arrivals")[:, 1].sum() for c in runs], 0.22),
    ):
        shares = [float(a / c.total("ends")[:, 0].sum()) for a, c in zip(above, runs, strict=True)]
        yield score("success decides what follows", what, exact, shares)


def _ways_out() -> Iterator[Score]:
    """Of who stops waiting a quarter goes to heavier care, the rest out."""
    nodes = (Node(places=5, mean=2.0, patience=1.0, leaving=(0.0, 0.25)), Node(mean=2.0))
    plain = Plain(sources=((4.0, (1.0, 0.0)),), nodes=nodes, routing=((0.0,) * 2,) * 2, months=40)
    runs = replicate("ways out of the queue", plain, 60)
    up = [float(c.total("arrivals")[:, 1].sum() / c.total("leaving")[:, 0].sum()) for c in runs]
    yield score("ways out of the queue", "share to heavier care", 0.25, up)


PARTS: dict[str, Callable[[], Iterator[Score]]] = {
    "Erlang B": _erlang_b,
    "Erlang C": _mmc,
    "Pollaczek-Khinchine": _mg1,
    "Crommelin": _mdc,
    "Erlang A": _erlang_a,
    "M/G/infinity": _mg_infinity,
    "census": _census,
    "Jackson": _jackson,
    "priority": _priority,
    "providers": _providers,
    "observed": _observed,
    "ages": _ages,
    "success": _success,
    "ways out": _ways_out,
}


@cache
def within_bounds() -> tuple[Between, ...]:
    """The comparisons with bounds."""
    return tuple(bounds())


@cache
def scores(part: str) -> tuple[Score, ...]:
    """The scores of one part of theory."""
    return tuple(PARTS[part]())


def summary(found: list[Score]) -> str:
    """How far the scores lie from theory, in one line."""
    z = np.array([one.z for one in found])
    beyond, largest = int((np.abs(z) > 2).sum()), float(np.abs(z).max())
    rms = math.sqrt(float(np.mean(z * z)))
    return f"{len(z)} scores: {beyond} beyond 2, largest {largest:.2f}, root mean square {rms:.2f}"
