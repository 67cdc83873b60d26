"""Difference-in-differences with different starts (Callaway and Sant'Anna).

Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230, without covariates: for every
cohort and period the change since the period before its start, less that of units that never start
(or have not yet). Before the start the base is the period before (varying). Standard errors follow
from influence functions, summed by group when units lie in groups, and are pointwise. By hand,
checked in the tests against published implementations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import groups, informative, trends, warned
from vliegwiel.science.evidence.effects.linear import Estimated, two_way
from vliegwiel.science.evidence.effects.periods import NEVER, written
from vliegwiel.science.evidence.effects.result import (
    Effect,
    GradeInputs,
    Lot,
    Method,
    Quantity,
    Scale,
    Series,
)
from vliegwiel.science.evidence.effects.sides import counted, refuse, with_start
from vliegwiel.science.evidence.effects.table import EffectTable, Flags, Floats, Ints, Role, compact
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library, quantity


@dataclass(frozen=True, slots=True)
class _Panel:
    """Units that have every period: outcome (n, T), start as place among the periods (n,).

    ``start`` is T or more for who never starts within the periods; ``cluster`` numbers groups.
    """

    y: Floats
    start: Ints
    never: Flags
    cluster: Ints
    periods: Ints
    left_out: int
    table: EffectTable

    @property
    def cohorts(self) -> Ints:
        """Places of the starts within the periods, rising."""
        found: Ints = np.unique(self.start[~self.never])
        return found


@dataclass(frozen=True, slots=True)
class _Cells:
    """Effects by cohort and period: cohort, place of the period, effect, influence (n, cells)."""

    cohort: Ints
    place: Ints
    effect: Floats
    influence: Floats


def prepare(table: EffectTable, question: Question) -> _Panel:
    """The balanced panel of units, without those that had started before the first period."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if table.unit is None and table.cluster is None:
        raise refuse("needs_role", role=Role.UNIT.value)
    table = with_start(table, question)
    assert table.start is not None
    assert table.outcome is not None
    assert table.period is not None
    part = table.only(table.known)
    assert part.period is not None
    periods = np.unique(part.period)
    panel = _fill(part, periods)
    if panel.never.all():
        raise refuse("nobody_treated")
    if not panel.never.any() and not question.not_yet:
        raise refuse("nobody_compared")
    if len(panel.start) < 4:
        raise refuse("too_few_units", count=len(panel.start), least=4)
    return panel


def _fill(table: EffectTable, periods: Ints) -> _Panel:
    """Means by unit and period; units without all periods, or that began at once, left out."""
    assert table.period is not None
    assert table.start is not None
    assert table.outcome is not None
    unit, place = compact(table.followed()), np.searchsorted(periods, table.period)
    count, width = int(unit.max(initial=-1)) + 1, len(periods)
    cell = unit * width + place
    size = np.bincount(cell, minlength=count * width)
    total = np.bincount(cell, weights=table.outcome, minlength=count * width)
    y = np.divide(total, size, out=np.full(len(size), np.nan), where=size > 0).reshape(count, width)
    one = np.unique(unit, return_index=True)[1]
    start = table.start[one]
    at = np.where(start == NEVER, width, np.searchsorted(periods, np.minimum(start, periods[-1])))
    at = np.where((start != NEVER) & (start > periods[-1]), width, at)
    whole = np.isfinite(y).all(axis=1)
    kept = whole & (at > 0)
    return _Panel(
        y[kept], at[kept], at[kept] >= width, compact(table.grouped()[1][one][kept]), periods,
        int(count - whole.sum()), table,
    )  # fmt: skip


