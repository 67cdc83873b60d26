"""A stepped wedge: every group gets the initiative in the end, in an order by lot.

Levels of groups and of periods and one effect since the start, CR2 variance by group with
Satterthwaite degrees of freedom; beside it the lot itself: the starts dealt to the groups in other
orders (all, or 500 drawn with a fixed seed; Ji, Fink, Robyn and Small 2017, Annals of Applied
Statistics 11:1-20). Hussey and Hughes (2007), Contemporary Clinical Trials 28:182-191: one effect
that is there at once and stays; a change with time since the start is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import (
    FEWEST_GROUPS,
    attrition,
    failed,
    informative,
    passed,
    warned,
)
from vliegwiel.science.evidence.effects.linear import Estimated, two_way, within
from vliegwiel.science.evidence.effects.periods import NEVER, written_all
from vliegwiel.science.evidence.effects.result import (
    Arm,
    Effect,
    GradeInputs,
    Lot,
    Method,
    Quantity,
    Scale,
    Series,
)
from vliegwiel.science.evidence.effects.sides import refuse, with_start
from vliegwiel.science.evidence.effects.table import EffectTable, Floats, Ints, Role, compact
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library

_LITTLE_FREEDOM = 4.0
_ORDERS = 500
_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class _Wedge:
    """Rows with a known outcome: group, period and start of the group."""

    table: EffectTable
    whole: EffectTable
    y: Floats
    group: Ints
    period: Ints
    start: Ints

    @property
    def on(self) -> Floats:
        """1 since the start of the row's group, shape (n,)."""
        return (self.period >= self.start).astype(np.float64)

    @property
    def starts(self) -> Ints:
        """Start of each group, shape (groups,)."""
        found: Ints = self.start[np.unique(self.group, return_index=True)[1]]
        return found


