"""How long youths keep waiting, and how many places there really are.

Starting and giving up compete: who started might have given up later. With an exponential patience
the likelihood needs only the days that all waited and the number that gave up, wherever the others
were when they started (Kalbfleisch and Prentice 2002, *The Statistical Analysis of Failure Time
Data*, 3.3 and 8.2): the mean is days over number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtr

from .visits import Ending, Visits, in_care_at

Floats: TypeAlias = NDArray[np.float64]

#: The last days of the observation tell how many places there are now.
RECENT_DAYS = 365
_WEEK = 7
_BATCH = 28
#: How seldom chance alone may let starts follow ends as closely as they do.
_SELDOM = 0.01
#: With fewer weeks of waiting than this, how close to the most the number in care is counts too: at
#: half the standard deviation that it would have without a limit.
_WEEKS_NEEDED = 8
_NEAR = 0.5
#: Places that differ this much between the halves of the recent days have changed.
_CHANGED = 0.03
_LATELY = 182


@dataclass(frozen=True, slots=True, kw_only=True)
class PatienceFit:
    """Mean patience in days with the error of its logarithm.

    It rests on ``stopped`` youths who gave up in ``days`` of waiting. When nobody did, half a youth
    is counted, so that the mean is long and hardly known.
    """

    mean: float
    log_error: float
    stopped: int
    days: float
    waits: int


def fit_patience(visits: Visits) -> PatienceFit | None:
    """The patience of who waits in these visits, all to one care type; None where nobody waited."""
    days = np.maximum(visits.waited_until - visits.joined, 0.0)
    waited = days > 0.0
    if not waited.any():
        return None
    gave_up = (visits.ending == Ending.WAITING) & (visits.ended >= 0.0)
    stopped = int(np.count_nonzero(gave_up))
    total = float(days.sum())
    return PatienceFit(
        mean=total / max(stopped, 0.5),
        log_error=1.0 / math.sqrt(max(stopped, 0.5)),
        stopped=stopped,
        days=total,
        waits=int(np.count_nonzero(waited)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesFit:
    """Effective places of a care type: how many are in care while others wait.

    ``limited`` tells whether places are what youths wait for. ``follows`` is how much the number in
    care changes in weeks in which youths wait, over what it would if starts and ends came by chance
    apart from each other: 0 when every end is followed by a start, about 1 without a limit; None
    without such weeks. ``changed`` tells that the number was another earlier on.
    """

    limited: bool
    places: float
    error: float
    queue_days: int
    days: int
    follows: float | None
    changed: bool


def fit_places(visits: Visits, *, grace: float = 0.0) -> PlacesFit:
    """Whether places limit these visits, all to one care type, and how many there are.

    Starts and ends that come by chance apart from each other, as they do without a limit, change
    the number in care by a variance that is their sum. When places are the limit a start waits for
    an end, and the number hardly changes. The sum of squared changes over the number of starts and
    ends, times the number of weeks, is about chi-squared without a limit.

    Args:
        grace: days that somebody waits without places being the reason, such as paper work.
    """
    whole = math.floor(visits.until)
    for span in (min(RECENT_DAYS, whole), whole):  # the whole time where nobody waited lately
        days = visits.until - span + np.arange(span + 1, dtype=np.float64)
        queue = _waiting_longer(visits, days, grace) > 0
        if queue.any():
            break
    present = in_care_at(visits, days).astype(np.float64)
    count = int(np.count_nonzero(queue))
    if count == 0:
        return PlacesFit(
            limited=False, places=float(present.max()), error=0.0, queue_days=0, days=len(days),
            follows=None, changed=False,
        )  # fmt: skip
    follows, seldom = _following(visits, days, present, queue)
    places, error = _mean(present, queue)
    lately = days > visits.until - _LATELY
    changed = False
    if (queue & lately).any() and (queue & ~lately).any():
        before, its_error = _mean(present, queue & ~lately)
        now, now_error = _mean(present, queue & lately)
        least = max(3.0 * math.hypot(its_error, now_error), _CHANGED * places)
        changed = abs(now - before) > least
        if changed:
            places, error = now, now_error
    return PlacesFit(
        limited=seldom, places=places, error=error, queue_days=count, days=len(days),
        follows=follows, changed=changed,
    )  # fmt: skip


def _waiting_longer(visits: Visits, days: Floats, grace: float) -> Floats:
    """How many wait at the begin of each day and have done so for longer than the grace."""
    long = visits.waited_until > visits.arrived + grace
    over = np.where(np.isnan(visits.started), visits.ended, visits.started)[long]
    ordered = np.sort(visits.arrived[long] + grace)
    out = np.sort(over[~np.isnan(over)])
    came = np.searchsorted(ordered, days, side="left")
    return (came - np.searchsorted(out, days, side="left")).astype(np.float64)


def _following(
    visits: Visits, days: Floats, present: Floats, queue: NDArray[np.bool_]
) -> tuple[float | None, bool]:
    """How closely starts follow ends in weeks with a queue, and whether chance would seldom do so.

    With few such weeks it is enough that about as many are in care while others wait as ever are;
    about by what chance would let that number vary without a limit.
    """
    starts = np.histogram(visits.started[np.isfinite(visits.started)], bins=days)[0]
    ended = visits.ended[visits.ending == Ending.CARE]
    ends = np.histogram(ended, bins=days)[0]
    changes, moves = 0.0, 0.0
    weeks = 0
    for at in range(0, len(days) - _WEEK, _WEEK):
        if queue[at : at + _WEEK + 1].all():
            weeks += 1
            changes += (present[at + _WEEK] - present[at]) ** 2
            moves += float(starts[at : at + _WEEK].sum() + ends[at : at + _WEEK].sum())
    ratio = float(changes / moves) if moves > 0.0 else None
    if ratio is not None and chdtr(weeks, ratio * weeks) < _SELDOM:
        return ratio, True
    if weeks >= _WEEKS_NEEDED:
        return ratio, False
    top = float(present.max())
    return ratio, bool(top - present[queue].mean() < _NEAR * math.sqrt(top))


def _mean(present: Floats, chosen: NDArray[np.bool_]) -> tuple[float, float]:
    """Mean number in care on some days, with its error by the means of four weeks at a time."""
    batches = [
        float(present[at : at + _BATCH][chosen[at : at + _BATCH]].mean())
        for at in range(0, len(present), _BATCH)
        if chosen[at : at + _BATCH].any()
    ]
    mean = float(present[chosen].mean())
    if len(batches) < 2:
        return mean, math.sqrt(mean) if np.ptp(present[chosen]) > 0 else 0.0
    return mean, float(np.std(batches, ddof=1)) / math.sqrt(len(batches))
