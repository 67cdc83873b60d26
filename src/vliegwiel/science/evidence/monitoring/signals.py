"""An early signal: what may be said while a pilot still runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from vliegwiel.science.kernel import Check

from .looks import Monitored, told
from .mixtures import multiplier

Way = Literal["higher", "lower"]
State = Literal["nothing", "better", "worse", "irrelevant"]
#: A size this many times the present one is not worth telling.
_HORIZON = 100.0


@dataclass(frozen=True, slots=True)
class Signal:
    """What the last look says.

    ``since`` is the size at which it first said so; ``expected_size`` the size at which the effect
    would show if it is what it looks like now (None where that is not to be expected, or known).
    """

    state: State
    since: float | None
    expected_size: float | None
    check: Check


def early_signal(
    monitored: Monitored, *, better: Way, smallest_relevant: float | None = None
) -> Signal:
    """What may be said now, without being fooled by looking often.

    A signal, once given, stays: the chance that it was ever false is at most alpha.

    Args:
        better: which way the outcome should go.
        smallest_relevant: size of the smallest effect that is worth the trouble, above 0, on the
            scale of the estimate; with it an interval may also say that the effect is smaller.

    Raises:
        ValueError: for a smallest relevant effect that is not above 0.
    """
    if smallest_relevant is not None and not smallest_relevant > 0:
        raise ValueError("the smallest relevant effect is above 0")
    sign = 1.0 if better == "higher" else -1.0
    for look in monitored.looks:
        if look.low is None or look.high is None:
            continue
        ends = sorted((sign * (look.low - monitored.null), sign * (look.high - monitored.null)))
        state: State | None = None
        if smallest_relevant is not None and max(map(abs, ends)) < smallest_relevant:
            state = "irrelevant"
        elif ends[0] > 0:
            state = "better"
        elif ends[1] < 0:
            state = "worse"
        if state is not None:
            return Signal(state, look.size, None, told(f"signal_{state}", size=look.size))
    return _nothing(monitored)


def _nothing(monitored: Monitored) -> Signal:
    size, expected = monitored.latest.size, _expected(monitored)
    if expected is None:
        return Signal("nothing", None, None, told("signal_nothing", size=size))
    check = told("signal_nothing_until", size=size, times=expected / size)
    return Signal("nothing", None, expected, check)


def _expected(monitored: Monitored) -> float | None:
    """When the interval leaves out the null, if estimate and spread stay as they are."""
    latest = monitored.latest
    if monitored.tuning_size is None or latest.low is None or latest.high is None:
        return None
    sizes = latest.size * np.geomspace(1.0, _HORIZON, 400)
    reach = multiplier(sizes, monitored.tuning_size, monitored.alpha) / np.sqrt(sizes)
    away = latest.estimate - monitored.null
    side = latest.estimate - latest.low if away > 0 else latest.high - latest.estimate
    shows = np.flatnonzero(side * reach / reach[0] < abs(away))
    return float(sizes[shows[0]]) if shows.size else None
