"""Least squares of a series whose periods hang together, with an interval for short series.

The model is that of `gls(..., correlation = corAR1(form = ~ period))` of R's nlme: each period
hangs together with the one before. The correlation is found by restricted maximum likelihood
(Patterson and Thompson 1971, *Biometrika* 58:545), which does not take it too small as Prais and
Winsten do. That it was estimated makes the error larger, and the degrees of freedom fewer, as
Kenward and Roger (1997, *Biometrics* 53:983) have it: without that, short series promise too much.
Turner and others (2021, *BMC Medical Research Methodology* 21:181) compared such methods for
interrupted series.

Counts are brought to this model as the residual pseudo-likelihood of Wolfinger and O'Connell (1993,
*Journal of Statistical Computation and Simulation* 48:233) does: their logarithm is made a line
around what is expected, weighted by the expected count, until that stands still.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import minimize_scalar

from .linear import Estimated
from .table import Floats, Ints

#: The correlation of neighbouring periods is looked for between these.
_MOST = 0.98
_GRID = np.linspace(-_MOST, _MOST, 41)
#: With more periods the correction is nothing, and its matrices are large.
_MANY = 600
#: Rounds until a line of counts stands still, when it does, and the largest logarithm of a count.
_MOST_ROUNDS, _STILL, _FAR = 100, 1e-9, 30.0


@dataclass(frozen=True, slots=True)
class Autoregressed:
    """The first coefficient, the correlation of a period with the next, the line, shape (n,)."""

    first: Estimated
    rho: float
    fitted: Floats


def first_order(y: Floats, x: Floats, period: Ints) -> Autoregressed:
    """Least squares with first-order autoregression by restricted maximum likelihood.

    Args:
        y: outcome by period, shape (n,).
        x: columns, shape (n, p), with n > p + 1.
        period: numbers of the periods, rising; some may be missing.
    """
    gap = np.diff(period).astype(np.float64)
    grid = [_restricted(rho, y, x, gap) for rho in _GRID]
    best = int(np.argmax(grid))
    ends = _GRID[max(best - 1, 0)], _GRID[min(best + 1, len(_GRID) - 1)]
    found = minimize_scalar(
        lambda rho: -_restricted(rho, y, x, gap),
        bounds=ends, method="bounded", options={"xatol": 1e-10},
    )  # fmt: skip
    return _corrected(float(found.x), y, x, period)


def first_order_counts(
    y: Floats, x: Floats, period: Ints, offset: Floats | None = None
) -> Autoregressed:
    """A log-linear line of counts with first-order autoregression; `fitted` are expected counts.

    The first coefficient is a logarithm of a ratio. The variance is a multiple of the expected
    count, as quasi-Poisson has it.

    Args:
        y: counts by period, shape (n,). x, period: as :func:`first_order`.
        offset: logarithm of the size that a count is of, shape (n,).

    Raises:
        np.linalg.LinAlgError: where no line can be found, as with counts on one side only.
    """
    known = np.zeros(len(y)) if offset is None else offset
    expected = np.maximum(y, 0.5)
    before = math.inf
    for _round in range(_MOST_ROUNDS):
        root = np.sqrt(expected)
        line = np.log(expected) - known + (y - expected) / expected
        found = first_order(root * line, root[:, None] * x, period)
        expected = np.exp(np.clip(found.fitted / root + known, -_FAR, _FAR))
        if abs(found.first.value - before) < _STILL:
            return Autoregressed(found.first, found.rho, expected)
        before = found.first.value
    raise np.linalg.LinAlgError("no line of counts stands still")


def _whitened(rho: float, values: Floats, gap: Floats) -> tuple[Floats, Floats]:
    """Values without what the period before tells, and the spread that each then has."""
    tells = np.concatenate([[0.0], np.sign(rho) ** gap * np.abs(rho) ** gap])
    spread = np.sqrt(1.0 - tells**2)
    before = np.concatenate([np.zeros_like(values[:1]), values[:-1]])
    if values.ndim == 1:
        return (values - tells * before) / spread, spread
    return (values - tells[:, None] * before) / spread[:, None], spread


def _restricted(rho: float, y: Floats, x: Floats, gap: Floats) -> float:
    """Logarithm of the restricted likelihood, the variance taken out, without constants."""
    free, spread = _whitened(rho, y, gap)
    wide, _spread = _whitened(rho, x, gap)
    q, r = np.linalg.qr(wide)
    left = free - q @ (q.T @ free)
    freedom = len(y) - x.shape[1]
    size = np.log(np.abs(np.diag(r))).sum() + np.log(spread).sum()
    return float(-0.5 * freedom * math.log(float(left @ left)) - size)


def _corrected(rho: float, y: Floats, x: Floats, period: Ints) -> Autoregressed:
    """Kenward and Roger's error and degrees of freedom of the first coefficient."""
    gap = np.diff(period).astype(np.float64)
    free, _spread = _whitened(rho, y, gap)
    wide, _spread = _whitened(rho, x, gap)
    bread = np.linalg.pinv(wide.T @ wide, hermitian=True)
    beta = bread @ (wide.T @ free)
    left = free - wide @ beta
    freedom = len(y) - x.shape[1]
    variance = float(left @ left) / freedom
    plain = variance * bread
    value, error = float(beta[0]), math.sqrt(plain[0, 0])
    step = Estimated(value, error, float(freedom))
    if len(y) <= _MANY:
        extra, fewer = _kenward_roger(rho, variance, x, period, plain)
        error = math.sqrt(plain[0, 0] + max(extra, 0.0))
        step = Estimated(value, error, float(max(1.0, fewer)))
    return Autoregressed(step, rho, x @ beta)


