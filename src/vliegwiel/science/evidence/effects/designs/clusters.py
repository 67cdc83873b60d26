"""Whole groups drawn by lot: municipalities, teams or schools with and without the initiative.

Least squares on persons with the CR2 variance of groups and Satterthwaite degrees of freedom, with
the outcome before the start taken off where it is known; beside it the comparison of the groups'
means by t, and the lot itself: how often another outcome of the lot gives a difference of means as
large (all of them, or 2,000 drawn with a fixed seed). Eldridge and Kerry (2012), A Practical Guide
to Cluster Randomised Trials; intraclass correlation by analysis of variance (Donner and Koval
1980).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import (
    attrition,
    balance,
    groups,
    informative,
    warned,
)
from vliegwiel.science.evidence.effects.linear import Estimated, clustered
from vliegwiel.science.evidence.effects.result import (
    Effect,
    GradeInputs,
    Lot,
    Method,
    Quantity,
    Scale,
    Series,
)
from vliegwiel.science.evidence.effects.sides import Arms, arms, counted, refuse, single_moment
from vliegwiel.science.evidence.effects.table import EffectTable, Flags, Floats, Ints, Role, compact
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library, quantity

_LITTLE_FREEDOM = 4.0
_UNEQUAL = 0.6
#: Outcomes of the lot that are drawn where there are too many to try all.
_DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class _Trial:
    """Persons with a known outcome: their group, and whether it has the initiative."""

    whole: EffectTable
    table: EffectTable
    sides: Arms
    y: Floats
    cluster: Ints
    treated: Flags


def prepare(table: EffectTable, question: Question) -> _Trial:
    """The persons with a known outcome, each group on one side."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if table.cluster is None:
        raise refuse("needs_role", role=Role.CLUSTER.value)
    single_moment(table)
    sides = arms(table, question)
    mixed = np.bincount(table.cluster, weights=sides.treated) / np.maximum(
        np.bincount(table.cluster), 1
    )
    apart = np.flatnonzero((mixed > 0) & (mixed < 1))
    if len(apart):
        raise refuse("treated_in_part", cluster=table.name(Role.CLUSTER, int(apart[0])))
    known = table.known
    if table.baseline is not None:
        known &= np.isfinite(table.baseline)
    part, kept = table.only(known), sides.only(known)
    assert part.outcome is not None
    assert part.cluster is not None
    trial = _Trial(table, part, kept, part.outcome, compact(part.cluster), kept.treated)
    least = min(len(np.unique(trial.cluster[s])) for s in (trial.treated, ~trial.treated))
    if least < 2:
        raise refuse("too_few_units", count=least, least=2)
    if np.ptp(trial.y) == 0.0:
        raise refuse("no_variation")
    return trial


def examine(table: EffectTable, question: Question) -> Effect:
    """Difference between groups with and without the initiative."""
    trial = prepare(table, question)
    baseline = trial.table.baseline
    found = clustered(trial.y, _columns(trial, baseline), trial.cluster, 0)
    means = _by_means(trial, baseline)
    inside = _persons(trial, baseline)
    sides = [len(np.unique(trial.cluster[side])) for side in (trial.treated, ~trial.treated)]
    loss, lost, apart = attrition(trial.whole.known, arms(trial.whole, question).treated)
    together = intraclass(trial.y - _level(trial), trial.cluster)
    lot = _lot(trial, baseline)
    checks = [
        groups(*sides), *_sizes(trial, found), loss,
        informative("together", size=together, ratio=_ratio(inside, found)),
        informative("lot_agrees", share=100 * lot),
        informative("no_baseline") if baseline is None else balance(baseline, trial.treated),
    ]  # fmt: skip
    if question.lot is not Lot.CLUSTERS:
        checks.insert(0, warned("not_by_lot"))
    low, high = found.interval(question.level)
    share = bool(np.isin(trial.y, (0.0, 1.0)).all())
    grading = GradeInputs(
        lot=question.lot, compared=True, before=baseline is not None,
        adjusted=baseline is not None, groups=min(sides), lost=lost, lost_apart=apart,
    )  # fmt: skip
    return Effect(
        design=DESIGN.id, measure=question.measure,
        scale=Scale.SHARE if share else Scale.DIFFERENCE, estimate=found.value, low=low, high=high,
        level=question.level, p=found.p, error=found.error, freedom=found.freedom,
        arms=tuple(
            counted(trial.sides.names[int(side)], trial.table, trial.treated == side, treated=side,
                    persons=True)
            for side in (True, False)
        ),
        checks=tuple(checks),
        quantities=(
            quantity("cluster_means", means, question.level),
            quantity("as_persons", inside, question.level),
            Quantity(name="intraclass_correlation", value=together),
            Quantity(name="lot", value=None, p=lot),
        ),
        series=(_picture(trial),), grading=graded(grading, checks),
        method=Method(
            estimator="least_squares", variance="cr2_satterthwaite", library=library("numpy")
        ),
    )  # fmt: skip


