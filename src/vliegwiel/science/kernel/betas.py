"""Quantiles of beta distributions, the same to the last digit on any machine.

A library's own quantiles rest on logarithms and powers that differ in the last digit from machine
to machine; these rest on :mod:`.elementary`. No quantile depends on which others are asked with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .elementary import exp, log, log1p, log_gamma, power

Floats = NDArray[np.float64]

#: Points at which the distribution is first known, and steps towards a quantile from there.
_POINTS, _STEPS = 65, 8
_CLOSE, _CLOSE_ENOUGH = 4e-16, 1e-13
_MOST_PARTS = 400
_TINY = 1e-300


def beta_quantiles(a: Floats, b: Floats, shares: Floats) -> Floats:
    """Where the distribution function of a beta has these values.

    Between points on a grid first, then by Halley's steps (Gil, Segura and Temme 2017, Efficient
    algorithms for the inversion of the cumulative central beta distribution, Numerical Algorithms
    74), which never leave the interval in which the quantile must lie.

    Args:
        a: first parameters, at least 1, shape (n,).
        b: second parameters, at least 1, shape (n,).
        shares: between 0 and 1, shape (n, m).

    Returns:
        Shape (n, m).

    Raises:
        ValueError: when a parameter is below 1, or a share not between 0 and 1.
    """
    if not (np.all(a >= 1) and np.all(b >= 1)):
        raise ValueError("the parameters of the beta distributions must be at least 1")
    if not np.all((shares >= 0) & (shares <= 1)):
        raise ValueError("the shares must lie between 0 and 1")
    a, b = a[:, None], b[:, None]
    constant = log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    grid = np.broadcast_to(np.arange(_POINTS) / (_POINTS - 1.0), (len(a), _POINTS))
    known = _distribution(a, b, constant, grid)
    above = np.clip((known[:, :, None] < shares[:, None, :]).sum(axis=1), 1, _POINTS - 1)
    low, high = (np.take_along_axis(grid, above - k, axis=1) for k in (1, 0))
    at_low, at_high = (np.take_along_axis(known, above - k, axis=1) for k in (1, 0))
    x = low + (shares - at_low) / np.maximum(at_high - at_low, _TINY) * (high - low)
    # At either end the distribution function goes as a power of the distance.
    x = np.where(above == 1, high * power(shares / np.maximum(at_high, _TINY), 1.0 / a), x)
    rest = (1.0 - shares) / np.maximum(1.0 - at_low, _TINY)
    x = np.where(above == _POINTS - 1, 1.0 - (1.0 - low) * power(rest, 1.0 / b), x)
    x = np.clip(x, low, high)
    found = np.zeros(x.shape, dtype=np.bool_)
    for _ in range(_STEPS):
        over = _distribution(a, b, constant, x) - shares
        low, high = np.where(over < 0, x, low), np.where(over > 0, x, high)
        inside = np.clip(x, _TINY, 1.0 - 1e-16)
        density = exp(constant + (a - 1.0) * log(inside) + (b - 1.0) * log1p(-inside))
        newton = over / np.maximum(density, _TINY)
        bend = 0.5 * newton * ((a - 1.0) / inside - (b - 1.0) / (1.0 - inside))
        wanted = x - newton / np.maximum(1.0 - bend, 0.5)
        outside = (wanted < low) | (wanted > high)
        wanted = np.where(found, x, np.where(outside, 0.5 * (low + high), wanted))
        # A step leaves at most the square of the one before.
        found |= np.abs(wanted - x) <= _CLOSE_ENOUGH
        x = wanted
        if found.all():
            break
    return np.where(shares == 0, 0.0, np.where(shares == 1, 1.0, x))


def _distribution(a: Floats, b: Floats, constant: Floats, x: Floats) -> Floats:
    """Distribution function of a beta: the continued fraction DLMF 8.17.22, by Lentz's method."""
    swapped = x > (a + 1.0) / (a + b + 2.0)
    p, q = np.where(swapped, b, a), np.where(swapped, a, b)
    y = np.where(swapped, 1.0 - x, x)
    inside = np.clip(y, _TINY, 1.0)
    front = exp(constant + p * log(inside) + q * log1p(-np.minimum(inside, 1.0 - 1e-16))) / p
    c = np.ones_like(y)
    d = 1.0 / _not_zero(1.0 - (p + q) * y / (p + 1.0))
    fraction, whole = d, np.zeros(y.shape, dtype=np.bool_)
    for m in range(1, _MOST_PARTS):
        twice = 2.0 * m
        even = m * (q - m) * y / ((p + twice - 1.0) * (p + twice))
        d = 1.0 / _not_zero(1.0 + even * d)
        c = _not_zero(1.0 + even / c)
        longer = fraction * d * c
        odd = -(p + m) * (p + q + m) * y / ((p + twice) * (p + twice + 1.0))
        d = 1.0 / _not_zero(1.0 + odd * d)
        c = _not_zero(1.0 + odd / c)
        fraction = np.where(whole, fraction, longer * (d * c))
        whole |= np.abs(d * c - 1.0) <= _CLOSE
        if whole.all():
            break
    found = np.where(y > 0, front * fraction, 0.0)
    return np.where(swapped, 1.0 - found, found)


def _not_zero(x: Floats) -> Floats:
    return np.where(np.abs(x) < _TINY, _TINY, x)
