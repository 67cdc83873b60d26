"""Waiting times of two sides, of which some have not ended.

Main is the difference in mean time up to a limit (restricted mean, the area under Kaplan and
Meier's curve with Greenwood's variance), which needs no assumption and is in days or weeks; or on
request the hazard ratio of Cox (1972) with Efron's way for equal times. Beside it the log-rank
test, Peto and Peto's, other ways for equal times, and a test whether the ratio stays the same
(Grambsch and Therneau 1994, in the exact form of a score test, time on the scale of Kaplan and
Meier). One column only says the side, so that everything follows from who was waiting and whose
wait ended at each moment: a million waits take a second. By hand, checked in the tests against
statsmodels and R.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import informative, passed, warned
from vliegwiel.science.evidence.effects.faults import listed
from vliegwiel.science.evidence.effects.hazards import (
    Risk,
    cox,
    log_rank,
    proportional,
    risk_table,
    ways,
)
from vliegwiel.science.evidence.effects.linear import Estimated
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
from vliegwiel.science.evidence.effects.sides import arms, refuse
from vliegwiel.science.evidence.effects.table import EffectTable, Flags, Floats, Role
from vliegwiel.science.kernel import Check
from vliegwiel.science.trajectories import Curve, kaplan_meier

from .design import EffectDesign, graded, library, quantity

_ESTIMANDS = ("restricted_mean", "hazard_ratio")
_FEW_EVENTS = 10
_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class _Waits:
    """Times, whether their end was seen, and who had the initiative, shape (n,)."""

    time: Floats
    event: Flags
    treated: Flags
    names: tuple[str, ...]
    limit: float


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What was computed: curves and mean times (treated first), their difference, log ratios."""

    curves: list[Curve]
    means: list[Estimated]
    apart: Estimated
    hazard: Mapping[str, Estimated]
    risk: Risk
    same: float | None


def prepare(table: EffectTable, question: Question) -> _Waits:
    """The times of both sides, and up to when they are compared."""
    for role, column in ((Role.TIME, table.time), (Role.EVENT, table.event)):
        if column is None:
            raise refuse("needs_role", role=role.value)
    if question.estimand not in (None, *_ESTIMANDS):
        raise refuse("unknown_option", value=question.estimand, options=listed(_ESTIMANDS))
    assert table.time is not None
    assert table.event is not None
    sides = arms(table, question)
    kept = np.isfinite(table.time) & (sides.arm <= 1)
    time, event, treated = table.time[kept], table.event[kept], sides.arm[kept] == 1
    for side in (treated, ~treated):
        if side.sum() < 2:
            raise refuse("too_few_persons", count=int(side.sum()), least=2)
        if not event[side].any():
            raise refuse("no_events")
    # Up to the last time at which somebody of each side was followed.
    most = min(float(time[side].max()) for side in (treated, ~treated))
    if question.limit is not None and not 0 < question.limit <= most:
        raise refuse("limit_beyond", limit=question.limit, most=most)
    limit = most if question.limit is None else question.limit
    return _Waits(time, event, treated, sides.names, limit)


def examine(table: EffectTable, question: Question) -> Effect:
    """How much shorter or longer is waited with the initiative."""
    waits = prepare(table, question)
    ratio = question.estimand == "hazard_ratio"
    curves = [kaplan_meier(waits.time[s], waits.event[s], level=question.level)
              for s in (waits.treated, ~waits.treated)]  # fmt: skip
    risk = risk_table(waits.time, waits.event, waits.treated)
    means = [restricted_mean(curve, waits.limit) for curve in curves]
    apart = Estimated(
        means[0].value - means[1].value, math.hypot(means[0].error, means[1].error), None
    )
    hazard = {way: one for way in ways(risk) if (one := cox(risk, way)) is not None}
    if ratio and "efron" not in hazard:
        raise refuse("not_estimable")
    same = proportional(risk, hazard["efron"].value) if "efron" in hazard else None
    numbers = _Numbers(curves, means, apart, hazard, risk, same)
    main = hazard["efron"] if ratio else apart
    ends = main.interval(question.level)
    low, high = (math.exp(end) for end in ends) if ratio else ends
    checks = _checks(waits, hazard, same, question)
    grading = GradeInputs(lot=question.lot, compared=True, before=False, adjusted=False)
    return Effect(
        design=DESIGN.id, measure=question.measure,
        scale=Scale.HAZARD_RATIO if ratio else Scale.TIME,
        estimate=math.exp(main.value) if ratio else main.value, low=low, high=high,
        level=question.level, p=main.p, error=main.error, freedom=None,
        arms=tuple(
            Arm(name=waits.names[int(side)], treated=side,
                persons=int((waits.treated == side).sum()))
            for side in (True, False)
        ),
        checks=tuple(checks),
        quantities=_quantities(numbers, question.level),
        series=_pictures(curves), grading=graded(grading, checks),
        method=Method(
            estimator="cox_efron" if ratio else "restricted_mean",
            variance="information" if ratio else "greenwood", library=library("numpy"),
        ),
    )  # fmt: skip


