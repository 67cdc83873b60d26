"""The same persons (or counts) before and after: what changed, not why.

Means by the paired t test (scipy, with Wilcoxon's test beside it); shares of yes or no by McNemar's
exact test with Newcombe's interval for paired proportions (1998, Statistics in Medicine 17:2635,
method 10); counts as an exact rate ratio, conditional on their sum (Clopper and Pearson;
Przyborowski and Wilenski 1940).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.checking import attrition, informative, warned
from vliegwiel.science.evidence.effects.faults import listed
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
from vliegwiel.science.evidence.effects.sides import refuse, single_start, with_start
from vliegwiel.science.evidence.effects.table import EffectTable, Flags, Floats, Role
from vliegwiel.science.yardstick import share_interval

from .design import EffectDesign, graded, library

_KINDS = ("mean", "share", "rate")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Values of the same persons before and after, and who of all of them are known, shape (n,)."""

    before: Floats
    after: Floats
    known: Flags


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts and what they are of, before and after, with the periods of each."""

    counts: tuple[float, float]
    sizes: tuple[float, float]
    periods: tuple[int, int]
    spread: float | None


@dataclass(frozen=True, slots=True)
class _Changed:
    """A change on its scale, with the ends of its interval and p."""

    scale: Scale
    found: Estimated
    ends: tuple[float, float]
    p: float


def prepare(table: EffectTable, question: Question) -> _Pairs | _Counts:
    """Pairs or counts, by what the table holds and what is asked."""
    if question.estimand not in (None, *_KINDS):
        raise refuse("unknown_option", value=question.estimand, options=listed(_KINDS))
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if table.baseline is not None and question.estimand != "rate":
        return _paired(table.baseline, table.outcome)
    table = with_start(table, question)
    single_start(table)
    if question.estimand == "rate" or (
        question.estimand is None and (table.unit is None or table.size is not None)
    ):
        return _counts(table)
    return _by_unit(table)


def examine(table: EffectTable, question: Question) -> Effect:
    """What changed since the start."""
    data = prepare(table, question)
    if isinstance(data, _Counts):
        return _rate(data, question)
    yes_no = bool(np.isin(np.concatenate([data.before, data.after]), (0.0, 1.0)).all())
    if question.estimand == "share" and not yes_no:
        raise refuse("unknown_option", value="share", options="mean")
    share = yes_no if question.estimand is None else question.estimand == "share"
    return _share(data, question) if share else _mean(data, question)


def _paired(before: Floats, after: Floats) -> _Pairs:
    known = np.isfinite(before) & np.isfinite(after)
    if known.sum() < _FEWEST:
        raise refuse("too_few_persons", count=int(known.sum()), least=_FEWEST)
    return _Pairs(before[known], after[known], known)


def _by_unit(table: EffectTable) -> _Pairs:
    """Mean of each unit before and after; units without the initiative are left out."""
    assert table.unit is not None
    assert table.outcome is not None
    assert table.start is not None
    count = int(table.unit.max(initial=0)) + 1
    means = []
    for rows in (~table.since, table.since):
        used = rows & table.known
        size = np.bincount(table.unit[used], minlength=count)
        total = np.bincount(table.unit[used], weights=table.outcome[used], minlength=count)
        means.append(np.divide(total, size, out=np.full(count, np.nan), where=size > 0))
    piloted = np.bincount(table.unit, weights=table.since, minlength=count) > 0
    return _paired(means[0][piloted], means[1][piloted])


def _counts(table: EffectTable) -> _Counts:
    assert table.outcome is not None
    assert table.period is not None
    assert table.start is not None
    first = single_start(table)
    rows = table.known & (table.start == first)
    counts, period = table.outcome[rows], table.period[rows]
    sizes = np.ones(len(counts)) if table.size is None else table.size[rows]
    if (counts < 0).any() or (counts != np.round(counts)).any():
        raise refuse("not_counts")
    if counts.sum() == 0:
        raise refuse("no_variation")
    sides = [period < first, period >= first]
    for side, code in zip(sides, ("nobody_before", "nobody_treated"), strict=True):
        if not side.any():
            raise refuse(code)
    totals = [float(counts[side].sum()) for side in sides]
    exposed = [float(sizes[side].sum()) for side in sides]
    expected = np.select(sides, [sizes * t / e for t, e in zip(totals, exposed, strict=True)])
    freedom = len(counts) - 2
    parts = np.divide(
        (counts - expected) ** 2, expected, out=np.zeros(len(counts)), where=expected > 0
    )
    return _Counts(
        (totals[0], totals[1]), (exposed[0], exposed[1]),
        (len(np.unique(period[sides[0]])), len(np.unique(period[sides[1]]))),
        float(parts.sum() / freedom) if freedom >= 4 else None,
    )  # fmt: skip


def _mean(data: _Pairs, question: Question) -> Effect:
    from scipy import stats  # noqa: PLC0415 - takes a second to load

    change = data.after - data.before
    if np.ptp(change) == 0.0:
        raise refuse("no_variation")
    found = Estimated(
        float(change.mean()), float(change.std(ddof=1) / math.sqrt(len(change))), len(change) - 1.0
    )
    signed = float(stats.wilcoxon(data.after, data.before).pvalue)
    further = (
        Quantity(name="before", value=float(data.before.mean())),
        Quantity(name="after", value=float(data.after.mean())),
        Quantity(name="wilcoxon", value=None, p=signed),
    )
    return _effect(
        data, question, _Changed(Scale.DIFFERENCE, found, found.interval(question.level), found.p),
        further, Method(estimator="paired_t", variance="paired",
        library=library("scipy", "numpy")),
    )  # fmt: skip


def _share(data: _Pairs, question: Question) -> Effect:
    from scipy import stats  # noqa: PLC0415 - takes a second to load

    came = int(((data.after == 1) & (data.before == 0)).sum())
    went = int(((data.after == 0) & (data.before == 1)).sum())
    both = int(((data.after == 1) & (data.before == 1)).sum())
    n = len(data.after)
    p = float(stats.binomtest(came, came + went).pvalue) if came + went else 1.0
    low, high = paired_shares(both, came, went, n - both - came - went, question.level)
    value = (came - went) / n
    error = math.sqrt(max(came + went - (came - went) ** 2 / n, 0.0)) / n
    further = (
        Quantity(name="before", value=float(data.before.mean())),
        Quantity(name="after", value=float(data.after.mean())),
        Quantity(name="became_yes", value=float(came)),
        Quantity(name="became_no", value=float(went)),
    )
    return _effect(
        data, question, _Changed(Scale.SHARE, Estimated(value, error, None), (low, high), p),
        further,
        Method(estimator="mcnemar_exact", variance="newcombe", library=library("scipy")),
    )  # fmt: skip


def paired_shares(
    both: int, came: int, went: int, neither: int, level: float
) -> tuple[float, float]:
    """Interval of share after less share before, of the same persons (Newcombe 1998, method 10).

    ``both`` were yes both times, ``came`` became yes, ``went`` became no, ``neither`` never was.
    """
    n = both + came + went + neither
    after = share_interval(both + came, n, level=level)
    before = share_interval(both + went, n, level=level)
    product = both * neither - came * went
    product_kept = max(product - n / 2, 0.0) if product > 0 else float(product)
    root = math.sqrt(float(both + came) * (went + neither) * float(both + went) * (came + neither))
    phi = product_kept / root if root > 0 else 0.0
    share_after, share_before = (both + came) / n, (both + went) / n
    value = share_after - share_before
    down, up = share_after - after[0], before[1] - share_before
    down_other, up_other = share_before - before[0], after[1] - share_after
    low = value - math.sqrt(down**2 - 2 * phi * down * up + up**2)
    high = value + math.sqrt(down_other**2 - 2 * phi * down_other * up_other + up_other**2)
    return max(low, -1.0), min(high, 1.0)


def rate_ratio(
    counts: tuple[float, float], sizes: tuple[float, float], level: float
) -> tuple[float, float, float, float]:
    """Rate of the second over that of the first: ratio, exact interval, and p.

    The ends may be 0 and infinity when one count is 0.
    """
    from scipy import stats  # noqa: PLC0415 - takes a second to load

    total, share = int(counts[0] + counts[1]), sizes[1] / (sizes[0] + sizes[1])
    test = stats.binomtest(int(counts[1]), total, share)
    ends = test.proportion_ci(level, method="exact")
    scale = sizes[0] / sizes[1]
    low, high = (scale * end / (1 - end) if end < 1 else math.inf for end in (ends.low, ends.high))
    ratio = scale * counts[1] / counts[0] if counts[0] else math.inf
    return ratio, low, high, float(test.pvalue)


def _rate(data: _Counts, question: Question) -> Effect:
    ratio, low, high, p = rate_ratio(data.counts, data.sizes, question.level)
    if not math.isfinite(ratio) or ratio == 0.0:
        raise refuse("no_events")
    checks = [warned("no_comparison")]
    if data.spread is not None:
        say = warned if data.spread > 1.5 else informative
        checks.append(say("dispersion", size=data.spread))
    rates = [count / size for count, size in zip(data.counts, data.sizes, strict=True)]
    arm = Arm(name="1", treated=True, before=data.periods[0], after=data.periods[1])
    return Effect(
        design=DESIGN.id, measure=question.measure, scale=Scale.RATIO, estimate=ratio, low=low,
        high=high, level=question.level, p=p,
        error=math.sqrt(1 / data.counts[0] + 1 / data.counts[1]), freedom=None, arms=(arm,),
        checks=tuple(checks),
        quantities=(
            Quantity(name="before", value=rates[0]), Quantity(name="after", value=rates[1]),
        ),
        series=(Series(name="before_after", x=("before", "after"), y=tuple(rates)),),
        method=Method(estimator="rate_ratio", variance="exact", library=library("scipy")),
        grading=graded(_GRADING, checks),
    )  # fmt: skip


_GRADING = GradeInputs(lot=Lot.NOTHING, compared=False, before=True, adjusted=False)


def _effect(
    data: _Pairs,
    question: Question,
    changed: _Changed,
    further: tuple[Quantity, ...],
    method: Method,
) -> Effect:
    found = changed.found
    check, lost, _apart = attrition(data.known, None)
    checks = (warned("no_comparison"), informative("regression_to_mean"), check)
    grading = GradeInputs(lot=Lot.NOTHING, compared=False, before=True, adjusted=False, lost=lost)
    means = (float(data.before.mean()), float(data.after.mean()))
    return Effect(
        design=DESIGN.id, measure=question.measure, scale=changed.scale,
        estimate=found.value, low=changed.ends[0], high=changed.ends[1], level=question.level,
        p=changed.p, error=found.error, freedom=found.freedom,
        arms=(Arm(name="1", treated=True, persons=len(data.after), before=1, after=1),),
        checks=checks, quantities=further,
        series=(Series(name="before_after", x=("before", "after"), y=means),),
        method=method, grading=graded(grading, checks),
    )  # fmt: skip


DESIGN = EffectDesign(
    id="before_after",
    needs=((Role.OUTCOME,), (Role.BASELINE, Role.PERIOD)),
    lots=(),
    prepare=prepare,
    examine=examine,
)
