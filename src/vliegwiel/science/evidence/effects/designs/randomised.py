"""Persons drawn by lot: analysis of covariance on the outcome before the start.

Classical least squares (statsmodels), with standard errors of HC3 beside it; for an outcome of yes
or no, whose variance is never equal, HC3 is the main one. Persons whose outcome or baseline is not
known are left out, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import (
    attrition,
    balance,
    informative,
    passed,
    warned,
)
from vliegwiel.science.evidence.effects.linear import Estimated
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
from vliegwiel.science.evidence.effects.table import EffectTable, Floats, Role
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library, quantity

_FEWEST = 3
_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class _Trial:
    """Everybody (``whole``, ``all_sides``), and those with a known outcome and baseline."""

    whole: EffectTable
    all_sides: Arms
    table: EffectTable
    sides: Arms


def prepare(table: EffectTable, question: Question) -> _Trial:
    """The persons whose outcome is known, with their arms."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    single_moment(table)
    sides = arms(table, question)
    known = table.known
    if table.baseline is not None:
        known &= np.isfinite(table.baseline)
    kept = sides.only(known)
    smallest = int(np.bincount(kept.arm, minlength=len(kept.names)).min())
    if smallest < _FEWEST:
        raise refuse("too_few_persons", count=smallest, least=_FEWEST)
    part = table.only(known)
    assert part.outcome is not None
    if np.ptp(part.outcome) == 0.0:
        raise refuse("no_variation")
    return _Trial(table, sides, part, kept)


def examine(table: EffectTable, question: Question) -> Effect:
    """Difference of the main arm with that which is compared with."""
    trial = prepare(table, question)
    assert trial.table.outcome is not None
    y, baseline = trial.table.outcome, trial.table.baseline
    flags = np.column_stack([trial.sides.arm == k for k in range(1, len(trial.sides.names))])
    dummies = flags.astype(np.float64)
    share = bool(np.isin(y, (0.0, 1.0)).all())
    fitted = _fit(y, dummies, baseline)
    robust = fitted.get_robustcov_results("HC3", use_t=True)
    main = [_coefficient(robust if share else fitted, k) for k in range(dummies.shape[1])]
    further = _further(trial, main, fitted, robust, question.level)
    check, lost, apart = attrition(_known(trial), trial.all_sides.treated)
    checks = [check, *_checks(trial, fitted, robust)]
    if Lot.PERSONS is not question.lot:
        checks.insert(0, warned("not_by_lot"))
    if baseline is not None:
        p = _interaction(y, dummies, baseline, fitted)
        further = (*further, Quantity(name="interaction", value=None, p=p))
        holds = p >= _LEVEL
        checks.append((passed if holds else warned)(
            "constant_effect_holds" if holds else "constant_effect", p=p
        ))  # fmt: skip
    grading = GradeInputs(
        lot=question.lot, compared=True, before=baseline is not None,
        adjusted=baseline is not None, lost=lost, lost_apart=apart,
    )  # fmt: skip
    low, high = main[0].interval(question.level)
    return Effect(
        design=DESIGN.id, measure=question.measure,
        scale=Scale.SHARE if share else Scale.DIFFERENCE,
        estimate=main[0].value, low=low, high=high, level=question.level, p=main[0].p,
        error=main[0].error, freedom=main[0].freedom,
        arms=tuple(
            counted(trial.sides.names[k], trial.table, trial.sides.arm == k, treated=k > 0,
                    persons=True)
            for k in (*range(1, len(trial.sides.names)), 0)
        ),
        checks=tuple(checks), quantities=further,
        series=(_means(trial, y),),
        method=Method(
            estimator="ancova" if baseline is not None else "difference_of_means",
            variance="hc3" if share else "classical", library=library("statsmodels"),
        ),
        grading=graded(grading, checks),
    )  # fmt: skip


def _fit(y: Floats, dummies: Floats, baseline: Floats | None) -> Any:
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415 - takes a second to load

    return OLS(y, _design(dummies, baseline)).fit(method="qr")


def _design(dummies: Floats, baseline: Floats | None) -> Floats:
    """Columns: arms, constant, and the baseline less its mean."""
    columns = [dummies, np.ones((len(dummies), 1))]
    if baseline is not None:
        columns.append((baseline - baseline.mean())[:, None])
    return np.hstack(columns)


def _coefficient(fitted: Any, column: int) -> Estimated:
    return Estimated(
        float(fitted.params[column]), float(fitted.bse[column]), float(fitted.df_resid)
    )


def _further(
    trial: _Trial, main: list[Estimated], fitted: Any, robust: Any, level: float
) -> tuple[Quantity, ...]:
    names, count = trial.sides.names[1:], len(main)
    others = [quantity(f"arm.{names[k]}", main[k], level) for k in range(1, count)]
    errors = [
        Quantity(name=f"hc3.{names[k]}", value=None, error=float(robust.bse[k]))
        for k in range(count)
    ]
    test = fitted.f_test(np.eye(count, len(fitted.params)))
    every = Quantity(name="all_arms_f", value=float(test.fvalue), p=float(test.pvalue))
    return (*others, *errors, every)


def _checks(trial: _Trial, fitted: Any, robust: Any) -> list[Check]:
    found = []
    if trial.table.baseline is None:
        found.append(informative("no_baseline"))
    else:
        pair = trial.sides.arm <= 1
        found.append(balance(trial.table.baseline[pair], trial.sides.arm[pair] == 1))
    found.append(informative("robust_alike", ratio=float(robust.bse[0] / fitted.bse[0])))
    return found


def _known(trial: _Trial) -> Any:
    known = trial.whole.known
    return known & np.isfinite(trial.whole.baseline) if trial.whole.baseline is not None else known


def _interaction(y: Floats, dummies: Floats, baseline: Floats, fitted: Any) -> float:
    """p of the same slope on the baseline in all arms (F test)."""
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415 - takes a second to load

    free = baseline - baseline.mean()
    wide = np.hstack([_design(dummies, baseline), dummies * free[:, None]])
    return float(OLS(y, wide).fit(method="qr").compare_f_test(fitted)[1])


def _means(trial: _Trial, y: Floats) -> Series:
    names = trial.sides.names
    rows = [trial.sides.arm == k for k in range(len(names))]
    means = [float(y[row].mean()) for row in rows]
    half = [1.96 * float(y[row].std(ddof=1) / np.sqrt(row.sum())) for row in rows]
    return Series(
        name="means", x=names, y=tuple(means),
        low=tuple(m - h for m, h in zip(means, half, strict=True)),
        high=tuple(m + h for m, h in zip(means, half, strict=True)),
    )  # fmt: skip


DESIGN = EffectDesign(
    id="randomised",
    needs=((Role.OUTCOME,), (Role.GROUP, Role.TREATED)),
    lots=(Lot.PERSONS,),
    prepare=prepare,
    examine=examine,
)