def _kenward_roger(
    rho: float, variance: float, x: Floats, period: Ints, plain: Floats
) -> tuple[float, float]:
    """What the variance of the first coefficient gains, and its degrees of freedom.

    The parameters of the covariance are its variance and the correlation. Names as in the paper:
    P, Q and R by parameter, W the covariance of the parameters by the expected information.
    """
    apart = np.abs(period[:, None] - period[None, :]).astype(np.float64)
    shape = _power(rho, apart)
    once = apart * _power(rho, np.maximum(apart - 1.0, 0.0))
    twice = apart * np.maximum(apart - 1.0, 0.0) * _power(rho, np.maximum(apart - 2.0, 0.0))
    inverse = np.linalg.inv(shape) / variance
    first = (shape, variance * once)
    second = ((np.zeros_like(shape), once), (once, variance * twice))
    turned = [inverse @ part for part in first]
    rest = inverse - inverse @ x @ plain @ x.T @ inverse
    moved = [rest @ part for part in first]
    pairs = list(product(range(2), repeat=2))
    information = np.array([0.5 * np.sum(moved[i] * moved[j].T) for i, j in pairs]).reshape(2, 2)
    w = np.linalg.pinv(information, hermitian=True)
    p = [-x.T @ one @ inverse @ x for one in turned]
    middle = sum(
        w[i, j]
        * (
            x.T @ turned[i] @ turned[j] @ inverse @ x
            - p[i] @ plain @ p[j]
            - 0.25 * x.T @ inverse @ second[i][j] @ inverse @ x
        )
        for i, j in pairs
    )
    extra = 2.0 * float((plain @ middle @ plain)[0, 0])
    slope = np.array([float((plain @ one @ plain)[0, 0]) for one in p])
    spread = float(slope @ w @ slope)
    return extra, 2.0 * plain[0, 0] ** 2 / spread if spread > 0 else float(len(x) - x.shape[1])


def _power(base: float, exponent: Floats) -> Floats:
    """`base` to whole numbers of 0 and more, also for a negative base; 0 to the 0 is 1."""
    found: Floats = np.power(abs(base), exponent) * np.where(exponent % 2, np.sign(base), 1.0)
    return np.where(exponent == 0, 1.0, found)
