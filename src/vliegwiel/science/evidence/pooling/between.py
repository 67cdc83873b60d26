"""How much effects differ between regions, beyond chance: the between-region variance.

All functions take effects ``y`` with their variances ``v``, shape (regions,), and a design ``x``,
shape (regions, coefficients), of ones alone when there are no features of regions.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

Floats: TypeAlias = NDArray[np.float64]
_STEPS = 200
_SMALL = 1e-12


def generalised_q(tau2: float, y: Floats, v: Floats, x: Floats) -> float:
    """Weighted sum of squares around the fitted effects; falls as ``tau2`` grows.

    At the true value it is chi-squared with regions - coefficients degrees of freedom.
    """
    weight = 1.0 / (v + tau2)
    beta = np.linalg.solve((x.T * weight) @ x, (x.T * weight) @ y)
    return float(weight @ (y - x @ beta) ** 2)


def reml(y: Floats, v: Floats, x: Floats) -> float:
    """Restricted maximum likelihood by Fisher scoring, not below 0.

    Viechtbauer (2005, *Journal of Educational and Behavioral Statistics* 30:261-293).

    Raises:
        ArithmeticError: when the steps do not settle.
    """
    tau2 = max(paule_mandel(y, v, x), 0.0)
    for _ in range(_STEPS):
        weight = 1.0 / (v + tau2)
        plain = np.diag(weight)
        inner = np.linalg.inv((x.T * weight) @ x)
        p = plain - plain @ x @ inner @ x.T @ plain
        score = float(y @ p @ p @ y) - float(np.trace(p))
        step = score / float(np.trace(p @ p))
        while tau2 + step < 0 and step < -_SMALL * (1 + tau2):
            # A step beyond 0 is halved, as the likelihood may have its top just above it.
            if tau2 < _SMALL:
                return 0.0
            step = max(step / 2, -tau2)
        tau2 = max(tau2 + step, 0.0)
        if abs(step) <= _SMALL * (1 + tau2):
            return tau2
    raise ArithmeticError("the variance between regions did not settle")


def paule_mandel(y: Floats, v: Floats, x: Floats) -> float:
    """The value at which the generalised Q is what is expected (Paule and Mandel 1982)."""
    return _where(lambda t: generalised_q(t, y, v, x), float(len(y) - x.shape[1]), v)


def dersimonian_laird(y: Floats, v: Floats, x: Floats) -> float:
    """Moments with the weights of chance alone (DerSimonian and Laird 1986), not below 0."""
    weight = 1.0 / v
    inner = np.linalg.inv((x.T * weight) @ x)
    spare = float(weight.sum() - np.trace(inner @ ((x.T * weight**2) @ x)))
    q = generalised_q(0.0, y, v, x)
    return max(0.0, float(q - (len(y) - x.shape[1])) / spare)


def q_profile(y: Floats, v: Floats, x: Floats, level: float) -> tuple[float, float]:
    """Interval of the variance between regions (Viechtbauer 2007, *Statistics in Medicine* 26)."""
    freedom, tail = len(y) - x.shape[1], (1.0 - level) / 2.0

    def q(tau2: float) -> float:
        return generalised_q(tau2, y, v, x)

    low, high = float(chdtri(freedom, tail)), float(chdtri(freedom, 1.0 - tail))
    return _where(q, low, v), _where(q, high, v)


def _where(q: Callable[[float], float], target: float, v: Floats) -> float:
    """Where a falling function reaches a target; 0 when it starts below."""
    # Late, as only who pools comes here.
    from scipy.optimize import brentq  # noqa: PLC0415

    if q(0.0) <= target:
        return 0.0
    high = float(v.max())
    while q(high) > target:
        high *= 4.0
        if not math.isfinite(high):
            raise ArithmeticError("the variance between regions has no upper bound")
    return float(brentq(lambda t: q(t) - target, 0.0, high, xtol=_SMALL * high, rtol=1e-14))
