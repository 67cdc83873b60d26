"""Waiting times of which some have not ended: Kaplan-Meier and Aalen-Johansen.

One table of who was at risk serves both, also for those who come in late (left truncation), which
``scipy.stats.ecdf`` does not do. Checked in the tests against scipy, statsmodels and R.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats: TypeAlias = NDArray[np.float64]
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval; None where the data do not reach it."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The share that has not ended, after each of ``times`` (days, rising, at which some ended).

    ``at_risk`` and ``events`` count at each time, ``surviving`` is the share after it, with its
    pointwise interval ``low`` to ``high``. ``followed`` is the longest time that anybody was
    followed, None for nobody.
    """

    times: Floats
    at_risk: Floats
    events: Floats
    surviving: Floats
    standard_error: Floats
    low: Floats
    high: Floats
    followed: float | None
    count: int

    def quantile(self, share: float) -> Estimate:
        """Days within which a share has ended, with the interval by inverting the pointwise one.

        The first time at which at least that share has ended (Brookmeyer and Crowley 1982). Where
        the curve equals the share on a stretch, its first day is given, as ``scipy`` and
        ``statsmodels`` do; R gives the middle.
        """
        _check_share(share)
        rest = 1.0 - share
        return Estimate(
            _first_at_most(self.times, self.surviving, rest),
            _first_at_most(self.times, self.low, rest),
            _first_at_most(self.times, self.high, rest),
        )

    def ended_within(self, days: float) -> Estimate:
        """Share that ended within so many days; None beyond the longest time followed."""
        if self.followed is None or (days > self.followed and not self._is_over):
            return Estimate(None, None, None)
        place = int(np.searchsorted(self.times, days, side="right")) - 1
        if place < 0:
            return Estimate(0.0, 0.0, 0.0)
        return Estimate(
            1.0 - float(self.surviving[place]),
            1.0 - float(self.high[place]),
            1.0 - float(self.low[place]),
        )

    def mean_within(self, days: float, *, level: float = 0.95) -> Estimate:
        """Mean days until the end, of which no more than ``days`` are counted for anybody.

        The area under the curve, with the interval of its variance (Klein and Moeschberger 2003,
        formula 4.5.2). None beyond the longest time followed.
        """
        if self.followed is None or (days > self.followed and not self._is_over):
            return Estimate(None, None, None)
        inside = self.times < days
        edges = np.concatenate(([0.0], self.times[inside], [days]))
        heights = np.concatenate(([1.0], self.surviving[inside]))
        pieces = np.diff(edges) * heights
        ahead = np.cumsum(pieces[::-1])[::-1][1:]
        at_risk, events = self.at_risk[inside], self.events[inside]
        # Where all who were at risk ended nothing lies ahead.
        rest = np.where(at_risk > events, at_risk - events, 1.0)
        variance = float(np.sum(ahead**2 * events / (at_risk * rest)))
        mean, spread = float(pieces.sum()), float(ndtri(0.5 + level / 2.0)) * variance**0.5
        return Estimate(mean, max(mean - spread, 0.0), min(mean + spread, days))

    @property
    def _is_over(self) -> bool:
        return len(self.surviving) > 0 and self.surviving[-1] == 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidence:
    """The share that has ended in one way, after each of ``times``, beside other ways of ending."""

    times: Floats
    share: Floats
    standard_error: Floats
    low: Floats
    high: Floats

    def within(self, days: float) -> Estimate:
        """Share that ended in this way within so many days."""
        place = int(np.searchsorted(self.times, days, side="right")) - 1
        if place < 0:
            return Estimate(0.0, 0.0, 0.0)
        return Estimate(float(self.share[place]), float(self.low[place]), float(self.high[place]))

    def quantile(self, share: float) -> float | None:
        """Days within which a share of all has ended in this way; None if it never does."""
        _check_share(share)
        return _first_at_most(self.times, 1.0 - self.share, 1.0 - share)


def kaplan_meier(
    days: ArrayLike,
    ended: ArrayLike,
    *,
    entered: ArrayLike | None = None,
    level: float = 0.95,
) -> Curve:
    """The curve of Kaplan and Meier (1958) with the interval of Greenwood on the log-log scale.

    ``days`` and ``ended`` are arrays of one length: time until end or observation, and whether it
    ended. Who is observed at a time counts as at risk at it. ``entered`` are times before which
    somebody was not followed (left truncation): at risk from just after it. Where the curve is 1
    or 0 the interval has no width. Raises ValueError for lengths that differ, times below zero,
    and who entered at or after the end.
    """
    times, happened, began = _checked(days, ended, entered)
    grid = np.unique(times[happened])
    at_risk = _at_risk(grid, times, began)
    events = _count_at(grid, times[happened])
    with np.errstate(divide="ignore", invalid="ignore"):
        surviving: Floats = np.cumprod(1.0 - events / at_risk, dtype=np.float64)
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        error = np.where(surviving > 0.0, surviving * np.sqrt(greenwood), 0.0)
    low, high = _log_log(surviving, error, level)
    return Curve(
        times=grid,
        at_risk=at_risk,
        events=events,
        surviving=surviving,
        standard_error=error,
        low=low,
        high=high,
        followed=float(times.max()) if len(times) else None,
        count=len(times),
    )


