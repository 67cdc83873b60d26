"""Weighted least squares for many data sets at once.

The same numbers as ``statsmodels.regression.linear_model.WLS``, which the tests compare with; that
fits one data set at a time, and a smallest useful test needs a hundred thousand.
"""

from __future__ import annotations

import numpy as np

from .seen import Floats


def least_squares(y: Floats, x: Floats, weights: Floats, k: int) -> tuple[Floats, Floats, Floats]:
    """Coefficient k of a regression, its standard error and the degrees of freedom.

    Args:
        y, weights: shape (R, N); weight 0 leaves an observation out.
        x: shape (R, N, K) or (N, K).

    Returns:
        Three arrays of shape (R,); not a number where the regression has no answer.
    """
    beta, bread, residual, freedom = _fit(y, x, weights)
    square = np.einsum("rn,rn->r", weights, residual**2)
    variance = np.divide(
        square * bread[:, k, k], freedom, out=np.full(len(y), np.nan), where=freedom > 0
    )
    return beta[:, k], np.sqrt(variance), freedom


def autocorrelated(
    y: Floats, x: Floats, weights: Floats, k: int, lags: int
) -> tuple[Floats, Floats, Floats]:
    """The same with errors that hold when what is left over lasts from month to month.

    Newey and West (1987) with Bartlett weights over so many lags and the small-sample factor
    N / (N - K). The observations stand in the order of time.
    """
    beta, bread, residual, freedom = _fit(y, x, weights)
    every = np.broadcast_to(x, (*y.shape, x.shape[-1]))
    moments = (weights * residual)[:, :, None] * every
    meat = np.einsum("rnj,rnk->rjk", moments, moments)
    for lag in range(1, min(lags, y.shape[1] - 1) + 1):
        across = np.einsum("rnj,rnk->rjk", moments[:, lag:], moments[:, :-lag])
        meat += (1.0 - lag / (lags + 1.0)) * (across + across.transpose(0, 2, 1))
    variance = np.einsum("rj,rjl,rl->r", bread[:, k], meat, bread[:, k])
    counted = (weights > 0).sum(axis=1)
    factor = np.divide(counted, freedom, out=np.full(len(y), np.nan), where=freedom > 0)
    return beta[:, k], np.sqrt(np.maximum(variance * factor, 0.0)), freedom


def _fit(y: Floats, x: Floats, weights: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Coefficients (R, K), inverse of x'wx (R, K, K), what is left over (R, N), freedom (R,)."""
    every = np.broadcast_to(x, (*y.shape, x.shape[-1]))
    known = np.where(weights > 0, y, 0.0)
    weighted = weights[:, :, None] * every
    square = np.einsum("rnj,rnk->rjk", weighted, every)
    freedom = (weights > 0).sum(axis=1).astype(np.float64) - every.shape[2]
    # Columns differ in size: on the scale of each, singular is seen for what it is.
    scale = np.sqrt(np.einsum("rjj->rj", square))
    solvable = (scale > 0).all(axis=1) & (freedom > 0)
    unit = np.where(scale > 0, scale, 1.0)
    correlation = square / (unit[:, :, None] * unit[:, None, :])
    solvable &= np.linalg.cond(correlation) < 1e10
    correlation[~solvable] = np.eye(every.shape[2])
    bread = np.linalg.inv(correlation) / (unit[:, :, None] * unit[:, None, :])
    beta = np.einsum("rjk,rnk,rn->rj", bread, weighted, known)
    beta[~solvable] = np.nan
    residual = np.where(weights > 0, known - np.einsum("rnk,rk->rn", every, beta), 0.0)
    return beta, bread, residual, freedom
