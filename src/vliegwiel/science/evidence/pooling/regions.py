"""One effect from several regions, and what it is worth in a region that has not tried it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from vliegwiel.science.kernel import Check, Outcome

from .between import Floats, dersimonian_laird, generalised_q, paule_mandel, q_profile, reml

Between = Literal["reml", "paule_mandel", "dersimonian_laird"]
Test = Literal["hartung_knapp", "wald"]

BETWEEN: Mapping[str, Callable[[Floats, Floats, Floats], float]] = MappingProxyType(
    {"reml": reml, "paule_mandel": paule_mandel, "dersimonian_laird": dersimonian_laird}
)
#: With fewer regions an interval for a next one says little.
FEW_REGIONS = 5

#: Code -> English sentence. Numbers are raw; whoever shows a sentence writes them.
POOLING_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "pooled": (
            "Over %(regions)s regions together the effect is %(estimate)s (%(low)s to %(high)s)."
        ),
        "next_region": (
            "In a next region like these the effect lies between %(low)s and %(high)s "
            "(t with %(freedom)s degrees of freedom)."
        ),
        "next_region_unknown": (
            "With fewer than three regions nothing can be said about a next region."
        ),
        "regions_differ": (
            "Regions differ: %(share)s per cent of the differences between them is more than "
            "chance."
        ),
        "regions_alike": "The regions differ no more than chance makes them differ.",
        "few_regions": (
            "There are only %(regions)s regions: how much regions differ is hardly known."
        ),
        "agree_by_chance": (
            "The regions agree more than chance allows. The interval is not made narrower for it."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean effect over regions (or its coefficients, when features of regions were given).

    Attributes:
        coefficients, errors, p: one for each column of the design; the first is the mean effect
            when there are no features.
        low, high: interval of each coefficient, with ``level``.
        freedom: degrees of freedom of the test; infinite for a Wald test.
        tau2: variance between regions; ``tau2_low`` to ``tau2_high`` by the Q-profile.
        q, i2: heterogeneity; ``i2`` in per cent, from ``tau2`` and a typical variance.
        next_low, next_high: where the effect of a next region lies, with ``level``, and the
            ``next_freedom`` degrees of freedom of its t; None without one.
        checks: what was seen, in sentences.
    """

    regions: int
    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    p: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    level: float
    freedom: float
    tau2: float
    tau2_low: float
    tau2_high: float
    q: float
    i2: float
    next_low: float | None
    next_high: float | None
    next_freedom: int | None
    checks: tuple[Check, ...]

    @property
    def estimate(self) -> float:
        """The mean effect: the first coefficient."""
        return self.coefficients[0]


