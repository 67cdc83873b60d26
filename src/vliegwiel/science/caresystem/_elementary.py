"""Exponentials, logarithms and powers for the kernel, the same to the last digit on any machine.

The arithmetic is that of :mod:`vliegwiel.science.kernel.elementary`; here without arrays, for
numbers of ordinary size: nothing below 2**-1000 or above 2**1000 comes out of a draw.
"""

# Compiled code: numba infers the types.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from vliegwiel.science import kernel

from ._inlining import inlined
from ._memory import float_bits, larger, power_of_two

_exp_of_rest = inlined(kernel.exp_of_rest)
_log_of_parts = inlined(kernel.log_of_parts)

_LN2_HIGH, _LN2_LOW = kernel.LN2_HIGH, kernel.LN2_LOW
_ONE_OVER_LN2 = kernel.ONE_OVER_LN2
_FARTHEST = 690.0
_ROUNDS = 1.5 * 2.0**52
#: The bits of sqrt(1/2): what is added to or taken from a number's bits to find its octave.
_ONE_BITS = 1023 << 52
_HALVES = _ONE_BITS - 0x3FE6A09E667F3BCD


@inlined
def exp(x):
    """Exponential of a number between -690 and 690."""
    # Added to a number this leaves the nearest whole number in the lowest bits.
    rounded = x * _ONE_OVER_LN2 + _ROUNDS
    octaves = rounded - _ROUNDS
    rest = _exp_of_rest((x - octaves * _LN2_HIGH) - octaves * _LN2_LOW)
    return rest * power_of_two(float_bits(rounded))


@inlined
def log(x):
    """Natural logarithm of a number above 0."""
    octaves = (float_bits(x) + _HALVES) >> 52
    part = x * power_of_two(1023 - octaves)
    return _log_of_parts(part, float(octaves - 1023))


@inlined
def power(base, exponent):
    """A base above 0 to any exponent; no further from 1 than the exponential of 690."""
    return exp(larger(-_FARTHEST, -larger(-_FARTHEST, -exponent * log(base))))
