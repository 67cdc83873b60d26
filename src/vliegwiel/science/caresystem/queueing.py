"""Formulas for queues: a quick answer for one care type, and a check on the simulation.

They hold for arrivals by chance (Poisson), independent stays, a fixed number of places and a long
time without change; for anything else there is the simulation. Rates and times have one unit of
time, which is the caller's. Where a queue would grow for ever the formulas have no answer, and
:class:`UnstableQueue` is raised. Source: Gross, Shortle, Thompson and Harris (2008), *Fundamentals
of Queueing Theory*; of who loses patience Mandelbaum and Zeltyn (2007), "Service engineering in
action: the Palm/Erlang-A queue".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vliegwiel.science.kernel import ScienceError

#: Places that are looked at before a goal is called out of reach.
_MOST_PLACES = 1_000_000


class UnstableQueue(ScienceError):
    """More work comes in than can be done, so the queue grows for ever."""


@dataclass(frozen=True, slots=True)
class QueueNumbers:
    """Long-run numbers of a queue without limit (M/M/c).

    Attributes:
        utilisation: share of the places that are used.
        lost: share that would find no place if nobody could wait (Erlang B).
        waits: share that has to wait (Erlang C).
        mean_wait, mean_time: time until the start, and until the end.
        mean_queue, mean_present: number waiting, and waiting or in care.
    """

    utilisation: float
    lost: float
    waits: float
    mean_wait: float
    mean_time: float
    mean_queue: float
    mean_present: float


@dataclass(frozen=True, slots=True)
class ImpatientQueue:
    """Long-run numbers of a queue that people leave when it takes too long (M/M/c+M).

    Attributes:
        waits: share that has to wait.
        gives_up: share that leaves before its start.
        mean_wait: time in the queue of everybody, also of who leaves it.
        mean_queue: number waiting.
    """

    waits: float
    gives_up: float
    mean_wait: float
    mean_queue: float


@dataclass(frozen=True, slots=True)
class QueueNetwork:
    """Long-run numbers of an open network of queues, by node, and as a whole."""

    arrivals: tuple[float, ...]
    nodes: tuple[QueueNumbers, ...]
    mean_present: float
    mean_time: float


def erlang_b(places: int, load: float) -> float:
    """Share that finds no place when nobody can wait (Erlang 1917), by its stable recursion.

    Args:
        places: how many there are, 0 or more.
        load: arrivals times mean stay.

    Raises:
        ValueError: for numbers that cannot be.
    """
    _places(places, least=0)
    _positive(load=load)
    blocked = 1.0
    for count in range(1, places + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(places: int, load: float) -> float:
    """Share that has to wait when everybody does wait (Erlang 1917).

    Raises:
        ValueError: for numbers that cannot be.
        UnstableQueue: for a load of as much as the places, or more.
    """
    _places(places)
    blocked = erlang_b(places, load)
    _stable(load, places)
    return blocked / (1.0 - load / places * (1.0 - blocked))


def erlang_a(
    arrivals: float, mean_stay: float, places: int, mean_patience: float
) -> ImpatientQueue:
    """A queue that people leave after a patience with the given mean (Palm 1957).

    It has an answer at every load, as leaving keeps the queue in bounds.

    Raises:
        ValueError: for numbers that cannot be.
    """
    _places(places)
    _positive(arrivals=arrivals, mean_stay=mean_stay, mean_patience=mean_patience)
    blocked = erlang_b(places, arrivals * mean_stay)
    use = arrivals * mean_stay / places
    busy = _busy_times(places * mean_patience / mean_stay, arrivals * mean_patience)
    waits = busy * blocked / (1.0 + (busy - 1.0) * blocked)
    gives_up = max(0.0, (1.0 / (use * busy) + 1.0 - 1.0 / use) * waits)
    wait = gives_up * mean_patience
    return ImpatientQueue(waits, gives_up, wait, arrivals * wait)


def many_servers(arrivals: float, mean_stay: float, places: int) -> QueueNumbers:
    """The queue M/M/c: stays that vary as an exponential distribution does.

    Raises:
        ValueError: for numbers that cannot be.
        UnstableQueue: when more comes in than can be done.
    """
    _positive(arrivals=arrivals, mean_stay=mean_stay)
    load = arrivals * mean_stay
    waits = erlang_c(places, load)
    wait = waits * mean_stay / (places - load)
    time = wait + mean_stay
    return QueueNumbers(
        load / places, erlang_b(places, load), waits, wait, time, arrivals * wait, arrivals * time
    )


def one_server(arrivals: float, mean_stay: float, variation: float) -> float:
    """Mean wait before a single place with any kind of stay (Pollaczek 1930, Khinchine 1932).

    Args:
        variation: squared coefficient of variation of the stay: 0 for a fixed one, 1 for an
            exponential one.

    Raises:
        ValueError: for numbers that cannot be.
        UnstableQueue: when more comes in than can be done.
    """
    _positive(arrivals=arrivals, mean_stay=mean_stay)
    if not 0 <= variation < math.inf:
        raise ValueError("a squared coefficient of variation is 0 or more")
    use = arrivals * mean_stay
    _stable(use, 1)
    return use * mean_stay * (1.0 + variation) / (2.0 * (1.0 - use))


def places_for_loss(load: float, most: float) -> int:
    """The least number of places at which no larger share than ``most`` finds none.

    Raises:
        ValueError: for numbers that cannot be, or a goal that no number of places reaches.
    """
    _positive(load=load)
    return _least(lambda _places, blocked: blocked, load, most, 1)


def places_for_wait(load: float, most: float) -> int:
    """The least number of places at which no larger share than ``most`` has to wait.

    Raises:
        ValueError: for numbers that cannot be, or a goal that no number of places reaches.
    """
    _positive(load=load)

    def waits(places: int, blocked: float) -> float:
        return blocked / (1.0 - load / places * (1.0 - blocked))

    return _least(waits, load, most, math.floor(load) + 1)


def queue_network(
    inflow: ArrayLike, mean_stays: ArrayLike, places: Sequence[int], routing: ArrayLike
) -> QueueNetwork:
    """An open network in which youths go from node to node by chance (Jackson 1957).

    Args:
        inflow: arrivals from outside, shape (nodes,).
        mean_stays: shape (nodes,).
        places: of each node.
        routing: chance to go from node to node, shape (nodes, nodes); what remains of a row leaves.

    Raises:
        ValueError: for shapes or chances that cannot be, or a network that nobody leaves.
        UnstableQueue: when a node gets more than it can do.
    """
    outside, stays = np.asarray(inflow, dtype=np.float64), np.asarray(mean_stays, dtype=np.float64)
    chance, count = np.asarray(routing, dtype=np.float64), len(places)
    if outside.shape != (count,) or stays.shape != (count,) or chance.shape != (count, count):
        raise ValueError("inflow, stays, places and routing are about the same nodes")
    if np.any(~(outside >= 0)) or not outside.sum() > 0:
        raise ValueError("inflow is 0 or more, and somebody comes in")
    if np.any(~(chance >= 0)) or np.any(chance.sum(axis=1) > 1 + 1e-12):
        raise ValueError("chances are 0 or more, and those of a node add up to at most 1")
    try:
        arrivals = np.linalg.solve(np.eye(count) - chance.T, outside)
    except np.linalg.LinAlgError as error:
        raise ValueError("there are nodes that nobody ever leaves") from error
    nodes = tuple(
        many_servers(float(a), float(m), c) for a, m, c in zip(arrivals, stays, places, strict=True)
    )
    present = sum(node.mean_present for node in nodes)
    rates = tuple(float(rate) for rate in arrivals)
    return QueueNetwork(rates, nodes, present, present / float(outside.sum()))


def _busy_times(x: float, y: float) -> float:
    """1 + y / (x + 1) + y^2 / ((x + 1)(x + 2)) + ..., through the incomplete gamma function."""
    # Late, as only who asks for an impatient queue comes here.
    from scipy.special import gammainc, gammaln  # noqa: PLC0415

    lower = float(gammainc(x, y))
    if lower > 1e-280:
        return math.exp(
            min(math.log(x) + y - x * math.log(y) + float(gammaln(x)) + math.log(lower), 700.0)
        )
    # So far below what there is room for that the terms fall from the first on.
    total, term, step = 1.0, 1.0, 0
    while term > 1e-17 * total:
        step += 1
        term *= y / (x + step)
        total += term
    return total


def _least(share: Callable[[int, float], float], load: float, most: float, first: int) -> int:
    if not 0 < most < 1:
        raise ValueError("a share lies between 0 and 1")
    blocked = 1.0
    for places in range(1, _MOST_PLACES):
        blocked = load * blocked / (places + load * blocked)
        if places >= first and share(places, blocked) <= most:
            return places
    raise ValueError("no number of places is enough")


def _places(places: int, least: int = 1) -> None:
    if places < least or places != int(places):
        raise ValueError(f"places are a whole number of at least {least}")


def _positive(**numbers: float) -> None:
    for name, number in numbers.items():
        if not 0 < number < math.inf:
            raise ValueError(f"{name} is above 0")


def _stable(load: float, places: int) -> None:
    if load >= places:
        raise UnstableQueue(
            f"on average {load:g} places are needed and there are {places}: "
            "the queue grows for ever"
        )
