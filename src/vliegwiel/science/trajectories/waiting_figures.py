"""A waiting time that a region can defend: median, share within the norm, and its label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median

from .deriving import Trajectories
from .quality import Quality, quality_among
from .survival import Curve, Estimate, Incidence, incidence_by_cause, kaplan_meier
from .waits import Outcome, Wait, waits_of


class WaitClock(StrEnum):
    """From where to where a waiting time runs; numbers of two clocks are never mixed."""

    #: W1: from the decision to the start.
    DECISION_TO_START = "decision_to_start"
    #: W2: from the day that was agreed to the start; a start before it counts as no wait.
    AGREED_TO_START = "agreed_to_start"
    #: W3: from the request of the provider to the start.
    REQUEST_TO_START = "request_to_start"


class View(StrEnum):
    """Which waits a period is about."""

    #: Those that began in it, however long they are followed.
    BEGUN = "begun"
    #: All that were under way in it, each from when the period begins: as it is now.
    UNDER_WAY = "under_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which waits a figure is about; None is all. Days of a period are inclusive."""

    form: str | None = None
    provider: str | None = None
    municipality: str | None = None
    first: date | None = None
    last: date | None = None
    view: View = View.BEGUN

    def takes(self, wait: Wait) -> bool:
        """Whether form, provider and municipality fit."""
        return (
            self.form in {None, wait.form}
            and self.provider in {None, wait.provider}
            and self.municipality in {None, wait.municipality}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFigure:
    """Days waited, from all waits selected, of which those that have not ended count as censored.

    ``median`` and ``ninth`` (within which nine of ten start) and ``within_norm`` come from Kaplan
    and Meier, where withdrawals count as censored; ``ways`` tells from Aalen and Johansen how many
    start, are withdrawn or expire, when withdrawals matter. ``median_bounds`` is the median if all
    starts that only declarations prove were as early, and as late, as they can be. ``youths`` is
    the number of different youths, for the rule of small cells. ``median_of_waiters`` is how long
    those waiting now have waited: longer than those who start will have, since long waits are met
    more often.
    """

    clock: WaitClock
    selection: Selection
    norm_days: int | None
    waits: int
    youths: int
    started: int
    otherwise: int
    waiting: int
    left_out: int
    proved_by_declaration: int
    median: Estimate
    median_bounds: tuple[float | None, float | None]
    ninth: Estimate
    within_norm: Estimate | None
    curve: Curve
    ways: Mapping[str, Incidence]
    median_of_waiters: float | None
    quality: Quality


@dataclass(frozen=True, slots=True)
class _Observed:
    """A wait on a clock: least and most days, how it ended (None: not), and when it came in."""

    least: int
    most: int
    way: str | None
    entered: int


def waiting_figure(
    found: Trajectories,
    on: date,
    selection: Selection,
    *,
    clock: WaitClock = WaitClock.DECISION_TO_START,
    norm_days: int | None = None,
) -> WaitingFigure:
    """The waiting time of a selection, observed on a day.

    A start that only a declaration proves is put in the middle of the days on which it can have
    been; ``median_bounds`` shows what that choice matters. Waits that began before the messages do
    are left out, or come in late (``Choices.truncated``). In the view ``under_way`` every wait is
    followed within the period alone (period analysis).
    """
    return figure_of(
        found, waits_of(found, on).waits, on, selection, clock=clock, norm_days=norm_days
    )


def figure_of(
    found: Trajectories,
    waits: Iterable[Wait],
    on: date,
    selection: Selection,
    *,
    clock: WaitClock,
    norm_days: int | None,
) -> WaitingFigure:
    """The same from waits that were made before, for many figures of one day."""
    mine = _chosen(waits, selection, clock)
    pairs = [(wait, _observed(wait, selection, clock)) for wait in mine]
    kept = [(wait, seen) for wait, seen in pairs if seen is not None]
    seen = [item for _wait, item in kept]
    level = found.choices.level
    curve = _curve(seen, [(item.least + item.most) // 2 for item in seen], level)
    ways = incidence_by_cause(
        [(item.least + item.most) // 2 for item in seen],
        [item.way for item in seen],
        entered=[item.entered for item in seen],
        level=level,
    )
    early = _curve(seen, [item.least for item in seen], level)
    late = _curve(seen, [item.most for item in seen], level)
    waiting = [wait.days for wait, _item in kept if wait.outcome is Outcome.WAITING]
    return WaitingFigure(
        clock=clock,
        selection=selection,
        norm_days=norm_days,
        waits=len(kept),
        youths=len({wait.youth for wait, _item in kept}),
        started=sum(item.way == _START for item in seen),
        otherwise=sum(item.way not in {None, _START} for item in seen),
        waiting=sum(item.way is None for item in seen),
        left_out=len(mine) - len(kept),
        proved_by_declaration=sum(wait.outcome is Outcome.DECLARED for wait, _item in kept),
        median=curve.quantile(0.5),
        median_bounds=(early.quantile(0.5).value, late.quantile(0.5).value),
        ninth=curve.quantile(0.9),
        within_norm=None if norm_days is None else curve.ended_within(norm_days),
        curve=curve,
        ways=ways,
        median_of_waiters=float(median(waiting)) if waiting else None,
        quality=quality_among(found, mine, on),
    )


@dataclass(frozen=True, slots=True)
class Curves:
    """The curve of some waits, and if starts that only declarations prove were early or late."""

    middle: Curve
    early: Curve
    late: Curve


def curves_of(
    waits: Iterable[Wait], selection: Selection, *, clock: WaitClock, level: float
) -> Curves:
    """The curves alone, for who needs nothing else of :func:`figure_of`; they are the same."""
    pairs = [_observed(wait, selection, clock) for wait in _chosen(waits, selection, clock)]
    seen = [item for item in pairs if item is not None]
    middle = _curve(seen, [(item.least + item.most) // 2 for item in seen], level)
    if all(item.least == item.most for item in seen):
        return Curves(middle, middle, middle)
    early = _curve(seen, [item.least for item in seen], level)
    return Curves(middle, early, _curve(seen, [item.most for item in seen], level))


_START = "start"


def _chosen(waits: Iterable[Wait], selection: Selection, clock: WaitClock) -> list[Wait]:
    """The waits that fit the selection, in its period."""
    return [w for w in waits if selection.takes(w) and _in_period(w, selection, clock)]


def _curve(seen: list[_Observed], days: list[int], level: float) -> Curve:
    return kaplan_meier(
        days,
        [item.way == _START for item in seen],
        entered=[item.entered for item in seen],
        level=level,
    )


def _origin(wait: Wait, clock: WaitClock) -> date | None:
    if clock is WaitClock.REQUEST_TO_START:
        return wait.asked
    return wait.agreed if clock is WaitClock.AGREED_TO_START else wait.origin


def _in_period(wait: Wait, selection: Selection, clock: WaitClock) -> bool:
    """Whether a wait began in the period, or was under way in it."""
    origin = _origin(wait, clock)
    if origin is None or (selection.last is not None and origin > selection.last):
        return False
    if selection.first is None:
        return True
    if selection.view is View.BEGUN:
        return origin >= selection.first
    return (wait.start_by or wait.ended or wait.on) >= selection.first


def _observed(wait: Wait, selection: Selection, clock: WaitClock) -> _Observed | None:
    """What is seen of a wait, None when it tells nothing on this clock."""
    origin = _origin(wait, clock)
    if origin is None:
        return None
    if clock is not WaitClock.REQUEST_TO_START and not wait.is_counted:
        return None
    way: str | None = None
    if wait.start is not None and wait.start_by is not None:
        if clock is WaitClock.REQUEST_TO_START and wait.start_by < origin:
            return None
        way, least, most = _START, (wait.start - origin).days, (wait.start_by - origin).days
    elif wait.ended is not None:
        way = str(wait.outcome)
        least = most = (wait.ended - origin).days
    else:
        least = most = (wait.on - origin).days
    least, most = max(least, 0), max(most, 0)
    entered = -1
    if clock is WaitClock.DECISION_TO_START and wait.entered is not None:
        entered = wait.entered
    item = _Observed(least, most, way, entered)
    if selection.view is View.UNDER_WAY:
        item = _within(item, origin, selection)
    if item.most <= item.entered:
        return None
    return replace(item, least=max(item.least, item.entered + 1))


def _within(item: _Observed, origin: date, selection: Selection) -> _Observed:
    """A wait as it is seen between the first and the last day of the period."""
    if selection.first is not None:
        item = replace(item, entered=max(item.entered, (selection.first - origin).days - 1))
    if selection.last is not None and item.most > (end := (selection.last - origin).days):
        item = replace(item, least=end, most=end, way=None)
    return item
