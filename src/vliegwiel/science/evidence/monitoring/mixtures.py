"""Evidence that may be looked at at any time: e-values and intervals by mixing over effects.

Robbins (1970, *Annals of Mathematical Statistics* 41:1397-1409) averages the likelihood ratio over
effects, with weights that are chosen before the first observation. Without an effect the average is
a martingale that starts at 1, so the chance that it ever reaches 1 / alpha is at most alpha (Ville
1939), however often somebody looks. All null values that it does not reject form an interval that
holds at every look at once. Review: Ramdas, Grünwald, Vovk and Shafer (2023, *Statistical Science*
38:576-601).

Everything here works elementwise on arrays of one value for each look.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, gammaln, lambertw, ndtr, ndtri, stdtr, stdtrit, xlog1py, xlogy

Floats: TypeAlias = NDArray[np.float64]
#: Tails smaller than this are taken as this: beyond it a z-value has no more digits.
_SMALLEST_TAIL = 1e-300
#: Steps of a bisection: the bracket becomes smaller than the last digit of a number.
_HALVINGS = 80


def weight_of_tuning(tuning_size: float, alpha: float) -> float:
    """The pseudo-observations of the normal mixture that is narrowest at ``tuning_size``.

    Howard, Ramdas, McAuliffe and Sekhon (2021, *Annals of Statistics* 49:1055-1080, proposition 3).

    Raises:
        ValueError: for a size that is not above 0 or an ``alpha`` outside (0, 1).
    """
    if not tuning_size > 0:
        raise ValueError("the tuning size is above 0")
    if not 0 < alpha < 1:
        raise ValueError("alpha lies between 0 and 1")
    return tuning_size / (-float(lambertw(-(alpha**2) / math.e, -1).real) - 1.0)


def multiplier(sizes: ArrayLike, tuning_size: float, alpha: float) -> Floats:
    """How many standard errors the interval reaches to each side, by size of the sample.

    The normal mixture of Robbins (1970), as an interval for every estimator that is about normal:
    Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024, *Annals of Statistics* 52:2613-2640).
    ``sizes`` and ``tuning_size`` have the same unit, of which information is a multiple.
    """
    size = np.asarray(sizes, dtype=np.float64)
    rho = weight_of_tuning(tuning_size, alpha)
    squared: Floats = (1.0 + rho / size) * (np.log1p(size / rho) - 2.0 * math.log(alpha))
    return np.sqrt(squared)


def log_normal_mixture(z: ArrayLike, sizes: ArrayLike, tuning_size: float, alpha: float) -> Floats:
    """Logarithm of the e-value of a test statistic ``z`` at each size of the sample."""
    size, statistic = np.asarray(sizes, dtype=np.float64), np.asarray(z, dtype=np.float64)
    rho = weight_of_tuning(tuning_size, alpha)
    found: Floats = (statistic**2 * size / (size + rho) - np.log1p(size / rho)) / 2.0
    return found


def as_normal(t: ArrayLike, degrees: ArrayLike) -> Floats:
    """The z with the same tail as a Student ``t``.

    Carries a boundary over to an estimated variance (the significance-level approach of Jennison
    and Turnbull 2000, *Group Sequential Methods*, section 3.8).
    """
    statistic = np.asarray(t, dtype=np.float64)
    tail = np.maximum(stdtr(np.asarray(degrees, dtype=np.float64), -np.abs(statistic)), 0.0)
    found: Floats = -np.sign(statistic) * ndtri(np.maximum(tail, _SMALLEST_TAIL))
    return found


def as_student(z: ArrayLike, degrees: ArrayLike) -> Floats:
    """The Student t with the same tail as ``z``: what :func:`as_normal` undoes."""
    tail = np.maximum(ndtr(-np.abs(np.asarray(z, dtype=np.float64))), _SMALLEST_TAIL)
    found: Floats = -stdtrit(np.asarray(degrees, dtype=np.float64), tail)
    return np.sign(np.asarray(z, dtype=np.float64)) * found


def log_beta_binomial(
    successes: ArrayLike, trials: ArrayLike, null: ArrayLike, prior: tuple[float, float]
) -> Floats:
    """Logarithm of the e-value of cumulative successes against a chance ``null``.

    The mixture over a Beta distribution: B(a + s, b + n - s) / B(a, b) / (p^s (1 - p)^(n - s)).
    """
    s, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    p, (a, b) = np.asarray(null, dtype=np.float64), prior
    found: Floats = betaln(a + s, b + n - s) - betaln(a, b) - xlogy(s, p) - xlog1py(n - s, -p)
    return found


def log_gamma_poisson(
    counts: ArrayLike, exposure: ArrayLike, null: ArrayLike, prior: tuple[float, float]
) -> Floats:
    """Logarithm of the e-value of a cumulative count against a rate ``null``.

    The mixture over a gamma distribution with shape a and rate b, in the unit of ``exposure``.
    """
    s, t = np.asarray(counts, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    rate, (a, b) = np.asarray(null, dtype=np.float64), prior
    mixed = gammaln(a + s) - gammaln(a) + a * math.log(b) - (a + s) * np.log(b + t)
    found: Floats = mixed - xlogy(s, rate) + rate * t
    return found


def not_rejected(
    log_e: Callable[[Floats], Floats], best: Floats, least: Floats, most: Floats
) -> tuple[Floats, Floats]:
    """Between which null values the e-value stays below its limit, by bisection.

    Args:
        log_e: function of an array of null values that is negative where they are not rejected;
            it falls up to ``best`` and rises after it.
        best: the estimate at each look.
        least, most: bounds of the null values at each look; ``most`` may be so far away that it is
            certainly rejected, or the end of the possible values.
    """
    low_out, low_in = least.copy(), best.copy()
    high_in, high_out = best.copy(), most.copy()
    for _ in range(_HALVINGS):
        below, above = (low_out + low_in) / 2.0, (high_in + high_out) / 2.0
        inside = log_e(below) < 0
        low_in, low_out = np.where(inside, below, low_in), np.where(inside, low_out, below)
        inside = log_e(above) < 0
        high_in, high_out = np.where(inside, above, high_in), np.where(inside, high_out, above)
    return (low_out + low_in) / 2.0, (high_in + high_out) / 2.0