def intraclass(y: Floats, cluster: Ints) -> float:
    """Share of the variance of ``y`` that lies between groups; not below zero."""
    size = np.bincount(cluster).astype(np.float64)
    mean = np.bincount(cluster, weights=y) / size
    n, k = float(size.sum()), len(size)
    if k < 2 or n <= k:
        return 0.0
    between = float((size * (mean - y.mean()) ** 2).sum()) / (k - 1)
    within = float(((y - mean[cluster]) ** 2).sum()) / (n - k)
    typical = (n - float((size**2).sum()) / n) / (k - 1)
    below = between + (typical - 1.0) * within
    return max(0.0, (between - within) / below) if below > 0 else 0.0


def _columns(trial: _Trial, baseline: Floats | None) -> Floats:
    columns = [trial.treated.astype(np.float64), np.ones(len(trial.y))]
    if baseline is not None:
        columns.append(baseline - baseline.mean())
    return np.column_stack(columns)


def _level(trial: _Trial) -> Floats:
    """Mean of the side of each person."""
    found: Floats = np.where(
        trial.treated, trial.y[trial.treated].mean(), trial.y[~trial.treated].mean()
    )
    return found


def _means(trial: _Trial, baseline: Floats | None) -> tuple[Floats, Flags]:
    """Mean of each group, less what its baseline explains between groups, and its side."""
    size = np.bincount(trial.cluster)
    y = np.bincount(trial.cluster, weights=trial.y) / size
    side = np.bincount(trial.cluster, weights=trial.treated) > 0
    if baseline is not None and len(y) > 4:
        x = np.bincount(trial.cluster, weights=baseline) / size
        free = [part - np.where(side, part[side].mean(), part[~side].mean()) for part in (y, x)]
        below = float(free[1] @ free[1])
        slope = float(free[0] @ free[1]) / below if below > 0 else 0.0
        y = y - slope * (x - x.mean())
    return y, side


def _by_means(trial: _Trial, baseline: Floats | None) -> Estimated:
    y, side = _means(trial, baseline)
    free = y - np.where(side, y[side].mean(), y[~side].mean())
    freedom = len(y) - 2 - (1 if baseline is not None and len(y) > 4 else 0)
    variance = float(free @ free) / freedom * (1 / side.sum() + 1 / (~side).sum())
    return Estimated(float(y[side].mean() - y[~side].mean()), math.sqrt(variance), float(freedom))


def _persons(trial: _Trial, baseline: Floats | None) -> Estimated:
    """As if persons had been drawn: what must not be done, to show the difference."""
    x = _columns(trial, baseline)
    beta = np.linalg.lstsq(x, trial.y, rcond=None)[0]
    left = trial.y - x @ beta
    freedom = float(len(left) - x.shape[1])
    variance = float(left @ left) / freedom * np.linalg.pinv(x.T @ x)[0, 0]
    return Estimated(float(beta[0]), math.sqrt(variance), freedom)


def _ratio(persons: Estimated, found: Estimated) -> float:
    wide = [one.interval(0.95)[1] - one.value for one in (persons, found)]
    return wide[0] / wide[1] if wide[1] > 0 else 1.0


def _lot(trial: _Trial, baseline: Floats | None) -> float:
    """Share of the outcomes of the lot that give a difference of means at least as large."""
    y, side = _means(trial, baseline)
    count, drawn = len(y), int(side.sum())
    if math.comb(count, drawn) <= _DRAWS:
        chosen = np.array(list(combinations(range(count), drawn)))
    else:
        random = np.random.default_rng(count)
        chosen = np.argsort(random.random((_DRAWS - 1, count)), axis=1)[:, :drawn]
        chosen = np.vstack([np.flatnonzero(side), chosen])
    total = y[chosen].sum(axis=1)
    apart = np.abs(total / drawn - (y.sum() - total) / (count - drawn))
    seen = abs(float(y[side].mean() - y[~side].mean()))
    return float((apart >= seen * (1 - 1e-9)).mean())


def _sizes(trial: _Trial, found: Estimated) -> list[Check]:
    size = np.bincount(trial.cluster)
    spread = float(size.std() / size.mean())
    checks = [warned("unequal_groups", size=spread)] if spread > _UNEQUAL else []
    if found.freedom is not None and found.freedom < _LITTLE_FREEDOM:
        checks.append(warned("little_freedom", freedom=found.freedom))
    return checks


def _picture(trial: _Trial) -> Series:
    y, side = _means(trial, None)
    order = np.lexsort((y, ~side))
    return Series(
        name="group_means", x=tuple("1" if side[k] else "0" for k in order),
        y=tuple(float(y[k]) for k in order),
    )  # fmt: skip


DESIGN = EffectDesign(
    id="clusters",
    needs=((Role.OUTCOME,), (Role.CLUSTER,), (Role.GROUP, Role.TREATED)),
    lots=(Lot.CLUSTERS,),
    prepare=prepare,
    examine=examine,
)