def pool(
    effects: ArrayLike,
    variances: ArrayLike,
    *,
    between: Between = "reml",
    test: Test = "hartung_knapp",
    level: float = 0.95,
    next_freedom_lost: Literal[1, 2] = 2,
    features: ArrayLike | None = None,
    bounded: bool = True,
) -> Pooled:
    """Random effects over regions.

    Args:
        effects, variances: effect of each region and the square of its standard error, shape
            (regions,), on a scale that adds up (a logarithm for ratios).
        between: how the variance between regions is found.
        test: ``hartung_knapp`` uses t with regions - coefficients degrees of freedom (Hartung and
            Knapp 2001, *Statistics in Medicine* 20:3875-3889); its factor is bounded at 1, so that
            regions that agree by accident do not make the interval narrower (Röver, Knapp and
            Friede 2015, *BMC Medical Research Methodology* 15:99), unless ``bounded`` is False.
        next_freedom_lost: the interval for a next region has t with regions less this many degrees
            of freedom: 2 as Higgins, Thompson and Spiegelhalter (2009, *JRSS A* 172:137-159), or 1.
        features: features of regions, shape (regions, features): the mean effect becomes a line.

    Raises:
        ValueError: for fewer than two regions, variances that are not above 0, or more coefficients
            than regions allow.
    """
    y, v = np.asarray(effects, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    x = _design(y, v, features)
    fit = _fitted(y, v, x, BETWEEN[between](y, v, x))
    wald = test == "wald"
    degrees = math.inf if wald else float(len(y) - x.shape[1])
    used = 1.0 if wald else max(1.0, fit.factor) if bounded else fit.factor
    error = np.sqrt(used * fit.spread)
    reach = _quantile(degrees, level) * error
    low, high = fit.beta - reach, fit.beta + reach
    ahead = None
    if features is None:
        variance = fit.tau2 + float(error[0]) ** 2
        ahead = _next(float(fit.beta[0]), variance, len(y) - next_freedom_lost, level)
    q = generalised_q(0.0, y, v, x)
    i2 = 100.0 * fit.tau2 / (fit.tau2 + _typical(v, x)) if fit.tau2 else 0.0
    seen = _Heterogeneity(i2, by_accident=not wald and fit.factor < 1)
    mean = _Interval(float(fit.beta[0]), float(low[0]), float(high[0]))
    found = _row(fit.beta), _row(error), _row(_two_sided(fit.beta / error, degrees))
    next_low, next_high, freedom = (
        (ahead.low, ahead.high, ahead.freedom) if ahead else (None, None, None)
    )
    return Pooled(
        len(y), *found, _row(low), _row(high), level, degrees,
        fit.tau2, *q_profile(y, v, x, level), q, i2, next_low, next_high, freedom,
        _checks(len(y), mean, ahead, seen),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fit:
    """Coefficients with their plain variances, and the factor of Hartung and Knapp."""

    tau2: float
    beta: Floats
    spread: Floats
    factor: float


def _fitted(y: Floats, v: Floats, x: Floats, tau2: float) -> _Fit:
    weight = 1.0 / (v + tau2)
    inner = np.linalg.inv((x.T * weight) @ x)
    beta = inner @ ((x.T * weight) @ y)
    factor = generalised_q(tau2, y, v, x) / (len(y) - x.shape[1])
    return _Fit(tau2, beta, np.diag(inner), factor)


def multiplied(e_values: ArrayLike) -> float:
    """One e-value of regions that are independent of each other: their product.

    Each region may be looked at whenever it likes. Regions that share youths, places or staff are
    not independent: use :func:`averaged`.

    Raises:
        ValueError: for no values, or one below 0.
    """
    return float(np.prod(_bets(e_values)))


def averaged(e_values: ArrayLike) -> float:
    """One e-value of regions that may depend on each other: their mean (Vovk and Wang 2021).

    Raises:
        ValueError: for no values, or one below 0.
    """
    return float(np.mean(_bets(e_values)))


def _bets(e_values: ArrayLike) -> Floats:
    found = np.atleast_1d(np.asarray(e_values, dtype=np.float64))
    if not found.size or np.any(~(found >= 0)):
        raise ValueError("e-values are 0 or more, and there is at least one")
    return found


def _design(y: Floats, v: Floats, features: ArrayLike | None) -> Floats:
    if y.ndim != 1 or y.shape != v.shape or len(y) < 2:
        raise ValueError("there are at least two regions, each with an effect and its variance")
    if not np.all(np.isfinite(y)) or np.any(~(v > 0)) or not np.all(np.isfinite(v)):
        raise ValueError("effects are numbers, and variances numbers above 0")
    ones = np.ones((len(y), 1))
    if features is None:
        return ones
    extra = np.asarray(features, dtype=np.float64).reshape(len(y), -1)
    x = np.hstack([ones, extra])
    if x.shape[1] >= len(y) or np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError("there are too few regions for so many features, or features coincide")
    return x


def _typical(v: Floats, x: Floats) -> float:
    """The variance of a typical region (Higgins and Thompson 2002)."""
    weight = np.diag(1.0 / v)
    p = weight - weight @ x @ np.linalg.inv(x.T @ weight @ x) @ x.T @ weight
    return float((len(v) - x.shape[1]) / np.trace(p))


def _quantile(freedom: float, level: float) -> float:
    part = (1.0 + level) / 2.0
    return float(ndtri(part) if math.isinf(freedom) else stdtrit(freedom, part))


def _two_sided(t: Floats, freedom: float) -> Floats:
    away = -np.abs(t)
    tail = ndtr(away) if math.isinf(freedom) else stdtr(freedom, away)
    return np.asarray(2.0 * tail, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Interval:
    middle: float
    low: float
    high: float
    freedom: int | None = None


@dataclass(frozen=True, slots=True)
class _Heterogeneity:
    i2: float
    by_accident: bool


def _next(mean: float, variance: float, freedom: int, level: float) -> _Interval | None:
    if freedom < 1:
        return None
    reach = _quantile(float(freedom), level) * math.sqrt(variance)
    return _Interval(mean, mean - reach, mean + reach, freedom)


def _checks(
    regions: int, mean: _Interval, ahead: _Interval | None, seen: _Heterogeneity
) -> tuple[Check, ...]:
    found = [_told("pooled", regions=regions, estimate=mean.middle, low=mean.low, high=mean.high)]
    if ahead is not None and ahead.freedom is not None:
        found.append(_told("next_region", low=ahead.low, high=ahead.high, freedom=ahead.freedom))
    elif regions < 3:
        found.append(_told("next_region_unknown", Outcome.WARNING))
    found.append(_told("regions_differ", share=seen.i2) if seen.i2 else _told("regions_alike"))
    if regions < FEW_REGIONS:
        found.append(_told("few_regions", Outcome.WARNING, regions=regions))
    if seen.by_accident:
        found.append(_told("agree_by_chance"))
    return tuple(found)


def _told(code: str, outcome: Outcome = Outcome.INFORMATIVE, /, **params: float | str) -> Check:
    return Check(code, outcome, POOLING_SENTENCES[code], params)


def _row(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