def examine(table: EffectTable, question: Question) -> Effect:
    """The mean effect over all cohorts and periods since their start."""
    panel = prepare(table, question)
    cells = _cells(panel, question.not_yet)
    if not (cells.place >= cells.cohort).any():
        raise refuse("nobody_compared")
    main = _simple(panel, cells)
    dynamic = _dynamic(panel, cells)
    sides = [len(np.unique(panel.cluster[side])) for side in (~panel.never, panel.never)]
    older = _two_way(panel)
    checks = [*_before(panel, cells), groups(*sides), *_small(panel)]
    if panel.left_out:
        every = float(panel.left_out + len(panel.start))
        checks.append(warned("incomplete_units", count=float(panel.left_out), all=every))
    checks.append(informative("two_way", estimate=older.value))
    if question.lot is Lot.NOTHING:
        checks.append(warned("not_by_lot"))
    low, high = main.interval(question.level)
    grading = GradeInputs(
        lot=question.lot, compared=True, before=True, adjusted=True, groups=min(sides)
    )
    piloted = panel.table.piloted
    persons = panel.table.cluster is not None and panel.table.unit is not None
    return Effect(
        design=DESIGN.id, measure=question.measure, scale=Scale.DIFFERENCE, estimate=main.value,
        low=low, high=high, level=question.level, p=main.p, error=main.error, freedom=None,
        arms=(
            counted("1", panel.table, piloted, treated=True, persons=persons),
            counted("0", panel.table, ~piloted, treated=False, persons=persons),
        ),
        checks=tuple(checks),
        quantities=_quantities(panel, cells, dynamic, older, question.level),
        series=(_picture(dynamic, question.level),), grading=graded(grading, checks),
        method=Method(
            estimator="callaway_santanna", variance="influence_function", library=library("numpy")
        ),
    )  # fmt: skip


def _cells(panel: _Panel, not_yet: bool) -> _Cells:
    """Effect of each cohort in each period from the second on, with influence functions."""
    count = len(panel.start)
    cohorts, places, effects, influences = [], [], [], []
    for cohort in panel.cohorts:
        mine = panel.start == cohort
        for place in range(1, len(panel.periods)):
            base = place - 1 if place < cohort else cohort - 1
            other = panel.never if not not_yet else (panel.start > max(place, base)) & ~mine
            if not other.any():
                continue
            change = panel.y[:, place] - panel.y[:, base]
            means = float(change[mine].mean()), float(change[other].mean())
            influence = np.zeros(count)
            influence[mine] = (change[mine] - means[0]) * count / mine.sum()
            influence[other] -= (change[other] - means[1]) * count / other.sum()
            cohorts.append(int(cohort))
            places.append(place)
            effects.append(means[0] - means[1])
            influences.append(influence)
    return _Cells(
        np.array(cohorts, dtype=np.int64), np.array(places, dtype=np.int64), np.array(effects),
        np.column_stack(influences) if influences else np.zeros((count, 0)),
    )  # fmt: skip


def _estimated(panel: _Panel, value: float, influence: Floats) -> Estimated:
    """A number with the standard error of its influence function, summed by group."""
    summed = np.bincount(panel.cluster, weights=influence)
    return Estimated(value, math.sqrt(float((summed**2).sum())) / len(influence), None)


def _weighted(panel: _Panel, cells: _Cells, kept: Ints) -> tuple[float, Floats]:
    """Mean of some cells by the size of their cohorts, with its influence function.

    The sizes of the cohorts are estimated as well, which is a part of the influence.
    """
    member = (panel.start[:, None] == cells.cohort[kept][None, :]).astype(np.float64)
    share = member.mean(axis=0)
    total = float(share.sum())
    weight = share / total
    moved = (member - share) / total - (member - share).sum(axis=1)[:, None] * share / total**2
    value = float(weight @ cells.effect[kept])
    return value, cells.influence[:, kept] @ weight + moved @ cells.effect[kept]


def _simple(panel: _Panel, cells: _Cells) -> Estimated:
    return _estimated(panel, *_weighted(panel, cells, np.flatnonzero(cells.place >= cells.cohort)))


def _dynamic(panel: _Panel, cells: _Cells) -> dict[int, tuple[Estimated, Floats]]:
    """Effect by periods since the start, each with its influence function."""
    since = cells.place - cells.cohort
    found = {}
    for periods in np.unique(since):
        value, influence = _weighted(panel, cells, np.flatnonzero(since == periods))
        found[int(periods)] = _estimated(panel, value, influence), influence
    return found


def _by_cohort(panel: _Panel, cells: _Cells) -> Estimated:
    """Each cohort's mean effect, weighted by the size of the cohorts."""
    cohorts = panel.cohorts
    values, influences = [], []
    for cohort in cohorts:
        kept = (cells.cohort == cohort) & (cells.place >= cohort)
        if kept.any():
            values.append(float(cells.effect[kept].mean()))
            influences.append(cells.influence[:, kept].mean(axis=1))
    used = [c for c in cohorts if ((cells.cohort == c) & (cells.place >= c)).any()]
    means = _Cells(np.array(used), np.array(used), np.array(values), np.column_stack(influences))
    return _estimated(panel, *_weighted(panel, means, np.arange(len(used))))


