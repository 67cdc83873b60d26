"""How long waits of the published set last, on each of the seven clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .deriving import Trajectories
from .published import Clock, Counted, counts_on, window_of
from .survival import Estimate, kaplan_meier
from .waiting_figures import Selection, View, WaitClock, curves_of

#: The clocks of which some waits have not ended yet.
_UNENDED = {
    Clock.W1: WaitClock.DECISION_TO_START,
    Clock.W2: WaitClock.AGREED_TO_START,
    Clock.W3: WaitClock.REQUEST_TO_START,
}
_UNKNOWN = Estimate(None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFigure:
    """Whole days within which half, and nine of ten, of the waits end, with their intervals.

    ``early`` and ``late`` are the median when every start that only a declaration proves was as
    early, and as late, as it can have been. ``within`` is the share within the norm (W1 alone).
    """

    median: Estimate
    ninth: Estimate
    early: float | None
    late: float | None
    within: Estimate | None


def clock_figure(
    found: Trajectories,
    items: Sequence[Counted],
    clock: Clock,
    on: date,
    *,
    norm_days: int,
    whole: bool = False,
) -> ClockFigure:
    """The waiting time of some waits of the set on one clock.

    W1 to W3 come from Kaplan and Meier, followed in the months of the set (period analysis), or,
    with ``whole``, from their beginning. The others have ended, save those of W7, which are counted
    as far as they have come.
    """
    mine = [item for item in items if counts_on(clock, item)]
    if clock in _UNENDED:
        return _unended(found, mine, clock, on, norm_days=norm_days, whole=whole)
    days = [max(_ended_days(clock, item), 0) for item in mine]
    curve = kaplan_meier(days, [True] * len(days), level=found.choices.level)
    median = curve.quantile(0.5) if days else _UNKNOWN
    return ClockFigure(
        median=median,
        ninth=curve.quantile(0.9) if days else _UNKNOWN,
        early=median.value,
        late=median.value,
        within=None,
    )


def _unended(
    found: Trajectories,
    mine: Sequence[Counted],
    clock: Clock,
    on: date,
    *,
    norm_days: int,
    whole: bool,
) -> ClockFigure:
    selection = Selection()
    if not whole:
        # Who begins within the days that are no plan yet waits too: on W2 for no day so far.
        selection = Selection(first=window_of(on), view=View.UNDER_WAY)
    curves = curves_of(
        [item.wait for item in mine], selection, clock=_UNENDED[clock], level=found.choices.level
    )
    share = curves.middle.ended_within(norm_days) if clock is Clock.W1 else None
    return ClockFigure(
        median=curves.middle.quantile(0.5),
        ninth=curves.middle.quantile(0.9),
        early=curves.early.quantile(0.5).value,
        late=curves.late.quantile(0.5).value,
        within=_in_percents(share),
    )


def _in_percents(share: Estimate | None) -> Estimate | None:
    """A share in whole percents: with more places of it a number of youths could be told.

    Where everybody ended in time, or nobody, the interval of the curve has no width, which would
    say that it is certain: then there is none.
    """
    if share is None:
        return None
    if share.value in {0.0, 1.0}:
        return Estimate(share.value, None, None)
    ends = (share.value, share.low, share.high)
    return Estimate(*(None if end is None else round(end, 2) for end in ends))


def _ended_days(clock: Clock, item: Counted) -> int:
    if clock is Clock.W4:
        return item.wait.decision_days or 0
    if clock is Clock.W5:
        return item.first_help or 0
    return (item.after_former or 0) if clock is Clock.W6 else item.wait.days
