"""Queueing theory, computed here from first principles and by no code of the product."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import integrate, stats

Floats = NDArray[np.float64]


def erlang_b(servers: int, load: float) -> float:
    """Share that finds no place in M/G/c/c with offered load a, whatever the service time."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/c with offered load a, through Erlang B."""
    blocked = erlang_b(servers, load)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def mmc_wait(rate: float, mean: float, servers: int) -> float:
    """Mean wait in M/M/c."""
    return erlang_c(servers, rate * mean) * mean / (servers - rate * mean)


def mg1_wait(rate: float, mean: float, cv: float) -> float:
    """Mean wait in M/G/1 (Pollaczek and Khinchine)."""
    use = rate * mean
    return use * mean * (1.0 + cv * cv) / (2.0 * (1.0 - use))


def mdc_wait(rate: float, length: float, servers: int) -> float:
    """Mean wait in M/D/c (Crommelin 1932), term by term until nothing is added."""
    load, wait = rate * length, 0.0
    for i in range(1, 100_000):
        arriving = stats.poisson(i * load)
        term = arriving.sf(i * servers - 1) - servers / load * arriving.sf(i * servers)
        wait += term
        if term < 1e-14:
            break
    return wait * length


def mgc_bounds(rate: float, mean: float, cv: float, servers: int) -> tuple[float, float]:
    """Between which the mean wait in M/G/c lies, first come, first served.

    Below: one server that is c times as fast has as much work, of which at most c - 1 are finished
    late (Brumelle 1971, Operations Research 19(1), 402-413). Above: serving in turn round the
    servers is not better, and Kingman's bound holds for it (Kingman 1970, Journal of the Royal
    Statistical Society B 32(1), 102-110, inequality for G/G/c).
    """
    square, use = mean * mean * (1.0 + cv * cv), rate * mean / servers
    low = rate * square / (2.0 * servers**2 * (1.0 - use))
    low -= (servers - 1) * square / (2.0 * servers * mean)
    spread = 1.0 / rate**2 + (cv * mean) ** 2 / servers + (servers - 1) * mean**2 / servers**2
    return max(0.0, low), rate * spread / (2.0 * (1.0 - use))


def erlang_a(rate: float, mean: float, servers: int, patience: float) -> dict[str, float]:
    """M/M/c+M by its birth-death chain, cut off where nothing is left.

    Returns the mean number waiting, the share that gives up, and the mean wait of those served.
    """
    top = servers + 4000
    leaving = [min(k, servers) / mean + max(k - servers, 0) / patience for k in range(top + 1)]
    logs = np.concatenate([[0.0], np.cumsum([math.log(rate / leaving[k]) for k in range(1, top)])])
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    queue = np.maximum(np.arange(top) - servers, 0)
    waiting = float(chance @ queue)
    # A youth with j ahead moves up whenever one of those is served or gives up.
    served, waited = 1.0, 0.0
    started, days = float(chance[:servers].sum()), 0.0
    for j in range(top - servers):
        through = servers / mean + j / patience
        every = through + 1.0 / patience
        waited = through / every * (waited + served / every)
        served *= through / every
        started += float(chance[servers + j]) * served
        days += float(chance[servers + j]) * waited
    return {
        "waiting": waiting,
        "gave_up": waiting / patience / rate,
        "wait_of_served": days / started,
    }


def jackson(inflow: Floats, routing: Floats, means: Floats, servers: list[int]) -> Floats:
    """Mean wait at each node of an open Jackson network: each node as an M/M/c of its own."""
    arrivals = np.linalg.solve(np.eye(len(inflow)) - routing.T, inflow)
    return np.array([mmc_wait(arrivals[i], means[i], servers[i]) for i in range(len(inflow))])


def distribution(shape: str, mean: float, cv: float) -> stats.rv_continuous:
    """The length of a stay as scipy knows it."""
    if shape == "exponential":
        return stats.expon(scale=mean)
    if shape == "gamma":
        return stats.gamma(1 / cv**2, scale=mean * cv**2)
    if shape == "lognormal":
        variance = math.log1p(cv * cv)
        return stats.lognorm(math.sqrt(variance), scale=mean * math.exp(-variance / 2))
    shapes = np.linspace(0.3, 8.0, 200_001)
    moments = np.array([_weibull_cv(k) for k in shapes[::1000]])
    near = float(np.interp(-cv, -moments, shapes[::1000]))
    for _ in range(60):  # secant steps on the coefficient of variation
        slope = (_weibull_cv(near + 1e-6) - _weibull_cv(near - 1e-6)) / 2e-6
        near -= (_weibull_cv(near) - cv) / slope
    return stats.weibull_min(near, scale=mean / math.gamma(1 + 1 / near))


def _weibull_cv(k: float) -> float:
    first, second = math.gamma(1 + 1 / k), math.gamma(1 + 2 / k)
    return math.sqrt(second / first**2 - 1.0)


def mg_infinity(rate: float, shape: str, mean: float, cv: float, time: float) -> float:
    """Mean number present in M/G/infinity at a time after an empty start."""
    length = distribution(shape, mean, cv)
    present, _ = integrate.quad(length.sf, 0.0, time, limit=400)
    return rate * present


def cobham(rates: list[float], mean: float, servers: int) -> list[float]:
    """Mean wait by class in an M/M/c queue with priority that does not interrupt."""
    load = sum(rates) * mean
    base = erlang_c(servers, load) * mean / servers
    waits, before = [], 0.0
    for rate in rates:
        after = before + rate * mean / servers
        waits.append(base / ((1 - before) * (1 - after)))
        before = after
    return waits
