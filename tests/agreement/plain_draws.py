"""The random numbers and lengths of time of the kernel, once more, in plain Python.

Nothing here is imported from the product but the numbers of the purposes, which are part of the
meaning of a seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

MASK = 2**64 - 1


def mix(x: Any) -> Any:
    """Of a number of 64 bits, or of an array of them."""
    x ^= x >> 27
    x = x * 0x3C79AC492BA7B653 & MASK
    x ^= x >> 33
    x = x * 0x1C69B3F74AC4AE35 & MASK
    return x ^ (x >> 27)


def child_key(key: int, owner: int, number: int) -> int:
    """As an unsigned number."""
    x = mix(key + (owner + 1) * 0xAF251AF3B0F025B5 & MASK)
    return mix(x + (number + 1) * 0x9E3779B97F4A7C15 & MASK)


def bits(key: int, purpose: int, counter: int) -> int:
    x = key + purpose * 0xD1342543DE82EF95 + counter * 0x9E3779B97F4A7C15
    return mix(x & MASK)


def uniform(key: int, purpose: int, counter: int) -> float:
    return ((bits(key, purpose, counter) >> 12) + 0.5) / 2**52


def uniforms(keys: NDArray[np.uint64], purpose: int, counter: int) -> NDArray[np.float64]:
    """The same for many keys at once: numpy multiplies and adds modulo 2**64 by itself."""
    added = purpose * 0xD1342543DE82EF95 + counter * 0x9E3779B97F4A7C15
    x = keys + np.uint64(added & MASK)
    return ((mix(x) >> np.uint64(12)) + 0.5) / 2**52


def first_above(cumulative: list[float], u: float) -> int:
    for k, limit in enumerate(cumulative):
        if u < limit:
            return k
    return len(cumulative) - 1


def ziggurat(density: Callable[[float], float], tail: float, area: float) -> list[float]:
    """Edges of 256 layers of one area, given where the tail begins (both as published)."""
    edges = [area / density(tail), tail]
    while len(edges) < 256:
        height = density(edges[-1]) + area / edges[-1]
        low, high = 0.0, edges[-1]
        for _ in range(200):  # where the density has that height
            middle = (low + high) / 2
            low, high = (middle, high) if density(middle) > height else (low, middle)
        edges.append(high)
    return [*edges, 0.0]


def bell(x: float) -> float:
    return math.exp(-0.5 * x * x)


def falling(x: float) -> float:
    return math.exp(-x)


EXPONENTIAL = ziggurat(falling, 7.69711747013104972, 0.0039496598225815571993)
NORMAL = ziggurat(bell, 3.6541528853610088, 0.00492867323397465)


def exponential(key: int, purpose: int, counter: int, mean: float) -> float:
    """Marsaglia and Tsang's ziggurat; the tail looks like the whole."""
    layer = bits(key, purpose, counter) & 255
    x = uniform(key, purpose, counter) * EXPONENTIAL[layer]
    if x < EXPONENTIAL[layer + 1]:
        return mean * x
    if layer == 0:
        return mean * EXPONENTIAL[1] + exponential(key, purpose, counter + 2, mean)
    low, high = falling(EXPONENTIAL[layer]), falling(EXPONENTIAL[layer + 1])
    if low + uniform(key, purpose, counter + 1) * (high - low) < falling(x):
        return mean * x
    return exponential(key, purpose, counter + 2, mean)


def normal(key: int, purpose: int, counter: int) -> float:
    """The same for the bell curve, with a bit for the sign."""
    drawn = bits(key, purpose, counter)
    layer, sign = drawn & 255, 1.0 if drawn & 256 else -1.0
    x = uniform(key, purpose, counter) * NORMAL[layer]
    if x < NORMAL[layer + 1]:
        return sign * x
    if layer == 0:
        for attempt in range(counter + 1, counter + 10_000, 2):
            far = -math.log(uniform(key, purpose, attempt)) / NORMAL[1]
            if -2.0 * math.log(uniform(key, purpose, attempt + 1)) >= far * far:
                return sign * (NORMAL[1] + far)
    low, high = bell(NORMAL[layer]), bell(NORMAL[layer + 1])
    if low + uniform(key, purpose, counter + 1) * (high - low) < bell(x):
        return sign * x
    return normal(key, purpose, counter + 2)


def gamma(key: int, purpose: int, counter: int, k: float) -> float:
    """Marsaglia and Tsang; below shape 1 one shape higher, times a power of a uniform."""
    d = max(k, k + 1.0 if k < 1.0 else k) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    for attempt in range(1, 1000):
        place = counter + 1024 * attempt
        x = normal(key, purpose, place)
        v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x)
        if 1.0 + c * x > 0.0 and (
            math.log(uniform(key, purpose, place + 512)) < 0.5 * x * x + d - d * v + d * math.log(v)
        ):
            boost = 1.0 if k >= 1.0 else uniform(key, purpose, counter) ** (1.0 / k)
            return d * v * boost
    raise AssertionError("no gamma number found")


def stay(
    key: int, purpose: int, counter: int, shape: str, mean: float, a: float, b: float
) -> float:
    if shape == "exponential":
        return exponential(key, purpose, counter, mean)
    if shape == "gamma":
        return mean * gamma(key, purpose, counter, a) / a
    if shape == "lognormal":
        return mean * math.exp(a * normal(key, purpose, counter) + b)
    if shape == "weibull":
        return mean * b * exponential(key, purpose, counter, 1.0) ** a
    return mean


def residual(
    key: int, purposes: tuple[int, int], shape: str, mean: float, a: float, b: float
) -> float:
    """What is left at a random moment: a stay drawn by its length, times a uniform."""
    purpose, age = purposes
    if shape == "exponential":
        return exponential(key, purpose, 0, mean)
    if shape == "gamma":
        length = mean * gamma(key, purpose, 0, a + 1.0) / a
    elif shape == "lognormal":
        length = mean * math.exp(a * normal(key, purpose, 0) - b)
    elif shape == "weibull":
        length = mean * b * gamma(key, purpose, 0, 1.0 + a) ** a
    else:
        length = mean
    return length * uniform(key, age, 0)


def residual_observed(
    key: int, purposes: tuple[int, int], lengths: list[float], weights: list[float]
) -> float:
    """The same for a distribution given by points, evenly spread between them."""
    u = uniform(key, purposes[0], 0)
    k = first_above(weights[1:], u)
    within = (u - weights[k]) / (weights[k + 1] - weights[k])
    short, long = lengths[k], lengths[k + 1]
    length = math.sqrt(short**2 + within * (long**2 - short**2))
    return length * uniform(key, purposes[1], 0)
