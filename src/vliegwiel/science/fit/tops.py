"""The top of a likelihood of two numbers, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats: TypeAlias = NDArray[np.float64]

#: What a likelihood lacks where it cannot be: far more than anywhere else.
IMPOSSIBLE = 1e9
_STEP = 1e-3
_FIRST_STEP = 0.3


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


def highest(lack: Callable[[Floats], float], start: Floats) -> Top | None:
    """The least of what a log-likelihood lacks, by the method of Nelder and Mead (1965).

    The covariance is the inverse of the second derivatives there. None where no top was found: the
    likelihood goes on to rise, or is flat.
    """
    simplex = np.vstack([start, start + _FIRST_STEP * np.eye(2)])
    found = minimize(
        lack,
        start,
        method="Nelder-Mead",
        options={"initial_simplex": simplex, "xatol": 1e-7, "fatol": 1e-8, "maxiter": 2000},
    )
    if not found.success or found.fun >= IMPOSSIBLE:
        return None
    curvature = _curvature(lack, found.x)
    if np.abs(curvature).max() * _STEP > IMPOSSIBLE or np.linalg.eigvalsh(curvature).min() <= 0.0:
        return None
    return Top(found.x, float(found.fun), np.linalg.inv(curvature).astype(np.float64))


def _curvature(function: Callable[[Floats], float], at: Floats) -> Floats:
    """Second derivatives by central differences, shape (2, 2)."""
    steps = np.eye(len(at)) * _STEP
    made = np.empty((len(at), len(at)))
    for i, one in enumerate(steps):
        for j, other in enumerate(steps):
            made[i, j] = (
                function(at + one + other)
                - function(at + one - other)
                - function(at - one + other)
                + function(at - one - other)
            ) / (4.0 * _STEP * _STEP)
    return made