def _by_calendar(panel: _Panel, cells: _Cells) -> Estimated:
    """The mean over periods of the effect on all who had started by then."""
    parts = [
        _weighted(panel, cells, np.flatnonzero((cells.place == place) & (cells.cohort <= place)))
        for place in np.unique(cells.place[cells.place >= cells.cohort])
    ]
    values, influences = zip(*parts, strict=True)
    return _estimated(panel, float(np.mean(values)), np.mean(influences, axis=0))


def _mean_since(panel: _Panel, dynamic: dict[int, tuple[Estimated, Floats]]) -> Estimated:
    """The mean over the periods since the start, each as heavy."""
    chosen = [both for since, both in dynamic.items() if since >= 0]
    value = float(np.mean([one.value for one, _influence in chosen]))
    return _estimated(panel, value, np.mean([influence for _one, influence in chosen], axis=0))


def _two_way(panel: _Panel) -> Estimated:
    """Levels of units and periods with one effect, CR2 by group."""
    count, width = panel.y.shape
    unit, place = np.divmod(np.arange(count * width), width)
    on = (place >= panel.start[unit]).astype(np.float64)
    return two_way(panel.y.ravel(), on, unit, place, panel.cluster[unit])


def _before(panel: _Panel, cells: _Cells) -> list[Check]:
    """Whether cohorts moved like the others before their start.

    All periods before the start at once (Wald) where there are enough groups for it, else their
    mean. Cohorts of one group have no error of their own and are left out.
    """
    alone = [cohort for cohort in panel.cohorts if _groups_of(panel, int(cohort)) < 2]
    kept = np.flatnonzero((cells.place < cells.cohort) & ~np.isin(cells.cohort, alone))
    if len(kept) == 0:
        return [trends(None, 0.0, 1)]
    value, influence = _weighted(panel, cells, kept)
    mean = _estimated(panel, value, influence)
    summed = np.column_stack(
        [np.bincount(panel.cluster, weights=cells.influence[:, k]) for k in kept]
    ) / len(panel.start)
    if len(summed) < 2 * len(kept) or np.linalg.matrix_rank(summed) < len(kept):
        tests = float(len(kept))
        return [
            trends(mean.p, mean.value, len(kept)),
            informative("joint_test_singular", tests=tests),
        ]
    effects = cells.effect[kept]
    wald = float(effects @ np.linalg.solve(summed.T @ summed, effects))
    return [trends(float(chdtrc(len(kept), wald)), mean.value, len(kept))]


def _groups_of(panel: _Panel, cohort: int) -> int:
    return len(np.unique(panel.cluster[panel.start == cohort]))


def _small(panel: _Panel) -> list[Check]:
    sizes = [_groups_of(panel, int(cohort)) for cohort in panel.cohorts]
    single = sum(size == 1 for size in sizes)
    return [warned("cohorts_of_one", count=float(single))] if single else []


def _quantities(
    panel: _Panel,
    cells: _Cells,
    dynamic: dict[int, tuple[Estimated, Floats]],
    older: Estimated,
    level: float,
) -> tuple[Quantity, ...]:
    later = _mean_since(panel, dynamic)
    found = [
        quantity("dynamic_overall", later, level),
        quantity("group_overall", _by_cohort(panel, cells), level),
        quantity("calendar_overall", _by_calendar(panel, cells), level),
        quantity("two_way", older, level),
    ]
    found += [quantity(f"dynamic.{since}", one, level) for since, (one, _) in dynamic.items()]
    cadence = panel.table.cadence
    for cohort in panel.cohorts:
        name = written(cadence, int(panel.periods[cohort]))
        found.append(Quantity(name=f"cohort.{name}", value=float((panel.start == cohort).sum())))
    return tuple(found)


def _picture(dynamic: dict[int, tuple[Estimated, Floats]], level: float) -> Series:
    ends = [one.interval(level) for one, _influence in dynamic.values()]
    return Series(
        name="since_start", x=tuple(float(since) for since in dynamic),
        y=tuple(one.value for one, _influence in dynamic.values()),
        low=tuple(end[0] for end in ends), high=tuple(end[1] for end in ends),
    )  # fmt: skip


DESIGN = EffectDesign(
    id="staggered",
    needs=((Role.OUTCOME,), (Role.PERIOD,), (Role.START, Role.TREATED), (Role.UNIT, Role.CLUSTER)),
    lots=(),
    prepare=prepare,
    examine=examine,
)