def restricted_mean(curve: Curve, limit: float) -> Estimated:
    """Mean time up to ``limit``: more is counted for nobody. Variance by Greenwood."""
    inside = curve.times < limit
    edges = np.concatenate(([0.0], curve.times[inside], [limit]))
    pieces = np.diff(edges) * np.concatenate(([1.0], curve.surviving[inside]))
    ahead = np.cumsum(pieces[::-1])[::-1][1:]
    at_risk, events = curve.at_risk[inside], curve.events[inside]
    rest = np.where(at_risk > events, at_risk - events, 1.0)
    variance = float(np.sum(ahead**2 * events / (at_risk * rest)))
    return Estimated(float(pieces.sum()), math.sqrt(variance), None)


def _checks(
    waits: _Waits, hazard: Mapping[str, Estimated], same: float | None, question: Question
) -> list[Check]:
    events = min(int(waits.event[s].sum()) for s in (waits.treated, ~waits.treated))
    found = [
        informative("followed", limit=waits.limit),
        informative("still_waiting", share=100 * float(1 - waits.event.mean())),
    ]
    if same is not None:
        holds = same >= _LEVEL
        say, code = (passed, "proportional") if holds else (warned, "not_proportional")
        found.append(say(code, p=same))
    if hazard:
        ratios = [math.exp(one.value) for one in hazard.values()]
        found.append(informative("ties", low=min(ratios), high=max(ratios)))
    if events < _FEW_EVENTS:
        found.append(warned("few_events", count=float(events)))
    if question.lot is Lot.NOTHING:
        found.append(warned("not_by_lot"))
    return found


def _quantities(numbers: _Numbers, level: float) -> tuple[Quantity, ...]:
    test, peto = log_rank(numbers.risk), log_rank(numbers.risk, weighted=True)
    found = [
        quantity("restricted_mean", numbers.apart, level),
        quantity("restricted_mean.treated", numbers.means[0], level),
        quantity("restricted_mean.compared", numbers.means[1], level),
        Quantity(name="log_rank", value=test.chi2, p=test.p),
        Quantity(name="peto_peto", value=peto.chi2, p=peto.p),
        Quantity(name="observed.treated", value=test.observed[1]),
        Quantity(name="observed.compared", value=test.observed[0]),
        Quantity(name="expected.treated", value=test.expected[1]),
        Quantity(name="expected.compared", value=test.expected[0]),
        Quantity(name="proportional", value=None, p=numbers.same),
    ]
    for way, one in numbers.hazard.items():
        low, high = (math.exp(end) for end in one.interval(level))
        found.append(Quantity(
            name=f"hazard_ratio.{way}", value=math.exp(one.value), low=low, high=high, p=one.p,
            error=one.error,
        ))  # fmt: skip
    for name, curve in zip(("treated", "compared"), numbers.curves, strict=True):
        middle = curve.quantile(0.5)
        found.append(Quantity(
            name=f"median.{name}", value=middle.value, low=middle.low, high=middle.high
        ))  # fmt: skip
    return tuple(found)


def _pictures(curves: list[Curve]) -> tuple[Series, ...]:
    return tuple(
        Series(
            name=f"waiting.{name}", x=tuple(curve.times.tolist()),
            y=tuple(curve.surviving.tolist()), low=_known(curve.low), high=_known(curve.high),
        )
        for name, curve in zip(("treated", "compared"), curves, strict=True)
    )  # fmt: skip


def _known(values: Floats) -> tuple[float | None, ...]:
    return tuple(float(v) if np.isfinite(v) else None for v in values)


DESIGN = EffectDesign(
    id="survival",
    needs=((Role.TIME,), (Role.EVENT,), (Role.GROUP, Role.TREATED)),
    lots=(),
    prepare=prepare,
    examine=examine,
)
