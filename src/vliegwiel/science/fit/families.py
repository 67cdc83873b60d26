"""The families of lengths of stay, by their mean and one number for their shape.

The number is a logarithm, so that it may take any value: of the shape of a gamma or Weibull, of the
standard deviation of the logarithm of a lognormal. The exponential has none. What is the same is
meant as in the simulation: there a stay has a mean and a coefficient of variation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc, gammaln, log_ndtr

Floats: TypeAlias = NDArray[np.float64]
FamilyName: TypeAlias = Literal["exponential", "gamma", "lognormal", "weibull"]

#: What is taken for the logarithm of nothing, so that sums stay finite.
_NEVER = -1e10


@dataclass(frozen=True, slots=True)
class Family:
    """A family of lengths of stay.

    ``log_density`` and ``log_survival`` take lengths above 0, the mean and the shape number;
    ``cv`` gives the coefficient of variation of a shape number.
    """

    name: FamilyName
    parameters: int
    log_density: Callable[[Floats, float, float], Floats]
    log_survival: Callable[[Floats, float, float], Floats]
    cv: Callable[[float], float]

    def survival(self, lengths: Floats, mean: float, shape: float) -> Floats:
        """Share of the stays that are longer."""
        return np.exp(self.log_survival(lengths, mean, shape))


def _exponential_density(x: Floats, mean: float, _shape: float) -> Floats:
    return -math.log(mean) - x / mean


def _exponential_survival(x: Floats, mean: float, _shape: float) -> Floats:
    return -x / mean


def _gamma_density(x: Floats, mean: float, shape: float) -> Floats:
    k = math.exp(shape)
    scale = mean / k
    density: Floats = (k - 1.0) * np.log(x) - x / scale - k * math.log(scale) - gammaln(k)
    return density


def _gamma_survival(x: Floats, mean: float, shape: float) -> Floats:
    k = math.exp(shape)
    left = gammaincc(k, x * (k / mean))
    with np.errstate(divide="ignore"):
        return np.where(left > 0.0, np.log(left), _NEVER)


def _lognormal_place(x: Floats, mean: float, shape: float) -> tuple[Floats, float]:
    sigma = math.exp(shape)
    return (np.log(x) - (math.log(mean) - sigma * sigma / 2.0)) / sigma, sigma


def _lognormal_density(x: Floats, mean: float, shape: float) -> Floats:
    z, sigma = _lognormal_place(x, mean, shape)
    return -z * z / 2.0 - np.log(x) - math.log(sigma) - 0.5 * math.log(2.0 * math.pi)


def _lognormal_survival(x: Floats, mean: float, shape: float) -> Floats:
    z, _sigma = _lognormal_place(x, mean, shape)
    survival: Floats = log_ndtr(-z)
    return survival


def _lognormal_cv(shape: float) -> float:
    return math.sqrt(math.expm1(min(math.exp(2.0 * shape), 500.0)))


def _weibull_scale(mean: float, k: float) -> float:
    return mean / math.exp(math.lgamma(1.0 + 1.0 / k))


def _weibull_density(x: Floats, mean: float, shape: float) -> Floats:
    k = math.exp(shape)
    ratio = np.log(x / _weibull_scale(mean, k))
    density: Floats = math.log(k) + k * ratio - np.log(x) - np.exp(np.minimum(k * ratio, 500.0))
    return density


def _weibull_survival(x: Floats, mean: float, shape: float) -> Floats:
    k = math.exp(shape)
    ratio = np.log(x / _weibull_scale(mean, k))
    return -np.exp(np.minimum(k * ratio, 500.0))


def _weibull_cv(shape: float) -> float:
    k = math.exp(shape)
    excess = math.lgamma(1.0 + 2.0 / k) - 2.0 * math.lgamma(1.0 + 1.0 / k)
    return math.sqrt(math.expm1(min(excess, 500.0)))


#: By name, the simplest first.
FAMILIES: Mapping[FamilyName, Family] = MappingProxyType(
    {
        family.name: family
        for family in (
            Family("exponential", 1, _exponential_density, _exponential_survival, lambda _: 1.0),
            Family(
                "gamma", 2, _gamma_density, _gamma_survival, lambda shape: math.exp(-shape / 2.0)
            ),
            Family("lognormal", 2, _lognormal_density, _lognormal_survival, _lognormal_cv),
            Family("weibull", 2, _weibull_density, _weibull_survival, _weibull_cv),
        )
    }
)
