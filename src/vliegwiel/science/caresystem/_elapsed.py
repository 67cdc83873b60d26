"""How long who is there at the start has waited or been in care, and what is then left of care."""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from vliegwiel.science.kernel import ATTEMPTS, Purpose

from . import _layout as at
from ._draws import EXPONENTIAL, exponential
from ._elementary import exp
from ._inlining import apart, inlined, uniform
from ._memory import fixed_int, larger, load_float, load_int
from ._recording import present
from ._stays import whole_stay
from ._youths import search

#: Stays that are drawn to find one that reaches as far as the youth has been in care.
TRIES = 1000
#: Who has been in care for longer than those reach goes within so many days: a month.
GOES_WITHIN = 365.25 / 12
#: Beyond this an exponential number decides nothing any more.
_LARGEST_POWER = 690.0
#: Below this the first terms of the series are more precise than what an exponential leaves.
_SMALL_POWER = 1e-5

_P_SINCE = int(Purpose.CENSUS_SINCE)
_P_PHASE = int(Purpose.CENSUS_PHASE)
_P_STAY = int(Purpose.CENSUS_STAY)
_P_AGE = int(Purpose.CENSUS_AGE)
_P_EXTENSION = int(Purpose.CENSUS_EXTENSION)


@inlined
def elapsed_days(h, shares, i, part):
    """Days at a share of the youths of a care type; the table of days follows that of shares."""
    points = fixed_int(h, at.ELAPSED_POINTS)
    share = fixed_int(h, shares) + 8 * i * points
    days = fixed_int(h, shares + 8) + 8 * i * points
    k = search(share + 8, points - 1, part)
    low, high = load_float(share, 8 * k), load_float(share, 8 * (k + 1))
    short, long = load_float(days, 8 * k), load_float(days, 8 * (k + 1))
    return short + (part - low) / (high - low) * (long - short)


@inlined
def knows_since(h, i):
    """Whether it was observed how long those in care have been there."""
    points = fixed_int(h, at.ELAPSED_POINTS)
    shares = fixed_int(h, at.IN_CARE_SINCE_SHARE) + 8 * i * points
    return load_float(shares, 8 * (points - 1)) > 0.0


@inlined
def in_care_so_far(h, r, i):
    """How long a youth has been in care at the start, where that was observed."""
    u = uniform(load_int(r, at.Y_KEY), _P_SINCE, 0)
    return elapsed_days(h, at.IN_CARE_SINCE_SHARE, i, u)


@apart
def left_after(h, f, r, i):
    """What is left of care that has lasted so long: which part of it is under way, and its rest.

    Stays, with their extension, are drawn until one reaches beyond the time so far: what it has
    over has the distribution of the rest, given that time. Exponential stays forget how long they
    have lasted, so that only which part is under way must be drawn.
    """
    p, key = present(h, r), load_int(r, at.Y_KEY)
    mean, longer = load_float(p, at.STAY_MEAN), load_float(p, at.EXTENSION_MEAN)
    chance, so_far = load_float(p, at.EXTENSION_PROBABILITY), in_care_so_far(h, r, i)
    if load_int(p, at.SHAPE) == EXPONENTIAL:
        extended = chance * _extended_already(so_far, mean, longer)
        if uniform(key, _P_PHASE, 0) * (1.0 + extended) < 1.0:
            return at.STAY_ENDS, exponential(h, key, _P_STAY, 0, mean)
        return at.EXTENSION_ENDS, exponential(h, key, _P_STAY, 0, longer)
    for k in range(TRIES):
        counter = k * ATTEMPTS
        length = whole_stay(h, f, r, i, _P_STAY, counter)
        if length > so_far:
            return at.STAY_ENDS, length - so_far
        if chance > 0.0 and uniform(key, _P_PHASE, counter) < chance:
            length += exponential(h, key, _P_EXTENSION, counter, longer)
            if length > so_far:
                return at.EXTENSION_ENDS, length - so_far
    last = at.EXTENSION_ENDS if chance > 0.0 else at.STAY_ENDS
    return last, GOES_WITHIN * uniform(key, _P_AGE, 0)


@inlined
def _extended_already(so_far, mean, longer):
    """How much likelier than still in an exponential stay somebody is in the extension that follows
    each: the chance to be there after so long, over that of the stay to last so long.
    """
    faster = 1.0 / longer - 1.0 / mean
    power = -so_far * faster
    if abs(power) < _SMALL_POWER:
        return so_far / mean * (1.0 + power / 2.0 * (1.0 + power / 3.0))
    power = larger(-_LARGEST_POWER, -larger(-_LARGEST_POWER, -power))
    return (1.0 - exp(power)) / (faster * mean)
