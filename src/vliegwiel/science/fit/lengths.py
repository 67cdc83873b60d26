"""How long care lasts, from stays that have not all ended and not all begun in sight.

A stay that was seen from day a of its own to day b counts with f(b) / S(a) when it ended and with
S(b) / S(a) when it had not: who was in care before the observation is there because the stay was
long (left truncation), and who is in care at its end goes on (right censoring). See Klein and
Moeschberger (2003), *Survival Analysis*, chapter 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.science.trajectories import kaplan_meier

from .families import FAMILIES, Family, FamilyName
from .tops import IMPOSSIBLE, highest

Floats: TypeAlias = NDArray[np.float64]

#: Fewer ends than this tell no more than a mean.
ENDS_FOR_A_SHAPE = 10
#: A stay that ends at once is taken to last this long: most families have no length of 0.
SHORTEST = 1e-3
_LONGEST_MEAN = 36525.0
_SHAPES = (-2.5, 4.0)
_STEP = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """Stays that were followed for a time; every array has shape (stays,).

    ``entered`` is how many days a stay had lasted when it came in sight, ``days`` how many when it
    ended or went out of sight, ``ended`` whether it ended. A stay counts ``weight`` times.
    """

    entered: Floats
    days: Floats
    ended: NDArray[np.bool_]
    weight: Floats

    @property
    def ends(self) -> float:
        """Number of stays that ended."""
        return float(self.weight[self.ended].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthFit:
    """The best of the families for some stays.

    ``mean`` is in days; the errors are those of the natural logarithms of ``mean`` and ``cv``, and
    ``correlation`` that between both. ``cv`` is 1 and its error 0 for the exponential.
    ``log_likelihoods`` and ``aic`` are by family, of those that could be fitted.
    """

    family: FamilyName
    mean: float
    cv: float
    log_mean_error: float
    log_cv_error: float
    correlation: float
    stays: int
    ends: int
    log_likelihoods: dict[str, float]
    aic: dict[str, float]
    distance: float | None
    outside: float | None
    covered: float

    @property
    def mean_error(self) -> float:
        """Standard error of the mean, in days."""
        return self.mean * self.log_mean_error

    @property
    def cv_error(self) -> float:
        """Standard error of the coefficient of variation."""
        return self.cv * self.log_cv_error


def lengths_of(days: ArrayLike, ended: ArrayLike, *, entered: ArrayLike | None = None) -> Lengths:
    """Stays from arrays of one length; equal ones are counted together.

    Raises:
        ValueError: for lengths that differ, days that are not finite or below zero, and stays that
            came in sight after they ended.
    """
    till = np.asarray(days, dtype=np.float64)
    over = np.asarray(ended, dtype=np.bool_)
    since = np.zeros(till.shape) if entered is None else np.asarray(entered, dtype=np.float64)
    if till.ndim != 1 or till.shape != over.shape or till.shape != since.shape:
        raise ValueError("days, ends and entries must be arrays of one length")
    if not (np.all(np.isfinite(till)) and np.all(since >= 0.0) and np.all(since <= till)):
        raise ValueError("a stay is seen from a day on until a later one")
    seen = over | (till > since)
    table = np.stack([since[seen], np.maximum(till[seen], SHORTEST), over[seen]], axis=1)
    rows, weight = np.unique(table, axis=0, return_counts=True)
    rows = rows.reshape(-1, 3)
    return Lengths(
        entered=np.minimum(rows[:, 0], rows[:, 1]),
        days=rows[:, 1],
        ended=rows[:, 2] > 0.5,
        weight=weight.astype(np.float64),
    )


def log_likelihood(stays: Lengths, family: Family, mean: float, shape: float) -> float:
    """Logarithm of the likelihood of stays; ``shape`` is the shape number of the family."""
    seen = family.log_survival(stays.days, mean, shape)
    if stays.ended.any():
        seen[stays.ended] = family.log_density(stays.days[stays.ended], mean, shape)
    late = stays.entered > 0.0
    total = float(np.dot(stays.weight, seen))
    if late.any():
        before = family.log_survival(stays.entered[late], mean, shape)
        total -= float(np.dot(stays.weight[late], before))
    return total


def fit_lengths(stays: Lengths, *, family: FamilyName | None = None) -> LengthFit:
    """The family with the lowest information criterion of Akaike, or the one that is named.

    Standard errors come from the curvature of the likelihood at its top. When nothing ended half an
    end is counted, so that the mean is long and hardly known instead of endless.

    Raises:
        ValueError: for no stays at all, or a named family that does not fit.
    """
    if not len(stays.days):
        raise ValueError("no stay was followed")
    names = [family] if family is not None else list(FAMILIES)
    if family is None and stays.ends < ENDS_FOR_A_SHAPE:
        names = ["exponential"]
    found = [top for name in names if (top := _top(stays, FAMILIES[name])) is not None]
    if not found:
        raise ValueError(f"no {family} fits these stays")
    best = min(found, key=lambda top: top.aic)
    distance, outside = _distance(stays, best)
    longest = float(stays.days.max())
    chosen = FAMILIES[best.family]
    beyond = float(chosen.survival(np.array([longest]), best.mean, best.shape)[0])
    return LengthFit(
        family=best.family,
        mean=best.mean,
        cv=chosen.cv(best.shape),
        log_mean_error=best.errors[0],
        log_cv_error=best.errors[1],
        correlation=best.errors[2],
        stays=round(float(stays.weight.sum())),
        ends=round(stays.ends),
        log_likelihoods={top.family: top.log_likelihood for top in found},
        aic={top.family: top.aic for top in found},
        distance=distance,
        outside=outside,
        covered=1.0 - beyond,
    )


@dataclass(frozen=True, slots=True)
class _Top:
    """The highest likelihood in a family, with errors of log mean and log cv and what ties them."""

    family: FamilyName
    mean: float
    shape: float
    log_likelihood: float
    aic: float
    errors: tuple[float, float, float]


def _top(stays: Lengths, family: Family) -> _Top | None:
    exposure = float(np.dot(stays.weight, stays.days - stays.entered))
    ends = max(stays.ends, 0.5)
    mean = min(max(exposure / ends, SHORTEST), _LONGEST_MEAN)
    if family.parameters == 1:
        total = -ends * math.log(mean) - exposure / mean
        errors = (1.0 / math.sqrt(ends), 0.0, 0.0)
        return _Top(family.name, mean, 0.0, total, 2.0 - 2.0 * total, errors)

    def lack(at: Floats) -> float:
        log_mean, shape = float(at[0]), float(at[1])
        inside = _SHAPES[0] <= shape <= _SHAPES[1]
        if not inside or not math.log(SHORTEST) < log_mean < math.log(1e3 * _LONGEST_MEAN):
            return IMPOSSIBLE
        total = log_likelihood(stays, family, math.exp(log_mean), shape)
        return -total if math.isfinite(total) else IMPOSSIBLE

    top = highest(lack, np.array([math.log(mean), 0.0]))
    if top is None or top.at[0] > math.log(_LONGEST_MEAN):
        return None
    mean, shape = math.exp(float(top.at[0])), float(top.at[1])
    # From the error of the shape number to that of the logarithm of the spread.
    slope = math.log(family.cv(shape + _STEP) / family.cv(shape - _STEP)) / (2.0 * _STEP)
    errors = (
        float(top.errors[0]),
        float(top.errors[1]) * abs(slope),
        math.copysign(top.correlation, top.correlation * slope),
    )
    return _Top(family.name, mean, shape, -top.lack, 4.0 + 2.0 * top.lack, errors)


def _distance(stays: Lengths, top: _Top) -> tuple[float | None, float | None]:
    """Largest distance to the curve of Kaplan and Meier, and the share of it outside its interval.

    Over the lengths at which at least ten stays were in sight, and both curves from the shortest
    length at which one was: before it nothing can be seen. The interval is that of 99 per cent.
    """
    rows = np.repeat(np.arange(len(stays.days)), stays.weight.astype(np.int64))
    entered, days = stays.entered[rows], stays.days[rows]
    first = float(entered.min())
    late = np.where(entered > first, np.minimum(entered, np.nextafter(days, 0.0)), -1.0)
    curve = kaplan_meier(days, stays.ended[rows], entered=late, level=0.99)
    told = curve.at_risk >= ENDS_FOR_A_SHAPE
    if np.count_nonzero(told) < ENDS_FOR_A_SHAPE:
        return None, None
    family, times = FAMILIES[top.family], curve.times[told]
    fitted = family.survival(times, top.mean, top.shape)
    if first > 0.0:
        fitted = fitted / family.survival(np.array([first]), top.mean, top.shape)[0]
    surviving, low, high = (part[told] for part in (curve.surviving, curve.low, curve.high))
    outside = (fitted < low) | (fitted > high)
    return float(np.abs(fitted - surviving).max()), float(np.mean(outside))
