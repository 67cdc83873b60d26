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
#: Steps of scoring before the root of the slope is bracketed.
_STEPS = 60
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

    Viechtbauer (2005, *Journal of Educational and Behavioral Statistics* 30:261-293). A step that
    lowers the likelihood is halved. Where it is so flat that the steps hardly get on, the root of
    its slope is found by bracketing.
    """
    tau2 = paule_mandel(y, v, x)
    value = _likelihood(tau2, y, v, x)
    for _ in range(_STEPS):
        slope, information = _slope(tau2, y, v, x)
        move = max(tau2 + slope / information, 0.0) - tau2
        small = _SMALL * (float(v.mean()) + tau2)
        while abs(move) > small and _likelihood(tau2 + move, y, v, x) < value:
            move /= 2.0
        if abs(move) <= small:
            return tau2
        tau2 += move
        value = _likelihood(tau2, y, v, x)
    return _flat_top(tau2, y, v, x)


def _likelihood(tau2: float, y: Floats, v: Floats, x: Floats) -> float:
    """Restricted log-likelihood, but for a constant."""
    weight = 1.0 / (v + tau2)
    _sign, size = np.linalg.slogdet((x.T * weight) @ x)
    return float(np.log(weight).sum() - size - generalised_q(tau2, y, v, x)) / 2.0


def _slope(tau2: float, y: Floats, v: Floats, x: Floats) -> tuple[float, float]:
    """Slope of the likelihood (times 2) and the expected information (times 2)."""
    plain = np.diag(1.0 / (v + tau2))
    p = plain - plain @ x @ np.linalg.inv(x.T @ plain @ x) @ x.T @ plain
    return float(y @ p @ p @ y - np.trace(p)), float(np.trace(p @ p))


def _flat_top(tau2: float, y: Floats, v: Floats, x: Floats) -> float:
    """The root of the slope nearest to where the steps came."""
    low, high, unit = tau2, tau2, float(v.mean())
    while low > 0 and _slope(low, y, v, x)[0] < 0:
        low = low / 1.1 if low > _SMALL * unit else 0.0
    while _slope(high, y, v, x)[0] > 0:
        high = 1.1 * high + _SMALL * unit
    if low == 0.0 and _slope(0.0, y, v, x)[0] <= 0:
        return 0.0
    # Late, as only who pools comes here.
    from scipy.optimize import brentq  # noqa: PLC0415

    return float(brentq(lambda t: _slope(t, y, v, x)[0], low, high, xtol=_SMALL * (high + unit)))


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
