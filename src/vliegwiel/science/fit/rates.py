"""How many youths a source sends: level, growth and season of monthly counts.

A Poisson regression of the counts on a straight line in time and twelve months. The months are
drawn together towards no season by a normal prior, of which the width is that with the largest
likelihood of the counts (empirical Bayes, by the approximation of Laplace; Breslow and Clayton
1993, *JASA* 88:9-25). Counts that vary more than by chance widen all errors by the statistic of
Pearson over its degrees of freedom (quasi-Poisson; McCullagh and Nelder 1989, *Generalized Linear
Models*, 9.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.science.kernel import Month

Floats: TypeAlias = NDArray[np.float64]

#: A month of a rate, in days.
DAYS_PER_MONTH = 365.25 / 12
#: Months of counts that a season and a growth need: two of each month.
MONTHS_FOR_A_SEASON = 24
#: Youths that a growth needs.
YOUTHS_FOR_A_GROWTH = 5
#: Widths of the prior of a month that are tried; the first is no season at all.
_WIDTHS = (1e-3, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7)
#: Width of the prior of the logarithm of the growth in a year: so wide that it only keeps a growth
#: finite that would not be, as when everybody came in the first months.
_GROWTH_WIDTH = 1.0
_STEPS = 100
_CLOSE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFit:
    """Youths a month of ``DAYS_PER_MONTH`` days from one source.

    ``level`` holds ``years`` from the end of the observation (negative: before it), where its error
    and that of ``growth`` (a part a year) are independent of each other; its error is that of its
    natural logarithm. ``season`` has twelve factors with mean 1, January first, and is None where
    there were too few months, as ``growth`` is. ``dispersion`` is 1 where the counts vary no more
    than by chance.
    """

    level: float
    log_level_error: float
    years: float
    growth: float | None
    growth_error: float
    season: tuple[float, ...] | None
    season_errors: tuple[float, ...] | None
    dispersion: float
    youths: int
    months: int

    @property
    def at_end(self) -> float:
        """Youths a month at the end of the observation, the season left out."""
        return self.level * math.pow(1.0 + (self.growth or 0.0), -self.years)


@dataclass(frozen=True, slots=True)
class _Regression:
    """Coefficients at their top, their curvature, the part of the data in it, and the evidence."""

    coefficients: Floats
    fitted: Floats
    curvature: Floats
    data_part: Floats
    evidence: float


def fit_rate(counts: ArrayLike, months: Sequence[Month]) -> RateFit:
    """Level, growth and season of the youths of some months, one after the other.

    The last month ends where the observation does.

    Raises:
        ValueError: for no months, a number of counts that is not that of the months, or no youths.
    """
    youths = np.asarray(counts, dtype=np.float64)
    if youths.shape != (len(months),) or not len(months):
        raise ValueError("there is one count for every month")
    if not (np.all(youths >= 0) and youths.sum() > 0):
        raise ValueError("a rate needs youths who came")
    seasonal = len(months) >= MONTHS_FOR_A_SEASON
    growing = seasonal and youths.sum() >= YOUTHS_FOR_A_GROWTH
    table, first = _table(months, seasonal=seasonal, growing=growing)
    offset = np.log(np.array([month.days for month in months]) / DAYS_PER_MONTH)
    widths = _WIDTHS if seasonal else _WIDTHS[:1]
    best = max(
        (_regress(youths, table, offset, _penalty(table, first, width)) for width in widths),
        key=lambda found: found.evidence,
    )
    return _rate(best, youths, first, months=len(months), growing=growing, seasonal=seasonal)


def _table(months: Sequence[Month], *, seasonal: bool, growing: bool) -> tuple[Floats, int]:
    """Columns for level, growth and months, and which column is January."""
    years: Floats = (np.arange(len(months), dtype=np.float64) + 0.5 - len(months)) / 12.0
    columns: list[Floats] = [np.ones(len(months))]
    if growing:
        columns.append(years)
    first = len(columns)
    if seasonal:
        of_year = np.array([month.month for month in months])
        columns += [(of_year == number).astype(np.float64) for number in range(1, 13)]
    return np.stack(columns, axis=1), first


def _penalty(table: Floats, first: int, width: float) -> Floats:
    precision = np.zeros(table.shape[1])
    precision[1:first] = 1.0 / _GROWTH_WIDTH**2
    precision[first:] = 1.0 / width**2
    return precision


def _regress(youths: Floats, table: Floats, offset: Floats, precision: Floats) -> _Regression:
    """The top of the penalised likelihood, by the method of Newton with steps that are halved."""

    def height(at: Floats) -> float:
        linear = table @ at + offset
        penalty = float(np.dot(precision, at * at)) / 2.0
        return float(np.dot(youths, linear) - np.exp(linear).sum()) - penalty

    at = np.zeros(table.shape[1])
    at[0] = math.log(youths.sum() / np.exp(offset).sum())
    here = height(at)
    for _ in range(_STEPS):
        fitted = np.exp(table @ at + offset)
        slope = table.T @ (youths - fitted) - precision * at
        curvature = (table.T * fitted) @ table + np.diag(precision)
        step = np.linalg.solve(curvature, slope)
        while (there := height(at + step)) < here - _CLOSE * abs(here):
            step = step / 2.0
        at, gained, here = at + step, there - here, there
        if abs(gained) <= _CLOSE * (1.0 + abs(here)):
            break
    fitted = np.exp(table @ at + offset)
    data_part = (table.T * fitted) @ table
    curvature = data_part + np.diag(precision)
    drawn = precision > 0
    evidence = here + 0.5 * float(np.log(precision[drawn]).sum())
    evidence -= 0.5 * float(np.linalg.slogdet(curvature)[1])
    return _Regression(at, fitted, curvature, data_part, evidence)


def _rate(
    found: _Regression, youths: Floats, first: int, *, months: int, growing: bool, seasonal: bool
) -> RateFit:
    at = found.coefficients
    inverse = np.linalg.inv(found.curvature)
    free = months - float(np.trace(inverse @ found.data_part))
    pearson = float(((youths - found.fitted) ** 2 / found.fitted).sum())
    dispersion = max(1.0, pearson / free) if free >= 1.0 else 1.0
    spread: Floats = dispersion * inverse.astype(np.float64)
    weights = np.zeros(len(at))
    weights[0] = 1.0
    mean = 1.0
    if seasonal:
        factors = np.exp(at[first:])
        mean = float(factors.mean())
        weights[first:] = factors / factors.sum()
    years, growth, growth_error = 0.0, None, 0.0
    if growing:
        slope_variance = float(spread[1, 1])
        years = -float(weights @ spread[:, 1]) / slope_variance
        weights[1] = years
        growth = math.expm1(float(at[1]))
        growth_error = (1.0 + growth) * math.sqrt(slope_variance)
    level = math.exp(float(at[0]) + (years * float(at[1]) if growing else 0.0)) * mean
    season = errors = None
    if seasonal:
        season = tuple(float(value) for value in np.exp(at[first:]) / mean)
        errors = _season_errors(season, spread[first:, first:], weights[first:])
    return RateFit(
        level=level,
        log_level_error=math.sqrt(float(weights @ spread @ weights)),
        years=years,
        growth=growth,
        growth_error=growth_error,
        season=season,
        season_errors=errors,
        dispersion=dispersion,
        youths=round(float(youths.sum())),
        months=months,
    )


def _season_errors(season: tuple[float, ...], spread: Floats, weights: Floats) -> tuple[float, ...]:
    """Errors of the factors after they were brought to mean 1."""
    turned = np.eye(len(season)) - weights[None, :]
    variances = np.einsum("ij,jk,ik->i", turned, spread, turned)
    return tuple(
        factor * math.sqrt(float(variance))
        for factor, variance in zip(season, variances, strict=True)
    )
