"""The top of a likelihood of two numbers, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats: TypeAlias = NDArray[np.float64]
Lack: TypeAlias = Callable[[Floats], float]

#: What a likelihood lacks where it cannot be: far more than anywhere else.
IMPOSSIBLE = 1e9
_STEP = 1e-3
_ROUNDS = 40
_LONGEST_STEP = 1.0
_SHORTEST_STEP = 1e-6
_HALVINGS = 20


@dataclass(frozen=True, slots=True)
class Top:
    """Where the top is, what it lacks, and the covariance there, shape (2, 2)."""

    at: Floats
    lack: float
    spread: Floats

    @property
    def errors(self) -> Floats:
        """Standard errors, shape (2,)."""
        found: Floats = np.sqrt(np.diag(self.spread))
        return found

    @property
    def correlation(self) -> float:
        """Between both numbers."""
        errors = self.errors
        return float(self.spread[0, 1] / (errors[0] * errors[1]))


def highest(lack: Lack, start: Floats) -> Top | None:
    """The least of what a log-likelihood lacks, as a function of two numbers.

    By the method of Newton with derivatives by differences; where that finds no way down, by that
    of Nelder and Mead (1965). The covariance is the inverse of the second derivatives there. None
    where no top was found: the likelihood goes on to rise, or is flat.
    """
    at = _newton(lack, start)
    if at is None:
        found = minimize(
            lack,
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-7, "fatol": 1e-8, "maxiter": 2000},
        )
        if not found.success:
            return None
        at = found.x
    here, _slope, curvature = _differences(lack, at)
    if here >= IMPOSSIBLE or not _has_top(curvature):
        return None
    return Top(at, here, np.linalg.inv(curvature).astype(np.float64))


def _newton(lack: Lack, start: Floats) -> Floats | None:
    """Where the slope is nothing; None when a step leads nowhere."""
    at = start
    for _ in range(_ROUNDS):
        here, slope, curvature = _differences(lack, at)
        if not np.abs(curvature).max() * _STEP < IMPOSSIBLE:
            return None
        values, axes = np.linalg.eigh(curvature)
        # Down also where the surface bends the other way.
        bent = np.maximum(np.abs(values), 1e-8 * np.abs(values).max() + 1e-300)
        step = -axes @ ((axes.T @ slope) / bent)
        step *= min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < _SHORTEST_STEP:
            return at
        for _half in range(_HALVINGS):
            if lack(at + step) <= here:
                break
            step /= 2.0
        else:
            return None
        at = at + step
    return None


def _has_top(curvature: Floats) -> bool:
    if not np.abs(curvature).max() * _STEP < IMPOSSIBLE:
        return False
    return bool(np.linalg.eigvalsh(curvature).min() > 0.0)


def _differences(lack: Lack, at: Floats) -> tuple[float, Floats, Floats]:
    """The value with its first and second derivatives, shapes (2,) and (2, 2)."""
    one, other = np.eye(2) * _STEP
    here = lack(at)
    up = np.array([lack(at + one), lack(at + other)])
    down = np.array([lack(at - one), lack(at - other)])
    slope: Floats = (up - down) / (2.0 * _STEP)
    bends = (up - 2.0 * here + down) / _STEP**2
    both = lack(at + one + other) + lack(at - one - other)
    mixed = (both - up.sum() - down.sum() + 2.0 * here) / (2.0 * _STEP**2)
    return here, slope, np.array([[bends[0], mixed], [mixed, bends[1]]])
