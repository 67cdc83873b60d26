"""Lengths of time for the kernel: stays, residual stays, patience, from counter-based draws.

Times are in days. Every draw of a length is a scale times a number that depends on the youth alone,
so that an intervention on a mean stretches the same fate. Exponential and normal numbers come from
Marsaglia and Tsang's ziggurat (2000); see :mod:`.ziggurat` for the layers. A draw by rejection goes
on with the next counters of the same youth and purpose.
"""

# Compiled code: numba infers the types, and arguments go by position.
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

import math

from . import _layout as at
from ._elementary import exp, log, power
from ._inlining import apart, bits, inlined, uniform
from ._memory import fixed_int, fraction, likely, load_float, negative_if
from .ziggurat import LAYERS

#: Shapes of the length of a stay. ``a`` and ``b`` of each are set by :func:`shape_parameters`.
EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, FIXED, OBSERVED = range(6)

#: Counters that each attempt at a gamma number has: half for a normal number, half for a uniform.
_ATTEMPT = 1 << 10
_SIGN = LAYERS.bit_length() - 1
_HEIGHTS = 8 * (LAYERS + 1)


@inlined
def exponential(h, key, purpose, counter, mean):
    """An exponential time with this mean."""
    table = fixed_int(h, at.EXPONENTIAL_LAYERS)
    drawn = bits(key, purpose, counter)
    layer = table + 8 * (drawn & (LAYERS - 1))
    x = _part(drawn) * load_float(layer)
    if likely(x < load_float(layer, 8)):
        return mean * x
    return mean * _exponential_again(table, key, purpose, counter)


@apart
def _exponential_again(table, key, purpose, counter):
    """The same from the start, for the few that do not lie wholly within a layer."""
    beyond = 0.0
    while True:
        drawn = bits(key, purpose, counter)
        layer = table + 8 * (drawn & (LAYERS - 1))
        x = _part(drawn) * load_float(layer)
        if x < load_float(layer, 8):
            break
        if layer == table:
            # The tail looks like the whole: begin again beyond it.
            beyond += load_float(table, 8)
        else:
            low, high = load_float(layer, _HEIGHTS), load_float(layer, _HEIGHTS + 8)
            if low + uniform(key, purpose, counter + 1) * (high - low) < exp(-x):
                break
        counter += 2
    return beyond + x


@inlined
def normal(h, key, purpose, counter):
    """A standard normal number."""
    table = fixed_int(h, at.NORMAL_LAYERS)
    drawn = bits(key, purpose, counter)
    layer = table + 8 * (drawn & (LAYERS - 1))
    x = _part(drawn) * load_float(layer)
    if likely(x < load_float(layer, 8)):
        return _signed(x, drawn)
    return _normal_again(table, key, purpose, counter)


@apart
def _normal_again(table, key, purpose, counter):
    """The same from the start, for the few that do not lie wholly within a layer."""
    while True:
        drawn = bits(key, purpose, counter)
        layer = table + 8 * (drawn & (LAYERS - 1))
        x = _part(drawn) * load_float(layer)
        if x < load_float(layer, 8):
            break
        counter += 1
        if layer == table:
            # Marsaglia (1964): the tail by two exponential numbers.
            start = load_float(table, 8)
            while True:
                far = -log(uniform(key, purpose, counter)) / start
                up = -log(uniform(key, purpose, counter + 1))
                counter += 2
                if up + up >= far * far:
                    break
            x = start + far
            break
        low, high = load_float(layer, _HEIGHTS), load_float(layer, _HEIGHTS + 8)
        if low + uniform(key, purpose, counter) * (high - low) < exp(-0.5 * x * x):
            break
        counter += 1
    return _signed(x, drawn)


@inlined
def _signed(x, drawn):
    """With the sign that the bit above those of the layer tells: below 0 when it is 0."""
    return negative_if(x, ~(drawn >> _SIGN))


@inlined
def _part(drawn):
    """A number between 0 and 1 by the 52 bits that choose neither layer nor sign."""
    return fraction(drawn)


@apart
def _gamma(h, key, purpose, counter, k):
    """A gamma number of shape k and scale 1 (Marsaglia and Tsang 2000, boosted below shape 1)."""
    d = (k if k >= 1.0 else k + 1.0) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = counter
    while True:
        attempt += _ATTEMPT
        x = normal(h, key, purpose, attempt)
        u = uniform(key, purpose, attempt + _ATTEMPT // 2)
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        if log(u) < 0.5 * x * x + d - d * v + d * log(v):
            break
    if k >= 1.0:
        return d * v
    return d * v * power(uniform(key, purpose, counter), 1.0 / k)


@inlined
def stay(h, key, purpose, counter, shape, mean, a, b):
    """Length of a stay with this mean and shape."""
    if shape == LOGNORMAL:
        return mean * exp(a * normal(h, key, purpose, counter) + b)
    if shape == EXPONENTIAL:
        return exponential(h, key, purpose, counter, mean)
    if shape == GAMMA:
        return mean * _gamma(h, key, purpose, counter, a) / a
    if shape == WEIBULL:
        return mean * b * power(exponential(h, key, purpose, counter, 1.0), a)
    return mean


@inlined
def residual_stay(h, key, purpose, counter, age_purpose, shape, mean, a, b):
    """What is left of a stay that is under way at a random moment (equilibrium residual).

    The stay under way is drawn in proportion to its length; the moment lies anywhere within it.
    """
    if shape == EXPONENTIAL:
        return exponential(h, key, purpose, counter, mean)
    if shape == LOGNORMAL:
        length = mean * exp(a * normal(h, key, purpose, counter) - b)
    elif shape == GAMMA:
        length = mean * _gamma(h, key, purpose, counter, a + 1.0) / a
    elif shape == WEIBULL:
        length = mean * b * power(_gamma(h, key, purpose, counter, 1.0 + a), a)
    else:
        length = mean
    return length * uniform(key, age_purpose, counter)
