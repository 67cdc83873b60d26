"""Simple forecasts that a model must beat: the last value, and the same month a year before.

Their uncertainty is how far they were off in the past, at the same distance: the last value of a
month stood for the month h later, for every month of the past for which both are known. See Hyndman
and Athanasopoulos (2021), *Forecasting: Principles and Practice*, 5.2 and 5.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_YEAR = 12
#: Fewer errors of the past than this say nothing of the spread.
_ERRORS_NEEDED = 6


def simple_forecasts(past: Floats, ahead: int) -> Mapping[str, Floats]:
    """Samples of what comes, by name: ``last`` and, with a year of past, ``season``.

    Args:
        past: numbers of the months until now, shape (months, ...).
        ahead: how many months to forecast.

    Returns:
        Samples of shape (samples, ahead, ...); the sample size differs by forecast. A forecast
        of which too few errors are known has a sample of one.

    Raises:
        ValueError: for no past, or nothing to forecast.
    """
    if not len(past) or ahead < 1:
        raise ValueError("a forecast needs a past, and months ahead")
    found = {"last": _with_errors([past[-1]] * ahead, past, range(1, ahead + 1))}
    if len(past) >= _YEAR:
        lags = [_YEAR * (1 + (step // _YEAR)) for step in range(ahead)]
        values = [past[len(past) + step - lag] for step, lag in enumerate(lags)]
        found["season"] = _with_errors(values, past, lags)
    return found


def _with_errors(values: list[Floats], past: Floats, lags: Sequence[int]) -> Floats:
    """Each value with the errors that its lag had in the past; as many for every month ahead."""
    steps = [past[lag:] - past[:-lag] for lag in lags]
    count = min(len(errors) for errors in steps)
    if count < _ERRORS_NEEDED:
        return np.stack(values)[None]
    # The latest errors, so that each month ahead has as many.
    return np.stack(
        [value + errors[-count:] for value, errors in zip(values, steps, strict=True)], axis=1
    )
