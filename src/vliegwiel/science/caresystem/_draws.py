"""Lengths of time for the kernel: stays, residual stays, patience, from counter-based draws.

Times are in days. Every draw of a length is a scale times a number that depends on the youth alone,
so that an intervention on a mean stretches the same fate.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import math

from ._inlining import inlined, uniform

#: Shapes of the length of a stay. ``a`` and ``b`` of each are set by :func:`shape_parameters`.
EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, FIXED, OBSERVED = range(6)

# Wichura (1988), algorithm AS 241, PPND16: the normal quantile to 16 digits.
_NEAR_NUM = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
_NEAR_DEN = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
_MID_NUM = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
_MID_DEN = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
_FAR_NUM = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
_FAR_DEN = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)


@inlined
def _horner(coefficients, x):
    value = coefficients[0]
    for k in range(1, 8):
        value = value * x + coefficients[k]
    return value


@inlined
def normal_quantile(p):
    """The standard normal quantile of a probability strictly between 0 and 1."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return _horner(_NEAR_NUM, r) * q / _horner(_NEAR_DEN, r)
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    if r <= 5.0:
        x = _horner(_MID_NUM, r - 1.6) / _horner(_MID_DEN, r - 1.6)
    else:
        x = _horner(_FAR_NUM, r - 5.0) / _horner(_FAR_DEN, r - 5.0)
    return -x if q < 0.0 else x


@inlined
def _gamma(key, purpose, counter, k):
    """A gamma number of shape k and scale 1 (Marsaglia and Tsang 2000, boosted below shape 1)."""
    d = (k if k >= 1.0 else k + 1.0) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = counter + 1
    while True:
        x = normal_quantile(uniform(key, purpose, attempt))
        u = uniform(key, purpose, attempt + 1)
        attempt += 2
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        if math.log(u) < 0.5 * x * x + d - d * v + d * math.log(v):
            break
    if k >= 1.0:
        return d * v
    return d * v * uniform(key, purpose, counter) ** (1.0 / k)


@inlined
def exponential(key, purpose, counter, mean):
    """An exponential time with this mean."""
    return -mean * math.log(uniform(key, purpose, counter))


@inlined
def stay(key, purpose, counter, shape, mean, a, b):
    """Length of a stay with this mean and shape."""
    if shape == LOGNORMAL:
        z = normal_quantile(uniform(key, purpose, counter))
        return mean * math.exp(a * z + b)
    if shape == EXPONENTIAL:
        return exponential(key, purpose, counter, mean)
    if shape == GAMMA:
        return mean * _gamma(key, purpose, counter, a) / a
    if shape == WEIBULL:
        return mean * b * (-math.log(uniform(key, purpose, counter))) ** a
    return mean


@inlined
def residual_stay(key, purpose, counter, age_purpose, shape, mean, a, b):
    """What is left of a stay that is under way at a random moment (equilibrium residual).

    The stay under way is drawn in proportion to its length; the moment lies anywhere within it.
    """
    if shape == EXPONENTIAL:
        return exponential(key, purpose, counter, mean)
    if shape == LOGNORMAL:
        z = normal_quantile(uniform(key, purpose, counter))
        length = mean * math.exp(a * z - b)
    elif shape == GAMMA:
        length = mean * _gamma(key, purpose, counter, a + 1.0) / a
    elif shape == WEIBULL:
        length = mean * b * _gamma(key, purpose, counter, 1.0 + a) ** a
    else:
        length = mean
    return length * uniform(key, age_purpose, counter)
