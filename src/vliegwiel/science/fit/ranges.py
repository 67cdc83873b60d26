"""From a standard error to the range that a replication draws from, and to an interval.

A document gives an uncertain number a range, and a replication draws it from the PERT distribution:
a beta between ``low`` and ``high`` with weight 4 on the mode. Its mean is
m = (low + 4 mode + high) / 6 and its variance (m - low) (high - m) / 7 (Malcolm and others 1959,
*Operations Research* 7(5):646-669, for the mean; the variance follows from that of the beta). Drawn
from mode - w to mode + w the variance is w^2 / 7, so w = sqrt(7) standard errors gives the draws
the standard deviation of the estimate.
"""

from __future__ import annotations

import math

from scipy.optimize import brentq
from scipy.special import ndtri

#: Half the width of a symmetric range, in standard errors.
WIDTH = math.sqrt(7.0)


def pert_deviation(low: float, mode: float, high: float) -> float:
    """Standard deviation of what is drawn from a range."""
    mean = (low + 4.0 * mode + high) / 6.0
    return math.sqrt(max(0.0, (mean - low) * (high - mean)) / 7.0)


def pert_range(
    value: float, error: float, *, least: float = -math.inf, most: float = math.inf
) -> tuple[float, float]:
    """The range around a value that is drawn from with this standard deviation.

    As far as it goes the range is symmetric. Where that would pass a bound it stops there, and the
    other side becomes wider, until the deviation is right or that side is at its bound too.

    Raises:
        ValueError: for an error below zero or a value outside its bounds.
    """
    if not (error >= 0.0 and least <= value <= most):
        raise ValueError("an error is not negative, and a value lies within its bounds")
    if error == 0.0:
        return value, value
    width = WIDTH * error
    low, high = value - width, value + width
    if low < least:
        low, high = least, _other_side(value, error, least, most)
    if high > most:
        mirrored = _other_side(-value, error, -most, -least)
        low, high = max(least, -mirrored), most
    return low, high


def _other_side(value: float, error: float, near: float, far: float) -> float:
    """How far the upper side must reach when the lower one stops at ``near``."""

    def lacking(high: float) -> float:
        return pert_deviation(near, value, high) - error

    high = min(far, value + WIDTH * error)
    while lacking(high) < 0.0 and high < far:
        high = min(far, value + 2.0 * (high - value))
    if lacking(high) <= 0.0:
        return high
    return float(brentq(lacking, value, high, xtol=1e-12 * max(1.0, abs(value))))


def interval(value: float, error: float, *, level: float = 0.95) -> tuple[float, float]:
    """Symmetric interval of an estimate that is about normal."""
    half = float(ndtri(0.5 + level / 2.0)) * error
    return value - half, value + half


def log_interval(
    value: float, relative_error: float, *, level: float = 0.95
) -> tuple[float, float]:
    """Interval of a positive number of which the logarithm is about normal."""
    factor = math.exp(min(float(ndtri(0.5 + level / 2.0)) * relative_error, 700.0))
    return value / factor, value * factor
