"""Group sequential tests: looks at moments that were fixed beforehand, with a fixed end.

At each look the z of the effect is compared with a boundary; together the looks have the chance
``alpha`` of a false alarm. They cost less than an interval for any look, but only when the looks
are those that were planned. Boundaries are found by recursive integration of the density of what
has not yet crossed (Armitage, McPherson and Rowe 1969, *JRSS A* 132:235-244; Jennison and Turnbull
2000, *Group Sequential Methods*, chapter 19).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from .mixtures import Floats

Shape = Literal["pocock", "obrien_fleming"]
#: z beyond which nothing happens.
_FAR = 10.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(160)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """z-values that stop a pilot, by look.

    ``spent`` is the chance of a false alarm until and including each look. With ``two_sided`` a z
    below minus the boundary stops as well, for harm.
    """

    information: tuple[float, ...]
    z: tuple[float, ...]
    spent: tuple[float, ...]
    two_sided: bool

    def crossed(self, z: Sequence[float]) -> int | None:
        """Number (from 0) of the first look at which a row of z-values crosses; None if never."""
        for number, (value, limit) in enumerate(zip(z, self.z, strict=False)):
            if (abs(value) if self.two_sided else value) >= limit:
                return number
        return None


def boundaries(looks: int, shape: Shape, alpha: float = 0.05) -> Boundaries:
    """Two-sided boundaries for looks that are equally far apart.

    ``pocock`` has one boundary for all looks (Pocock 1977, *Biometrika* 64:191-199);
    ``obrien_fleming`` is strict at first and hardly more than an ordinary test at the end (O'Brien
    and Fleming 1979, *Biometrics* 35:549-556).

    Raises:
        ValueError: for fewer than 1 or more than 60 looks, or an ``alpha`` outside (0, 1).
    """
    _check(looks, alpha)
    times = np.arange(1, looks + 1) / looks
    form = np.ones(looks) if shape == "pocock" else 1.0 / np.sqrt(times)

    def excess(scale: float) -> float:
        return float(np.sum(crossing(times, scale * form, two_sided=True))) - alpha

    scale = _root(excess, ndtri(1 - alpha / 2) / 2, _FAR)
    z = scale * form
    spent = np.cumsum(crossing(times, z, two_sided=True))
    return Boundaries(_row(times), _row(z), _row(spent), two_sided=True)


def spending_boundaries(
    information: Sequence[float], alpha: float = 0.025, shape: Shape = "obrien_fleming"
) -> Boundaries:
    """One-sided boundaries for looks at given shares of the final information.

    What may be spent by each look is a function of the share (Lan and DeMets 1983, *Biometrika*
    70:659-663), so the number of looks need not be known beforehand.

    Args:
        information: share of the final information at each look, rising, at most 1.

    Raises:
        ValueError: for shares that do not rise within (0, 1], or as :func:`boundaries` does.
    """
    times = np.asarray(information, dtype=np.float64)
    if times.ndim != 1 or np.any(np.diff(times, prepend=0.0) <= 0) or np.any(times > 1):
        raise ValueError("information rises, above 0 and at most 1")
    _check(len(times), alpha)
    budget = _spent(times, alpha, shape)
    found: list[float] = []
    for number in range(len(times)):
        part = float(budget[number] - (budget[number - 1] if number else 0.0))

        def excess(limit: float, number: int = number, part: float = part) -> float:
            tried = np.array([*found, limit])
            return float(crossing(times[: number + 1], tried, two_sided=False)[-1]) - part

        found.append(_root(excess, -_FAR, _FAR) if part > 0 else _FAR)
    return Boundaries(_row(times), tuple(found), _row(budget), two_sided=False)


def crossing(information: Floats, z: Floats, *, two_sided: bool, drift: float = 0.0) -> Floats:
    """Chance that a boundary is crossed for the first time at each look, shape (looks,).

    ``drift`` is the expected z at information 1: with it the sum is the power.
    """
    chances = np.empty(len(information))
    root = np.sqrt(information)
    points, density = np.empty(0), np.empty(0)
    for k, (now, limit) in enumerate(zip(information, z, strict=True)):
        low = -limit if two_sided else min(-_FAR, limit - 1.0)
        if k == 0:
            middle, spread = np.array([drift * root[0]]), np.array([1.0])
            mass = np.array([1.0])
        else:
            step = now - information[k - 1]
            middle = (points * root[k - 1] + drift * step) / root[k]
            spread = np.full_like(middle, math.sqrt(step / now))
            mass = density
        chances[k] = float(mass @ ndtr((middle - limit) / spread))
        if two_sided:
            chances[k] += float(mass @ ndtr((low - middle) / spread))
        points = (limit + low) / 2 + (limit - low) / 2 * _NODES
        weights = (limit - low) / 2 * _WEIGHTS
        away = (points[:, None] - middle) / spread
        heights = np.exp(-(away**2) / 2) / (spread * math.sqrt(2 * math.pi))
        density = weights * (heights @ mass)
    return chances


def _spent(times: Floats, alpha: float, shape: Shape) -> Floats:
    if shape == "pocock":
        spent: Floats = alpha * np.log1p((math.e - 1) * times)
        return spent
    return np.asarray(2 * ndtr(-ndtri(1 - alpha / 2) / np.sqrt(times)), dtype=np.float64)


def _check(looks: int, alpha: float) -> None:
    if not 1 <= looks <= 60:
        raise ValueError("there are 1 to 60 looks")
    if not 0 < alpha < 1:
        raise ValueError("alpha lies between 0 and 1")


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    # Late, as only who plans fixed looks comes here.
    from scipy.optimize import brentq  # noqa: PLC0415

    return float(brentq(function, low, high, xtol=1e-12))


def _row(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
