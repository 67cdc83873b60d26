"""What was seen at each look at a pilot, and what it comes to so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from vliegwiel.science.kernel import Check, Outcome

from .mixtures import Floats

#: How the intervals were made.
Method = Literal[
    "asymptotic", "asymptotic_clusters", "beta_binomial", "gamma_poisson", "exact_rate_ratio"
]

#: Code -> English sentence. Numbers are raw; whoever shows a sentence writes them.
MONITORING_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "any_look": (
            "This interval holds at every look at once: looking often does not make a false alarm "
            "more likely than %(alarms)s in 100."
        ),
        "too_few_yet": (
            "At %(looks)s of the looks there were fewer than %(least)s persons in a group; they "
            "have no interval."
        ),
        "few_clusters": (
            "There are only %(clusters)s sites in the smaller group. With fewer than %(least)s it "
            "is hardly known how much sites differ: do not decide on this interval alone."
        ),
        "contradicts_itself": (
            "The intervals of different looks exclude each other. Something changed in who or what "
            "was measured: look into that first."
        ),
        "prior_not_registered": (
            "No tuning size was registered. The interval holds, but it could have been narrower "
            "at the size of this pilot."
        ),
        "signal_nothing": "At this look nothing can be told yet: an effect of 0 is possible.",
        "signal_nothing_until": (
            "At this look nothing can be told yet. If the effect is what it looks like now, it "
            "will show when there are about %(times)s times as many measurements."
        ),
        "signal_better": "There is a signal: the outcome is better, and not by chance.",
        "signal_worse": "There is a warning: the outcome is worse, and not by chance.",
        "signal_irrelevant": (
            "The effect is smaller than what was registered as worth the trouble."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at everything that was measured until then.

    ``low`` to ``high`` is the interval of this look; ``low_so_far`` to ``high_so_far`` is what all
    intervals until now leave (None as long as there is none). ``e_value`` is what a bet of 1
    against the null would have paid; ``p_so_far`` is the smallest 1 / e-value so far: a p that is
    right at every look.
    """

    size: float
    estimate: float
    low: float | None
    high: float | None
    low_so_far: float | None
    high_so_far: float | None
    e_value: float
    p_so_far: float


@dataclass(frozen=True, slots=True)
class Monitored:
    """An outcome with an interval that holds at any look.

    ``null`` is the value without an effect, ``tuning_size`` the registered size at which the
    interval is as narrow as it can be (None where the mixture was given by hand).
    """

    method: Method
    looks: tuple[Look, ...]
    null: float
    alpha: float
    tuning_size: float | None
    checks: tuple[Check, ...]

    @property
    def latest(self) -> Look:
        """The last look."""
        return self.looks[-1]

    @property
    def first_excluding(self) -> int | None:
        """Number (from 0) of the first look whose interval leaves out the null; None without."""
        for number, look in enumerate(self.looks):
            if look.e_value >= 1.0 / self.alpha:
                return number
        return None


def told(code: str, outcome: Outcome = Outcome.INFORMATIVE, /, **params: float | str) -> Check:
    """A check about monitoring with its sentence."""
    return Check(code, outcome, MONITORING_SENTENCES[code], params)


def collected(
    method: Method,
    found: tuple[Floats, Floats, Floats, Floats, Floats],
    *,
    null: float,
    alpha: float,
    tuning_size: float | None,
    checks: Sequence[Check] = (),
) -> Monitored:
    """Bring arrays by look together: size, estimate, low, high and logarithm of the e-value.

    A look whose bounds are infinite has no interval.
    """
    size, estimate, low, high, log_e = found
    lowest, highest = np.maximum.accumulate(low), np.minimum.accumulate(high)
    most = np.maximum.accumulate(np.maximum(log_e, 0.0))
    looks = tuple(
        Look(
            size=float(size[k]),
            estimate=float(estimate[k]),
            low=_known(low[k]),
            high=_known(high[k]),
            low_so_far=_known(lowest[k]),
            high_so_far=_known(highest[k]),
            e_value=math.exp(min(float(log_e[k]), 700.0)),
            p_so_far=math.exp(-float(most[k])),
        )
        for k in range(len(size))
    )
    made = [told("any_look", alarms=100 * alpha), *checks]
    if np.any(lowest > highest):
        made.append(told("contradicts_itself", Outcome.FAILED))
    if tuning_size is None:
        made.append(told("prior_not_registered"))
    return Monitored(method, looks, null, alpha, tuning_size, tuple(made))


def _known(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None