def incidence_by_cause(
    days: ArrayLike,
    causes: Sequence[str | None],
    *,
    entered: ArrayLike | None = None,
    level: float = 0.95,
) -> Mapping[str, Incidence]:
    """For each way of ending the share that ended so (Aalen and Johansen 1978).

    ``causes`` says how each ended, None for those who had not. The variance is that of Marubini and
    Valsecchi (1995, formula 10.12), the interval on the complementary log-log scale. The shares of
    all causes and the share of Kaplan and Meier that has not ended add up to 1. Raises as
    :func:`kaplan_meier` does.
    """
    happened = np.array([cause is not None for cause in causes], dtype=np.bool_)
    times, happened, began = _checked(days, happened, entered)
    grid = np.unique(times[happened])
    at_risk = _at_risk(grid, times, began)
    every = _count_at(grid, times[happened])
    surviving = np.cumprod(1.0 - every / at_risk) if len(grid) else np.empty(0)
    before = np.concatenate(([1.0], surviving[:-1])) if len(grid) else np.empty(0)
    found = {}
    for cause in sorted({cause for cause in causes if cause is not None}):
        mine = np.array([item == cause for item in causes], dtype=np.bool_)
        events = _count_at(grid, times[mine])
        share = np.cumsum(before * events / at_risk)
        error = _incidence_error(share, before, events, every, at_risk)
        # What is left of one by rounding is nobody: it would have an interval without end.
        rest = np.where(1.0 - share < _ROUNDING, 0.0, 1.0 - share)
        rest_low, rest_high = _log_log(rest, error, level)
        found[cause] = Incidence(
            times=grid,
            share=share,
            standard_error=error,
            low=1.0 - rest_high,
            high=1.0 - rest_low,
        )
    return MappingProxyType(found)


def _incidence_error(
    share: Floats, before: Floats, events: Floats, every: Floats, at_risk: Floats
) -> Floats:
    """Square root of the variance of each share.

    The sum over earlier times of (I(t) - I(s))^2 a + b - 2 (I(t) - I(s)) c is taken apart into
    running sums, so that it costs no more than the curve itself.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        first = every / (at_risk * (at_risk - every))
    # Nobody is left after the last: the differences are zero there.
    first = np.where(np.isfinite(first), first, 0.0)
    second = before**2 * (at_risk - events) * events / at_risk**3
    third = before * events / at_risk**2
    variance = (
        share**2 * np.cumsum(first)
        - 2.0 * share * np.cumsum(share * first)
        + np.cumsum(share**2 * first)
        + np.cumsum(second)
        - 2.0 * (share * np.cumsum(third) - np.cumsum(share * third))
    )
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)), dtype=np.float64)


def _checked(
    days: ArrayLike, ended: ArrayLike, entered: ArrayLike | None
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    times = np.asarray(days, dtype=np.float64)
    happened = np.asarray(ended, dtype=np.bool_)
    # Everybody is followed from before day 0, so that an end on day 0 counts.
    began = np.full(times.shape, -1.0) if entered is None else np.asarray(entered, dtype=np.float64)
    if times.ndim != 1 or times.shape != happened.shape or times.shape != began.shape:
        raise ValueError("times, ends and entries must be arrays of one length")
    if np.any(~np.isfinite(times)) or np.any(times < 0.0):
        raise ValueError("times must be finite and not below zero")
    if np.any(began >= times):
        raise ValueError("who enters at or after the end was never followed")
    return times, happened, began


def _at_risk(grid: Floats, times: Floats, began: Floats) -> Floats:
    ordered, entries = np.sort(times), np.sort(began)
    gone = np.searchsorted(ordered, grid, side="left")
    come = np.searchsorted(entries, grid, side="left")
    return (come - gone).astype(np.float64)


def _count_at(grid: Floats, times: Floats) -> Floats:
    ordered = np.sort(times)
    right = np.searchsorted(ordered, grid, side="right")
    return (right - np.searchsorted(ordered, grid, side="left")).astype(np.float64)


def _log_log(surviving: Floats, error: Floats, level: float) -> tuple[Floats, Floats]:
    if not 0.0 < level < 1.0:
        raise ValueError("a level lies between 0 and 1")
    z = float(ndtri(0.5 + level / 2.0))
    inside = (surviving > 0.0) & (surviving < 1.0)
    share = np.where(inside, surviving, 0.5)
    spread = z * error / (share * np.abs(np.log(share)))
    low = np.where(inside, share ** np.exp(spread), surviving)
    high = np.where(inside, share ** np.exp(-spread), surviving)
    return low, high


def _first_at_most(times: Floats, falling: Floats, limit: float) -> float | None:
    # A curve of products misses its limit by rounding alone.
    places = np.flatnonzero(falling <= limit + 1e-12)
    return float(times[places[0]]) if len(places) else None


def _check_share(share: float) -> None:
    if not 0.0 < share < 1.0:
        raise ValueError("a share lies between 0 and 1")
