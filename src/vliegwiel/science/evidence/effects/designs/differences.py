"""Difference-in-differences with one start: how much more changed where the initiative came.

Levels of units and of periods, and the effect since the start where the initiative is; CR2 variance
by group with Satterthwaite degrees of freedom (:mod:`~vliegwiel.science.evidence.effects.linear`).
Of a table in which every unit has every period the means before and after give the same answer, and
are used: that is a comparison of changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import attrition, groups, trends, warned
from vliegwiel.science.evidence.effects.linear import Estimated, clustered, two_way
from vliegwiel.science.evidence.effects.periods import NEVER, written_all
from vliegwiel.science.evidence.effects.result import (
    Effect,
    GradeInputs,
    Lot,
    Method,
    Quantity,
    Scale,
    Series,
)
from vliegwiel.science.evidence.effects.sides import arms, counted, refuse, single_start, with_start
from vliegwiel.science.evidence.effects.table import EffectTable, Flags, Floats, Ints, Role, compact
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library

#: Fewer degrees of freedom than this make p and interval rough (Pustejovsky and Tipton 2018).
_LITTLE_FREEDOM = 4.0


@dataclass(frozen=True, slots=True)
class _Panel:
    """Rows with a known outcome: unit (whose level is taken off), group, and side."""

    table: EffectTable
    whole: EffectTable
    y: Floats
    unit: Ints
    cluster: Ints
    period: Ints
    treated: Flags
    first: int

    @property
    def since(self) -> Flags:
        """Rows from the start on, on either side."""
        found: Flags = self.period >= self.first
        return found


def prepare(table: EffectTable, question: Question) -> _Panel:
    """Rows of both sides, before and since the one start."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if table.unit is None and table.cluster is None:
        raise refuse("needs_role", role=Role.UNIT.value)
    table = with_start(table, question)
    first = single_start(table)
    assert table.start is not None
    arms(replace(table, treated=None, group=None), question)
    part = table.only(table.known)
    assert part.outcome is not None
    assert part.period is not None
    assert part.start is not None
    panel = _Panel(
        part, table, part.outcome, compact(part.followed()), compact(part.grouped()[1]),
        part.period, part.start < NEVER, first,
    )  # fmt: skip
    for side in (panel.treated, ~panel.treated):
        if not (side & ~panel.since).any():
            raise refuse("nobody_before")
        if not (side & panel.since).any():
            raise refuse("nobody_treated" if side is panel.treated else "nobody_compared")
    count = len(np.unique(panel.cluster))
    if count < 3:
        raise refuse("too_few_units", count=count, least=3)
    if np.ptp(panel.y) == 0.0:
        raise refuse("no_variation")
    return panel


def examine(table: EffectTable, question: Question) -> Effect:
    """How much more the outcome changed on the side of the initiative."""
    panel = prepare(table, question)
    balanced = _balanced(panel.unit, panel.period)
    period = panel.since.astype(np.int64) if balanced else panel.period
    found = _estimate(panel, period, balanced)
    sides = [len(np.unique(panel.cluster[side])) for side in (panel.treated, ~panel.treated)]
    loss, lost, apart = attrition(panel.whole.known, panel.whole.piloted)
    trend, periods = _trend(panel)
    checks = [
        trends(None if trend is None else trend.p, 0.0 if trend is None else trend.value, periods),
        groups(*sides), *_freedom(found), loss,
    ]  # fmt: skip
    if not balanced:
        checks.append(warned("unbalanced"))
    if question.lot is Lot.NOTHING:
        checks.append(warned("not_by_lot"))
    grading = GradeInputs(
        lot=question.lot, compared=True, before=True, adjusted=True, groups=min(sides), lost=lost,
        lost_apart=apart,
    )  # fmt: skip
    low, high = found.interval(question.level)
    share = bool(np.isin(panel.y, (0.0, 1.0)).all())
    persons = panel.table.cluster is not None
    return Effect(
        design=DESIGN.id, measure=question.measure,
        scale=Scale.SHARE if share else Scale.DIFFERENCE, estimate=found.value, low=low, high=high,
        level=question.level, p=found.p, error=found.error, freedom=found.freedom,
        arms=(
            counted("1", panel.table, panel.treated, treated=True, persons=persons),
            counted("0", panel.table, ~panel.treated, treated=False, persons=persons),
        ),
        checks=tuple(checks),
        quantities=(*_means(panel), *([] if trend is None else [
            Quantity(name="trend_before", value=trend.value, p=trend.p, error=trend.error)
        ])),
        series=_pictures(panel), grading=graded(grading, checks),
        method=Method(estimator="two_way", variance="cr2_satterthwaite", library=library("numpy")),
    )  # fmt: skip


def _estimate(panel: _Panel, period: Ints, balanced: bool) -> Estimated:
    """The effect; of balanced units by their means before and since the start."""
    on = (panel.treated & panel.since).astype(np.float64)
    if not balanced:
        return two_way(panel.y, on, panel.unit, period, panel.cluster)
    count = int(panel.unit.max()) + 1
    cell = 2 * panel.unit + period
    size = np.bincount(cell, minlength=2 * count)
    mean = np.bincount(cell, weights=panel.y, minlength=2 * count) / size
    one = np.unique(panel.unit, return_index=True)[1]
    change = mean[1::2] - mean[0::2]
    x = np.column_stack([panel.treated[one], np.ones(count)]).astype(np.float64)
    return clustered(change, x, panel.cluster[one], 0)


def _balanced(unit: Ints, period: Ints) -> bool:
    """Whether each unit has each period exactly once."""
    periods = np.unique(period, return_inverse=True)
    cell = unit * len(periods[0]) + periods[1]
    full = (int(unit.max()) + 1) * len(periods[0])
    return len(cell) == full and len(np.unique(cell)) == full


def _freedom(found: Estimated) -> list[Check]:
    if found.freedom is not None and found.freedom < _LITTLE_FREEDOM:
        return [warned("little_freedom", freedom=found.freedom)]
    return []


def _trend(panel: _Panel) -> tuple[Estimated | None, int]:
    """Difference of the sides' trends before the start, for each period; and periods before."""
    before = ~panel.since
    periods = len(np.unique(panel.period[before]))
    if periods < 2:
        return None, periods
    unit = compact(panel.unit[before])
    t = (panel.period[before] - panel.first).astype(np.float64)
    on = np.where(panel.treated[before], t, 0.0)
    cluster = compact(panel.cluster[before])
    found = two_way(panel.y[before], on, unit, panel.period[before], cluster)
    return (found if found.error > 0 else None), periods


def _means(panel: _Panel) -> list[Quantity]:
    found = []
    for name, side in (("treated", panel.treated), ("compared", ~panel.treated)):
        for when, rows in (("before", ~panel.since), ("after", panel.since)):
            found.append(Quantity(name=f"{name}.{when}", value=float(panel.y[side & rows].mean())))
    return found


def _pictures(panel: _Panel) -> tuple[Series, ...]:
    found = []
    for name, side in (("treated", panel.treated), ("compared", ~panel.treated)):
        seen, at = np.unique(panel.period[side], return_inverse=True)
        mean = np.bincount(at, weights=panel.y[side]) / np.bincount(at)
        x = tuple(written_all(panel.table.cadence, seen))
        found.append(Series(name=name, x=x, y=tuple(mean.tolist())))
    return tuple(found)


DESIGN = EffectDesign(
    id="differences",
    needs=((Role.OUTCOME,), (Role.PERIOD,), (Role.UNIT, Role.CLUSTER)),
    lots=(),
    prepare=prepare,
    examine=examine,
)