def prepare(table: EffectTable, question: Question) -> _Wedge:
    """Rows of groups that start at two or more moments."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if table.unit is None and table.cluster is None:
        raise refuse("needs_role", role=Role.CLUSTER.value)
    table = with_start(table, question)
    part = table.only(table.known)
    assert part.outcome is not None
    assert part.period is not None
    assert part.start is not None
    wedge = _Wedge(part, table, part.outcome, compact(part.grouped()[1]), part.period, part.start)
    inside = np.unique(wedge.starts[wedge.starts <= wedge.period.max()])
    if len(wedge.starts) < FEWEST_GROUPS:
        raise refuse("too_few_units", count=len(wedge.starts), least=FEWEST_GROUPS)
    if not wedge.on.any():
        raise refuse("nobody_treated")
    if (wedge.starts <= wedge.period.min()).all():
        raise refuse("nobody_before")
    if len(np.unique(np.minimum(wedge.starts, wedge.period.max() + 1))) < 2:
        raise refuse("too_few_periods", count=len(inside), least=2)
    if np.ptp(wedge.y) == 0.0:
        raise refuse("no_variation")
    return wedge


def examine(table: EffectTable, question: Question) -> Effect:
    """The effect while the initiative is there."""
    wedge = prepare(table, question)
    found = two_way(wedge.y, wedge.on, wedge.group, wedge.period, wedge.group)
    lot = _lot(wedge)
    growth = _growth(wedge)
    loss, lost, _apart = attrition(wedge.whole.known, None)
    checks = [*_groups(wedge, found), informative("lot_agrees", share=100 * lot), loss]
    if question.lot is not Lot.ORDER:
        checks.insert(0, warned("not_by_lot"))
    low, high = found.interval(question.level)
    share = bool(np.isin(wedge.y, (0.0, 1.0)).all())
    grading = GradeInputs(
        lot=question.lot, compared=True, before=True, adjusted=True, groups=len(wedge.starts),
        lost=lost,
    )  # fmt: skip
    persons = table.cluster is not None
    arm = Arm(
        name="1", treated=True, persons=len(wedge.y) if persons else None,
        groups=int((wedge.starts < NEVER).sum()),
        before=int((np.unique(wedge.period) < wedge.starts.min()).sum()),
        after=int((np.unique(wedge.period) >= wedge.starts.min()).sum()),
    )  # fmt: skip
    return Effect(
        design=DESIGN.id, measure=question.measure,
        scale=Scale.SHARE if share else Scale.DIFFERENCE, estimate=found.value, low=low, high=high,
        level=question.level, p=found.p, error=found.error, freedom=found.freedom, arms=(arm,),
        checks=tuple(checks),
        quantities=(
            Quantity(name="lot", value=None, p=lot),
            Quantity(name="growth", value=growth.value, p=growth.p, error=growth.error),
        ),
        series=_pictures(wedge), grading=graded(grading, checks),
        method=Method(estimator="two_way", variance="cr2_satterthwaite", library=library("numpy")),
    )  # fmt: skip


def _growth(wedge: _Wedge) -> Estimated:
    """Change of the effect with each period since the start, beside the effect itself."""
    since = np.where(wedge.on > 0, wedge.period - np.minimum(wedge.start, wedge.period), 0)
    on = within(wedge.on, wedge.group)
    seen = np.unique(wedge.period)
    dummies = within((wedge.period[:, None] == seen[None, 1:]).astype(np.float64), wedge.group)
    # What the effect and the periods explain is taken off both (Frisch and Waugh).
    known = np.column_stack([on, dummies])
    parts = np.column_stack(
        [within(wedge.y, wedge.group), within(since.astype(float), wedge.group)]
    )
    free = parts - known @ np.linalg.lstsq(known, parts, rcond=None)[0]
    if float(free[:, 1] @ free[:, 1]) < 1e-9:
        return Estimated(0.0, 0.0, None)
    from_groups = np.bincount(wedge.group, weights=free[:, 0] * free[:, 1])
    below = float(free[:, 1] @ free[:, 1])
    value = float(from_groups.sum()) / below
    left = free[:, 0] - value * free[:, 1]
    summed = np.bincount(wedge.group, weights=left * free[:, 1])
    count = len(summed)
    error = float(np.sqrt((summed**2).sum() * count / (count - 1))) / below
    return Estimated(value, error, count - 1.0)


def _lot(wedge: _Wedge) -> float:
    """Share of the orders of the lot with an effect at least as large, on means by cell."""
    periods, place = np.unique(wedge.period, return_inverse=True)
    count, width = len(wedge.starts), len(periods)
    cell = wedge.group * width + place
    size = np.bincount(cell, minlength=count * width).reshape(count, width).astype(np.float64)
    total = np.bincount(cell, weights=wedge.y, minlength=count * width).reshape(count, width)
    y = np.divide(total, size, out=np.full(total.shape, wedge.y.mean()), where=size > 0)
    free = y - y.mean(axis=1, keepdims=True) - y.mean(axis=0) + y.mean()
    starts = wedge.starts
    estimates = [_on_means(free, starts[list(order)], periods) for order in _orders(count)]
    seen = abs(estimates[0])
    return float(np.mean(np.abs(estimates) >= seen * (1 - 1e-9)))


def _on_means(free: Floats, starts: Ints, periods: Ints) -> float:
    on = (periods[None, :] >= starts[:, None]).astype(np.float64)
    on = on - on.mean(axis=1, keepdims=True) - on.mean(axis=0) + on.mean()
    below = float((on**2).sum())
    return float((on * free).sum()) / below if below > 1e-12 else 0.0


def _orders(count: int) -> list[tuple[int, ...]]:
    """Orders of the groups, the true one first."""
    if factorial(count) <= _ORDERS:
        return list(permutations(range(count)))
    random = np.random.default_rng(count)
    drawn = [tuple(random.permutation(count).tolist()) for _ in range(_ORDERS - 1)]
    return [tuple(range(count)), *drawn]


def _groups(wedge: _Wedge, found: Estimated) -> list[Check]:
    count = float(len(wedge.starts))
    say = passed if count >= _ENOUGH else warned if count >= 2 + FEWEST_GROUPS else failed
    code = {passed: "wedge_groups", warned: "few_wedge_groups", failed: "too_few_wedge_groups"}[say]
    checks = [say(code, count=count)]
    if found.freedom is not None and found.freedom < _LITTLE_FREEDOM:
        checks.append(warned("little_freedom", freedom=found.freedom))
    return checks


def _pictures(wedge: _Wedge) -> tuple[Series, ...]:
    found = []
    for name, rows in (("treated", wedge.on > 0), ("compared", wedge.on == 0)):
        seen, at = np.unique(wedge.period[rows], return_inverse=True)
        mean = np.bincount(at, weights=wedge.y[rows]) / np.bincount(at)
        x = tuple(written_all(wedge.table.cadence, seen))
        found.append(Series(name=name, x=x, y=tuple(mean.tolist())))
    return tuple(found)


DESIGN = EffectDesign(
    id="stepped",
    needs=((Role.OUTCOME,), (Role.PERIOD,), (Role.START, Role.TREATED), (Role.CLUSTER, Role.UNIT)),
    lots=(Lot.ORDER,),
    prepare=prepare,
    examine=examine,
)
