"""How many youths come back after they left care, and how soon.

Not everybody comes back, and who has not yet may still. A share p comes back after an exponential
time of mean d: who came back after x days counts with p exp(-x / d) / d, and who had not after c
days with 1 - p + p exp(-c / d) (a mixture with a part that is cured; Boag 1949, *Journal of the
Royal Statistical Society B* 11:15-53).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .shares import ShareFit, shares
from .tops import IMPOSSIBLE, Top, highest
from .visits import Came, Ending, Visits

Floats: TypeAlias = NDArray[np.float64]

#: Fewer returns than this are no ground for a chance and a delay.
RETURNS_NEEDED = 20
_LONGEST_DELAY = 7300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFit:
    """The chance of coming back and the mean delay in days.

    The errors are those of their natural logarithms, ``correlation`` that between both. ``coming``
    youths left before the end of the observation and will still come back; ``to`` is to what.
    """

    probability: float
    delay: float
    log_probability_error: float
    log_delay_error: float
    correlation: float
    left: int
    returned: int
    coming: float
    coming_error: float
    followed: float
    to: Mapping[str, ShareFit]


def returns(visits: Visits) -> tuple[Floats, NDArray[np.bool_]]:
    """Of everybody who left care: days followed until coming back or the end, and whether back.

    Days count from when it was known that nothing followed. A youth who comes back does so after
    the last time of leaving before it.
    """
    left = (visits.ending == Ending.CARE) & (visits.next >= visits.base) & (visits.ended >= 0.0)
    places = np.flatnonzero(left)
    told = visits.told[places]
    by_youth: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, place in enumerate(places):
        by_youth[int(visits.youth[place])].append((float(told[number]), number))
    for line in by_youth.values():
        line.sort()
    days = visits.until - told
    back = np.zeros(len(places), dtype=np.bool_)
    came = np.flatnonzero(visits.source == Came.RETURNED)
    for place in came[np.argsort(visits.arrived[came], kind="stable")]:
        line = by_youth.get(int(visits.youth[place]), [])
        at = bisect_right(line, (float(visits.arrived[place]), len(places))) - 1
        if at >= 0 and not back[line[at][1]]:
            number = line[at][1]
            back[number], days[number] = True, visits.arrived[place] - told[number]
    return np.maximum(days, 0.0), back


def fit_returns(visits: Visits) -> ReturnFit | None:
    """The chance of coming back after care; None where too few did for an answer."""
    days, back = returns(visits)
    if np.count_nonzero(back) < RETURNS_NEEDED:
        return None
    top = _top(days, back)
    if top is None:
        return None
    probability, delay = (math.exp(float(number)) for number in top.at)
    waiting = np.exp(-days[~back] / delay)
    still = probability * waiting / (1.0 - probability + probability * waiting)
    earlier = len(days) * probability * delay / visits.until * math.exp(-visits.until / delay)
    coming = float(still.sum()) + earlier
    to = visits.care_type[visits.source == Came.RETURNED]
    return ReturnFit(
        probability=probability,
        delay=delay,
        log_probability_error=float(top.errors[0]),
        log_delay_error=float(top.errors[1]),
        correlation=top.correlation,
        left=len(days),
        returned=int(np.count_nonzero(back)),
        coming=coming,
        coming_error=math.hypot(math.sqrt(coming), coming * float(top.errors[0])),
        followed=float(days.max()),
        to=shares(to, visits.care_types),
    )


def _top(days: Floats, back: NDArray[np.bool_]) -> Top | None:
    """The top of the likelihood over the logarithms of chance and delay."""
    gone, waiting = days[back], days[~back]

    def lack(at: Floats) -> float:
        log_chance, log_delay = float(at[0]), float(at[1])
        if log_chance >= 0.0 or log_delay > math.log(_LONGEST_DELAY):
            return IMPOSSIBLE
        chance, delay = math.exp(log_chance), math.exp(log_delay)
        seen = len(gone) * (log_chance - log_delay) - float(gone.sum()) / delay
        unseen = np.log1p(chance * np.expm1(-waiting / delay)).sum()
        return -(seen + float(unseen))

    share = len(gone) / len(days)
    return highest(lack, np.array([math.log(0.5 + 0.4 * share), math.log(gone.mean() + 1.0)]))
