"""Exponentials, logarithms and what is made of them, the same to the last digit on any machine.

Addition, subtraction, multiplication, division and square root are rounded alike everywhere (IEEE
754); ``exp`` and ``log`` of a machine's own library are not, and neither are those of arrays. So
these are made of the former alone. How a number is taken apart, and the logarithm, follow fdlibm
(Sun Microsystems, 1993, https://www.netlib.org/fdlibm/e_exp.c and e_log.c). Both err by about one
unit in the last place.

All take and give arrays of any shape, as float64.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

#: ln 2 in two parts: the first has so many zeros at its end that whole multiples are exact.
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
ONE_OVER_LN2 = 1.44269504088896338700
#: Beyond it the exponential is infinite, or 0.
_LARGEST, _SMALLEST = 709.78, -745.1
_SQRT_HALF = 0.70710678118654752440
#: Stirling's series serves from here on.
_STIRLING_FROM = 12.0
_HALF_LN_2_PI = 0.91893853320467274178


def exp_of_rest(r: float) -> float:
    """The exponential of a number of at most ln(2) / 2 in size.

    By Taylor's series, of which the first term left out is below 4e-18. Its terms are added in
    pairs, then pairs of pairs (Estrin 1960), as a processor can do several of these at once.
    """
    r2 = r * r
    r4 = r2 * r2
    low = (1 / 2 + r * (1 / 6)) + r2 * (1 / 24 + r * (1 / 120))
    middle = (1 / 720 + r * (1 / 5040)) + r2 * (1 / 40320 + r * (1 / 362880))
    high = (1 / 3628800 + r * (1 / 39916800)) + r2 * (1 / 479001600 + r * (1 / 6227020800))
    return 1.0 + (r + r2 * (low + r4 * (middle + r4 * high)))


def log_of_parts(part: float, octaves: float) -> float:
    """The logarithm of ``part * 2**octaves``; the part lies between sqrt(1/2) and sqrt(2)."""
    f = part - 1.0
    s = f / (2.0 + f)
    z = s * s
    rest = z * (
        6.666666666666735130e-01
        + z * (3.999999999940941908e-01
        + z * (2.857142874366239149e-01
        + z * (2.222219843214978396e-01
        + z * (1.818357216161805012e-01
        + z * (1.531383769920937332e-01
        + z * 1.479819860511658591e-01)))))
    )  # fmt: skip
    half = 0.5 * f * f
    return octaves * LN2_HIGH - ((half - (s * (half + rest) + octaves * LN2_LOW)) - f)


_exp_of_rests: Callable[[Floats], Floats] = exp_of_rest  # type: ignore[assignment]
_logs_of_parts: Callable[[Floats, Floats], Floats] = log_of_parts  # type: ignore[assignment]


def exp(x: ArrayLike) -> Floats:
    """Exponential; infinite beyond 709.78, 0 below -745.1."""
    x = np.asarray(x, dtype=np.float64)
    within = np.clip(x, _SMALLEST, _LARGEST)
    octaves = np.rint(within * ONE_OVER_LN2)
    rest = _exp_of_rests((within - octaves * LN2_HIGH) - octaves * LN2_LOW)
    found = np.ldexp(rest, np.nan_to_num(octaves).astype(np.int64))
    return np.where(x > _LARGEST, np.inf, np.where(x < _SMALLEST, 0.0, found))


def log(x: ArrayLike) -> Floats:
    """Natural logarithm; minus infinity at 0, not a number below."""
    x = np.asarray(x, dtype=np.float64)
    known = (x > 0) & (x < np.inf)
    part, octaves = np.frexp(np.where(known, x, 1.0))
    low = part < _SQRT_HALF
    found = _logs_of_parts(np.where(low, 2.0 * part, part), octaves - low.astype(np.float64))
    beyond = np.where(x == 0, -np.inf, np.where(x < 0, np.nan, x))
    return np.where(known, found, beyond)


def log1p(x: ArrayLike) -> Floats:
    """Logarithm of 1 + x, also where x is small (Kahan's correction of what 1 + x rounds off)."""
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        more = 1.0 + x
        correction = np.where(more > 0, (x - (more - 1.0)) / more, 0.0)
        return np.where(np.isinf(x), x, log(more) + np.nan_to_num(correction))


def power(base: ArrayLike, exponent: ArrayLike) -> Floats:
    """A base to an exponent; whole exponents up to 64 by multiplying, with bases of any sign.

    A relative error of some units in the last place, times ``abs(exponent * log(base))`` where that
    is above 1. Not a number for a base below 0 with another exponent.
    """
    base, exponent = np.broadcast_arrays(
        np.asarray(base, dtype=np.float64), np.asarray(exponent, dtype=np.float64)
    )
    size = np.abs(exponent)
    whole = (np.floor(size) == size) & (size <= 64)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        found = exp(exponent * log(base))
        found = np.where((base == 0) & (exponent > 0), 0.0, found)
        multiplied = _whole_power(base, np.where(whole, size, 0.0).astype(np.int64))
        multiplied = np.where(exponent < 0, 1.0 / multiplied, multiplied)
    return np.where(whole, multiplied, found)


def _whole_power(base: Floats, exponent: NDArray[np.int64]) -> Floats:
    """By squaring: bases to whole exponents of at least 0."""
    found, square, left = np.ones_like(base), base.copy(), exponent.copy()
    while left.any():
        found = np.where(left & 1, found * square, found)
        left >>= 1
        if left.any():
            square = square * square
    return found


def log_gamma(x: ArrayLike) -> Floats:
    """Logarithm of the gamma function of numbers above 0 (Stirling's series, DLMF 5.11.1).

    Numbers below 12 are first raised by the recurrence (DLMF 5.5.1).

    Raises:
        ValueError: when a number is not above 0.
    """
    x = np.asarray(x, dtype=np.float64)
    if not np.all(x > 0):
        raise ValueError("the numbers must be above zero")
    product, raised = np.ones_like(x), x.copy()
    while (low := raised < _STIRLING_FROM).any():
        product = np.where(low, product * raised, product)
        raised = np.where(low, raised + 1.0, raised)
    z = 1.0 / (raised * raised)
    series = (
        1.0 / 12.0
        - z * (1.0 / 360.0
        - z * (1.0 / 1260.0
        - z * (1.0 / 1680.0
        - z * (1.0 / 1188.0
        - z * (691.0 / 360360.0
        - z / 156.0)))))
    )  # fmt: skip
    stirling = (raised - 0.5) * log(raised) - raised + _HALF_LN_2_PI + series / raised
    return np.asarray(stirling - log(product))
