"""Outcomes that are followed while a pilot runs, one function for each kind of outcome.

Every function takes what was counted or measured until each look (cumulative), the size at which
the interval should be narrowest, and ``alpha``; the last two are registered before the start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from vliegwiel.science.kernel import Check, Outcome

from .looks import Method, Monitored, collected, told
from .mixtures import (
    Floats,
    as_normal,
    as_student,
    log_beta_binomial,
    log_gamma_poisson,
    log_normal_mixture,
    multiplier,
    not_rejected,
    weight_of_tuning,
)

#: Persons in an arm before an interval that rests on large numbers is given.
LEAST_PERSONS = 24
#: Sites in an arm below which is said not to decide on the interval alone.
LEAST_CLUSTERS = 8
#: A rate that lies this many times above the largest plausible one is certainly rejected.
_FAR = 1e4


def monitor_estimates(
    estimates: ArrayLike,
    errors: ArrayLike,
    sizes: ArrayLike,
    *,
    tuning_size: float,
    alpha: float = 0.05,
    null: float = 0.0,
    degrees: ArrayLike | None = None,
    method: Method = "asymptotic",
    checks: Sequence[Check] = (),
) -> Monitored:
    """Any estimator that is about normal, such as an effect with its standard error at each look.

    Args:
        estimates, errors: estimate and its standard error at each look, shape (looks,). An error
            of infinity means that there is no interval yet.
        sizes: cumulative size at each look, in the unit of ``tuning_size``.
        degrees: degrees of freedom of the standard errors; None when they are as good as known.

    Raises:
        ValueError: for shapes that differ, sizes that fall or are not above 0, errors that are not
            above 0.

    Source: Waudby-Smith and others (2024), see :func:`.mixtures.multiplier`; the t-distribution as
    in Jennison and Turnbull (2000, section 3.8).
    """
    found = [np.atleast_1d(np.asarray(part, dtype=np.float64)) for part in (estimates, errors)]
    (estimate, error), size = found, _growing(sizes, "sizes")
    if not estimate.shape == error.shape == size.shape:
        raise ValueError("estimates, errors and sizes have one value for each look")
    if np.any(size <= 0) or np.any(~(error > 0)):
        raise ValueError("sizes and errors are above 0")
    reach, z = multiplier(size, tuning_size, alpha), (estimate - null) / error
    if degrees is not None:
        freedom = np.broadcast_to(np.asarray(degrees, dtype=np.float64), size.shape)
        reach, z = as_student(reach, freedom), as_normal(z, freedom)
    with np.errstate(invalid="ignore"):
        low, high = estimate - reach * error, estimate + reach * error
    log_e = np.where(np.isinf(error), 0.0, log_normal_mixture(z, size, tuning_size, alpha))
    return collected(
        method,
        (size, estimate, low, high, log_e),
        null=null,
        alpha=alpha,
        tuning_size=tuning_size,
        checks=checks,
    )


def monitor_mean(
    values: ArrayLike,
    looks: ArrayLike,
    *,
    null: float,
    tuning_size: float,
    alpha: float = 0.05,
    least: int = LEAST_PERSONS,
) -> Monitored:
    """The mean of what persons scored, in the order in which they came.

    Args:
        values: one value a person, shape (persons,).
        looks: persons until each look, shape (looks,).

    Raises:
        ValueError: when a look lies beyond the values, or as :func:`monitor_estimates` does.
    """
    size, mean, variance = _moments(values, looks)
    early = size < least
    error = np.where(early, np.inf, np.sqrt(np.maximum(variance, _tiny(mean)) / size))
    return monitor_estimates(
        mean,
        error,
        size,
        tuning_size=tuning_size,
        alpha=alpha,
        null=null,
        degrees=np.maximum(size - 1, 1),
        checks=_early(early, least),
    )


def monitor_difference(
    treated: ArrayLike,
    control: ArrayLike,
    treated_looks: ArrayLike,
    control_looks: ArrayLike,
    *,
    tuning_size: float,
    alpha: float = 0.05,
    least: int = LEAST_PERSONS,
) -> Monitored:
    """The difference of the means of two arms, in the order in which persons came.

    ``tuning_size`` counts the persons of both arms together. The degrees of freedom are those of
    Welch (1947, *Biometrika* 34:28-35).

    Raises:
        ValueError: as :func:`monitor_mean` does, and for numbers of looks that differ.
    """
    with_size, with_mean, with_variance = _moments(treated, treated_looks)
    without_size, without_mean, without_variance = _moments(control, control_looks)
    if with_size.shape != without_size.shape:
        raise ValueError("both arms are looked at as often")
    parts = (
        np.maximum(with_variance, _tiny(with_mean)) / with_size,
        np.maximum(without_variance, _tiny(without_mean)) / without_size,
    )
    early = np.minimum(with_size, without_size) < least
    freedom = (parts[0] + parts[1]) ** 2 / (
        parts[0] ** 2 / np.maximum(with_size - 1, 1)
        + parts[1] ** 2 / np.maximum(without_size - 1, 1)
    )
    return monitor_estimates(
        with_mean - without_mean,
        np.where(early, np.inf, np.sqrt(parts[0] + parts[1])),
        with_size + without_size,
        tuning_size=tuning_size,
        alpha=alpha,
        degrees=np.maximum(freedom, 1.0),
        checks=_early(early, least),
    )


def monitor_clusters(
    means: ArrayLike,
    treated: ArrayLike,
    sizes: ArrayLike,
    *,
    tuning_size: float,
    alpha: float = 0.05,
) -> Monitored:
    """The difference of two arms of sites, each site counted once.

    Persons of one site are alike, so the sites are what varies (Hayes and Moulton 2017, *Cluster
    Randomised Trials*, chapter 10). The pooled variance of the sites has sites - 2 degrees of
    freedom. With few sites the interval is marked as too narrow.

    Args:
        means: outcome of each site until each look, shape (looks, sites).
        treated: whether a site has the pilot, shape (sites,).
        sizes: persons (or months) until each look, in the unit of ``tuning_size``.

    Raises:
        ValueError: with fewer than two sites in an arm, or as :func:`monitor_estimates` does.
    """
    outcome, arm = np.atleast_2d(np.asarray(means, dtype=np.float64)), np.asarray(treated, bool)
    if arm.shape != (outcome.shape[1],):
        raise ValueError("every site has an arm")
    counts = int(arm.sum()), int((~arm).sum())
    if min(counts) < 2:
        raise ValueError("an arm has at least two sites")
    sides = outcome[:, arm], outcome[:, ~arm]
    difference = sides[0].mean(axis=1) - sides[1].mean(axis=1)
    freedom = sum(counts) - 2
    squares = sum(np.square(side - side.mean(axis=1, keepdims=True)).sum(axis=1) for side in sides)
    spread = np.maximum(np.asarray(squares) / freedom, _tiny(difference))
    few = told("few_clusters", Outcome.WARNING, clusters=min(counts), least=LEAST_CLUSTERS)
    return monitor_estimates(
        difference,
        np.sqrt(spread * (1 / counts[0] + 1 / counts[1])),
        sizes,
        tuning_size=tuning_size,
        alpha=alpha,
        degrees=float(freedom),
        method="asymptotic_clusters",
        checks=(few,) if min(counts) < LEAST_CLUSTERS else (),
    )


def monitor_share(
    successes: ArrayLike,
    trials: ArrayLike,
    *,
    null: float,
    alpha: float = 0.05,
    tuning_size: float | None = None,
    prior: tuple[float, float] = (1.0, 1.0),
) -> Monitored:
    """A share of successes against a norm: exact at every look, also with few persons.

    With a ``tuning_size`` the mixture lies around the norm and is as wide as suits that number of
    persons; without one it is the Beta distribution ``prior``.

    Args:
        successes, trials: cumulative counts at each look, shape (looks,).

    Raises:
        ValueError: for counts that fall, more successes than trials, a norm outside (0, 1), or a
            prior that is not above 0.
    """
    s, n = _growing(successes, "successes"), _growing(trials, "trials")
    if s.shape != n.shape or np.any(s > n) or np.any(n <= 0):
        raise ValueError("successes are at most as many as trials, and there are trials")
    if not 0 < null < 1:
        raise ValueError("a norm for a share lies between 0 and 1")
    if tuning_size is not None:
        weight = weight_of_tuning(tuning_size, alpha)
        prior = (weight * null, weight * (1 - null))
    if min(prior) <= 0:
        raise ValueError("a prior is above 0")
    limit = np.log(alpha)
    share = s / n
    low, high = not_rejected(
        lambda p: log_beta_binomial(s, n, p, prior) + limit,
        share,
        np.zeros_like(share),
        np.ones_like(share),
    )
    return collected(
        "beta_binomial",
        (n, share, low, high, log_beta_binomial(s, n, null, prior)),
        null=null,
        alpha=alpha,
        tuning_size=tuning_size,
    )


def monitor_rate(
    counts: ArrayLike,
    exposure: ArrayLike,
    *,
    null: float,
    tuning_size: float,
    alpha: float = 0.05,
) -> Monitored:
    """A number of events by exposure (youths, months) against a norm; exact at every look.

    Holds when events come independently (Poisson). Referrals that come in waves vary more: use the
    rates of sites as :func:`monitor_clusters` does. ``tuning_size`` is an exposure.

    Raises:
        ValueError: for counts or exposures that fall, no exposure, or a norm not above 0.
    """
    s, t = _growing(counts, "counts"), _growing(exposure, "exposure")
    if s.shape != t.shape or np.any(t <= 0):
        raise ValueError(
            "counts and exposure have one value for each look, and exposure is above 0"
        )
    if not null > 0:
        raise ValueError("a norm for a rate is above 0")
    weight = weight_of_tuning(tuning_size, alpha)
    prior = (weight * null, weight)
    limit = np.log(alpha)
    rate = s / t
    low, high = not_rejected(
        lambda value: log_gamma_poisson(s, t, value, prior) + limit,
        rate,
        np.zeros_like(rate),
        _FAR * (rate + null + 1 / t),
    )
    return collected(
        "gamma_poisson",
        (t, rate, low, high, log_gamma_poisson(s, t, null, prior)),
        null=null,
        alpha=alpha,
        tuning_size=tuning_size,
    )


def monitor_rate_ratio(
    treated: ArrayLike,
    control: ArrayLike,
    *,
    exposure_ratio: float,
    tuning_size: float,
    alpha: float = 0.05,
) -> Monitored:
    """The ratio of the rates of two groups that are followed side by side; exact at every look.

    Which group the next event falls in is a coin whose chance follows from the ratio of the rates
    (the conditional test of Przyborowski and Wilenski 1940, *Biometrika* 31:313-323), so the
    interval of :func:`monitor_share` carries over.

    Args:
        treated, control: cumulative events of both groups at each look, shape (looks,).
        exposure_ratio: youths in the pilot for each youth in the other group; it stays the same.
        tuning_size: events of both groups together.

    Raises:
        ValueError: for counts that fall, no events at all, or a ratio not above 0.
    """
    if not exposure_ratio > 0:
        raise ValueError("the ratio of exposures is above 0")
    s, other = _growing(treated, "treated"), _growing(control, "control")
    null = exposure_ratio / (1 + exposure_ratio)
    found = monitor_share(s, s + other, null=null, alpha=alpha, tuning_size=tuning_size)
    share, low, high = (
        np.array([getattr(look, name) for look in found.looks], dtype=np.float64)
        for name in ("estimate", "low", "high")
    )
    with np.errstate(divide="ignore"):
        ratio, least, most = (part / (1 - part) / exposure_ratio for part in (share, low, high))
    log_e = log_beta_binomial(s, s + other, null, _around(null, tuning_size, alpha))
    return collected(
        "exact_rate_ratio",
        (s + other, ratio, least, most, log_e),
        null=1.0,
        alpha=alpha,
        tuning_size=tuning_size,
    )


def _around(null: float, tuning_size: float, alpha: float) -> tuple[float, float]:
    weight = weight_of_tuning(tuning_size, alpha)
    return weight * null, weight * (1 - null)


def _growing(values: ArrayLike, what: str) -> Floats:
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if found.ndim != 1 or not found.size or np.any(~np.isfinite(found)) or np.any(found < 0):
        raise ValueError(f"{what} are numbers of 0 or more, one for each look")
    if np.any(np.diff(found) < 0):
        raise ValueError(f"{what} are cumulative: they never fall")
    return found


def _moments(values: ArrayLike, looks: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Size, mean and variance of the first values, by look."""
    drawn, size = np.asarray(values, dtype=np.float64), _growing(looks, "looks")
    if drawn.ndim != 1 or np.any(~np.isfinite(drawn)):
        raise ValueError("values are numbers, one a person")
    if np.any(size < 1) or np.any(size > len(drawn)) or np.any(size != np.floor(size)):
        raise ValueError("a look is after a whole number of the persons that there are")
    until = size.astype(np.int64) - 1
    # Around the first value, so that large values with a small spread keep their digits.
    moved = drawn - drawn[0]
    mean = np.cumsum(moved)[until] / size
    square = np.cumsum(moved**2)[until] / size
    variance = np.maximum(square - mean**2, 0.0) * size / np.maximum(size - 1, 1)
    return size, mean + drawn[0], variance


def _tiny(scale: Floats) -> Floats:
    """The smallest variance that is believed: values that are all the same have an error too."""
    return (1e-9 * np.maximum(np.abs(scale), 1e-9)) ** 2


def _early(early: np.ndarray, least: int) -> tuple[Check, ...]:
    if not np.any(early):
        return ()
    return (told("too_few_yet", looks=int(np.sum(early)), least=least),)
