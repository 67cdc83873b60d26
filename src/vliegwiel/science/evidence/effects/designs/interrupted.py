"""One series that is interrupted by a start: level and trend before, and the step since.

Counts: log-linear with dispersion of Pearson (quasi-Poisson; statsmodels GLM), the error never
below that of chance alone, interval by the normal distribution and p by t. Where periods are seen
to hang together the same with first-order autoregression takes its place, by residual
pseudo-likelihood. Newey and West's variance (1987, Econometrica 55:703) is told beside it; where
only that sees them hang together (Ljung and Box) the wider of the two is the result.

Other outcomes: first-order autoregression with a correction for short series
(:mod:`~vliegwiel.science.evidence.effects.autoregressive`). Beside it stand Newey and West's answer
and that of Prais and Winsten, which are too narrow in short series (Turner and others 2021, BMC
Medical Research Methodology 21:181).
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.autoregressive import (
    Autoregressed,
    first_order,
    first_order_counts,
)
from vliegwiel.science.evidence.effects.checking import informative, passed, warned
from vliegwiel.science.evidence.effects.faults import listed
from vliegwiel.science.evidence.effects.linear import Estimated
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
from vliegwiel.science.evidence.effects.sides import refuse, single_start, with_start
from vliegwiel.science.evidence.effects.table import EffectTable, Floats, Ints, Role
from vliegwiel.science.kernel import Check

from .design import EffectDesign, graded, library

_SEASONS = ("harmonic", "each", "none")
_FEWEST = 3
#: Periods on either side from which trend and chance can be told apart; a convention.
_ENOUGH = 12
#: Counted on a side: with fewer than the first nothing is told, than the second it is rough.
_LEAST_COUNTED, _FEW_COUNTED = 5, 10
_LEVEL = 0.05
#: Correlation of a month with the next from which counts are taken to hang together; a convention.
_SEEN = 0.1
#: With fewer periods counts can hang together unseen, since chance of counting hides it; ours.
_SEES = 100
#: A ratio whose logarithm is larger than this comes from counts that lie on one side only.
_ENDLESS = 10.0


@dataclass(frozen=True, slots=True)
class _Line:
    """One series: outcome and size by period, columns, and the period of the start.

    ``season`` is how many periods the pattern of a year has, 0 where none is taken off.
    """

    period: Ints
    y: Floats
    size: Floats | None
    first: int
    x: Floats
    season: int
    counts: bool

    @property
    def on(self) -> Floats:
        """1 since the start, shape (n,)."""
        return (self.period >= self.first).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The step, on the scale of the model: the model's own, and that for periods together.

    `chosen` is the result, with the code of its variance; its interval is by t or by the normal.
    """

    chosen: Estimated
    variance: str
    by_t: bool
    own: Estimated
    other: Estimated
    residual: Floats
    fitted: Floats
    without: Floats
    further: tuple[Quantity, ...]
    checks: tuple[Check, ...]


def prepare(table: EffectTable, question: Question) -> _Line:
    """The series of all units with the initiative together."""
    if table.outcome is None:
        raise refuse("needs_role", role=Role.OUTCOME.value)
    if question.season not in _SEASONS:
        raise refuse("unknown_option", value=question.season, options=listed(_SEASONS))
    table = with_start(table, question)
    first = single_start(table)
    assert table.start is not None
    table = table.only((table.start < NEVER) & table.known)
    assert table.outcome is not None
    assert table.period is not None
    periods, at = np.unique(table.period, return_inverse=True)
    counts = bool((table.outcome >= 0).all() and (table.outcome == np.round(table.outcome)).all())
    total = np.bincount(at, weights=table.outcome).astype(np.float64)
    rows = np.bincount(at)
    size = None if table.size is None else np.bincount(at, weights=table.size).astype(np.float64)
    y = total if counts else total / rows
    if np.ptp(y) == 0.0:
        raise refuse("no_variation")
    before, after = int((periods < first).sum()), int((periods >= first).sum())
    if min(before, after) < _FEWEST:
        raise refuse("too_few_periods", count=min(before, after), least=_FEWEST)
    x, season = _columns(periods, first, table.cadence.season, question.season)
    if len(y) - x.shape[1] < 3:
        raise refuse("too_few_periods", count=len(y), least=x.shape[1] + 3)
    return _Line(periods, y, size, first, x, season, counts)


def examine(table: EffectTable, question: Question) -> Effect:
    """The step since the start."""
    line = prepare(table, question)
    found = _of_counts(line, question) if line.counts else _of_means(line, question)
    wave = _ljung_box(found.residual, 2 * table.cadence.season)
    together = wave < _LEVEL
    main, variance = found.chosen, found.variance
    if together and variance == "pearson" and found.other.error > main.error:
        main, variance = found.other, "newey_west"
    ends = _interval(main, question.level, line.counts, by_t=found.by_t)
    checks = [
        *_of_line(line), (warned("autocorrelation", p=wave) if together else
        passed("no_autocorrelation", p=wave)), _agreement(found, question.level, line.counts),
        *found.checks, warned("no_comparison"),
    ]  # fmt: skip
    before = int((line.period < line.first).sum())
    grading = GradeInputs(lot=Lot.NOTHING, compared=False, before=True, adjusted=True)
    return Effect(
        design=DESIGN.id, measure=question.measure,
        scale=Scale.RATIO if line.counts else Scale.DIFFERENCE,
        estimate=math.exp(main.value) if line.counts else main.value,
        low=ends[0], high=ends[1], level=question.level, p=main.p, error=main.error,
        freedom=main.freedom,
        arms=(Arm(name="1", treated=True, before=before, after=len(line.y) - before),),
        checks=tuple(checks), quantities=found.further,
        series=_pictures(line, found, table), grading=graded(grading, checks),
        method=Method(
            estimator="quasi_poisson_step" if line.counts else "least_squares_step",
            variance=variance,
            library=library("statsmodels" if line.counts else "numpy"),
        ),
    )  # fmt: skip


def _columns(period: Ints, first: int, season: int, asked: str) -> tuple[Floats, int]:
    """Columns: since the start, constant, trend, and the pattern of the year if there is one."""
    t = (period - period[0]).astype(np.float64)
    columns = [(period >= first).astype(np.float64), np.ones(len(t)), t]
    wanted = asked != "none" and season > 1 and np.ptp(period) + 1 >= 2 * season
    if not wanted:
        return np.column_stack(columns), 0
    part = period % season
    if asked == "each":
        columns += [(part == k).astype(np.float64) for k in range(1, season)]
    else:
        for k in range(1, min(2, (season - 1) // 2) + 1):
            turn = 2.0 * math.pi * k * part / season
            columns += [np.sin(turn), np.cos(turn)]
    whole = np.column_stack(columns)
    if np.linalg.matrix_rank(whole) < whole.shape[1]:
        # Too many periods are missing to tell the parts of the year apart.
        return whole[:, :3], 0
    return whole, season


def _of_counts(line: _Line, question: Question) -> _Answers:
    counted = min(float(line.y[side].sum()) for side in (line.on == 0, line.on == 1))
    if counted == 0:
        raise refuse("not_estimable")
    if counted < _LEAST_COUNTED:
        raise refuse("too_few_counted", count=int(counted), least=_LEAST_COUNTED)
    fitted = _poisson(line, line.x)
    if abs(float(fitted.params[0])) > _ENDLESS or not np.isfinite(fitted.bse[0]):
        raise refuse("not_estimable")
    freedom = float(fitted.df_resid)
    own = Estimated(float(fitted.params[0]), float(fitted.bse[0]), freedom)
    dispersion = float(fitted.scale)
    maxlags = _lags(line)
    together = _poisson(line, line.x, maxlags)
    ratio = len(line.y) / freedom
    raw = float(together.bse[0])
    if not (math.isfinite(raw) and own.error > 0):
        raise refuse("not_estimable")
    other = Estimated(own.value, raw * math.sqrt(ratio), freedom)
    plain = Estimated(own.value, own.error / math.sqrt(dispersion), None)
    slope = np.column_stack([line.x, line.on * (line.period - line.first)])
    wide = _poisson(line, slope)
    low, high = _interval(plain, question.level, True)
    apart = _autoregressed(line)
    together_seen = apart is not None and apart.rho > _SEEN
    further = (
        Quantity(name="rho", value=None if apart is None else apart.rho),
        Quantity(name="dispersion", value=dispersion),
        Quantity(name="plain_poisson", value=math.exp(plain.value), low=low, high=high, p=plain.p),
        ratio_quantity("quasi_poisson", own, question.level),
        ratio_quantity("together", other, question.level),
        Quantity(name="newey_west", value=None, error=raw),
        Quantity(name="step", value=math.exp(float(wide.params[0])), p=float(wide.pvalues[0])),
        Quantity(name="slope", value=math.exp(float(wide.params[-1])), p=float(wide.pvalues[-1])),
    )
    check = (
        informative("dispersion", size=dispersion) if dispersion >= 1
        else informative("low_dispersion", size=dispersion)
    )  # fmt: skip
    own, other = (replace(one, error=max(one.error, plain.error)) for one in (own, other))
    chosen = own
    if apart is not None and together_seen:
        chosen = replace(apart.first, error=max(apart.first.error, plain.error))
    values = apart.fitted if apart is not None and together_seen else fitted.fittedvalues
    without = np.asarray(values) / np.exp(chosen.value * line.on)
    variance = "pseudo_likelihood_kenward_roger" if together_seen else "pearson"
    checks = [check]
    if counted < _FEW_COUNTED:
        checks.append(warned("few_counted", count=counted))
    if apart is not None and together_seen:
        checks.append(warned("counts_together", size=apart.rho))
    elif len(line.y) < _SEES:
        checks.append(warned("memory_unseen", count=float(len(line.y))))
    return _Answers(
        chosen, variance, together_seen, own, other, np.asarray(fitted.resid_pearson),
        np.asarray(values), without, further, tuple(checks),
    )  # fmt: skip


def _autoregressed(line: _Line) -> Autoregressed | None:
    """The step of counts whose periods hang together; None where that finds no line."""
    offset = None if line.size is None else np.log(line.size)
    try:
        return first_order_counts(line.y, line.x, line.period, offset)
    except np.linalg.LinAlgError:
        return None


def _poisson(line: _Line, x: Floats, maxlags: int | None = None) -> Any:
    import statsmodels.api as sm  # noqa: PLC0415 - takes seconds to load

    offset = None if line.size is None else np.log(line.size)
    model = sm.GLM(line.y, x, family=sm.families.Poisson(), offset=offset)
    options: dict[str, Any] = {"scale": "X2"}
    if maxlags is not None:
        keywords = {"maxlags": maxlags, "use_correction": False}
        options = {"cov_type": "HAC", "cov_kwds": keywords}
    try:
        # What it warns of (counts on one side only, a fit without rest) is refused in words.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return model.fit(**options)
    except (np.linalg.LinAlgError, ValueError) as error:
        raise refuse("not_estimable") from error


def _of_means(line: _Line, _question: Question) -> _Answers:
    import statsmodels.api as sm  # noqa: PLC0415 - takes seconds to load

    fitted = sm.OLS(line.y, line.x).fit()
    robust = fitted.get_robustcov_results(
        "HAC", maxlags=_lags(line), use_correction=True, use_t=True
    )
    freedom = float(fitted.df_resid)
    other = Estimated(float(fitted.params[0]), float(robust.bse[0]), freedom)
    found = first_order(line.y, line.x, line.period)
    own = found.first
    older, _rho = prais_winsten(line.y, line.x)
    slope = sm.OLS(line.y, np.column_stack([line.x, line.on * (line.period - line.first)])).fit()
    further = (
        Quantity(name="rho", value=found.rho),
        Quantity(name="prais_winsten", value=older.value, p=older.p, error=older.error),
        Quantity(name="newey_west", value=other.value, p=other.p, error=other.error),
        Quantity(name="step", value=float(slope.params[0]), p=float(slope.pvalues[0])),
        Quantity(name="slope", value=float(slope.params[-1]), p=float(slope.pvalues[-1])),
    )
    without = found.fitted - own.value * line.on
    return _Answers(
        own, "reml_kenward_roger", True, own, other, np.asarray(fitted.resid), found.fitted,
        without, further, (),
    )  # fmt: skip


def prais_winsten(y: Floats, x: Floats) -> tuple[Estimated, float]:
    """Least squares with first-order autoregression: first coefficient, and the correlation.

    Prais and Winsten (1954), iterated until the correlation stands still; the first period is
    kept, weighted. The correlation is kept between -0.98 and 0.98.
    """
    rho, beta = 0.0, np.linalg.lstsq(x, y, rcond=None)[0]
    wide, narrow = x, y
    for _ in range(100):
        residual = y - x @ beta
        below = float(residual[:-1] @ residual[:-1])
        new = float(residual[1:] @ residual[:-1]) / below if below > 0 else 0.0
        new = min(max(new, -0.98), 0.98)
        first = math.sqrt(1.0 - new**2)
        narrow = np.concatenate([[first * y[0]], y[1:] - new * y[:-1]])
        wide = np.vstack([first * x[:1], x[1:] - new * x[:-1]])
        beta = np.linalg.lstsq(wide, narrow, rcond=None)[0]
        done, rho = abs(new - rho) < 1e-10, new
        if done:
            break
    freedom = len(y) - x.shape[1]
    left = narrow - wide @ beta
    variance = float(left @ left) / freedom * np.linalg.pinv(wide.T @ wide, hermitian=True)[0, 0]
    return Estimated(float(beta[0]), math.sqrt(variance), float(freedom)), rho


def _lags(line: _Line) -> int:
    """A year where the pattern of a year is known, else Newey and West's (1994) rule."""
    rule = math.floor(4 * (len(line.y) / 100) ** (2 / 9))
    return int(max(1, rule, line.season))


def ratio_quantity(name: str, found: Estimated, level: float) -> Quantity:
    """A logarithm as a ratio, with its interval by the normal distribution and p by t."""
    low, high = _interval(found, level, True)
    return Quantity(
        name=name, value=math.exp(found.value), low=low, high=high, p=found.p, error=found.error
    )


def _interval(
    found: Estimated, level: float, counts: bool, *, by_t: bool = False
) -> tuple[float, float]:
    if not counts:
        return found.interval(level)
    freedom = found.freedom if by_t else None
    low, high = Estimated(found.value, found.error, freedom).interval(level)
    return math.exp(low), math.exp(high)


def _ljung_box(residual: Floats, lags: int) -> float:
    from statsmodels.stats.diagnostic import acorr_ljungbox  # noqa: PLC0415 - takes seconds to load

    most = max(1, min(10 if lags <= 2 else lags, len(residual) // 5))
    return float(acorr_ljungbox(residual, lags=[most])["lb_pvalue"].iloc[0])


def _of_line(line: _Line) -> list[Check]:
    sizes = {
        "before": float((line.period < line.first).sum()),
        "after": float((line.period >= line.first).sum()),
    }
    long = min(sizes.values()) >= _ENOUGH
    found = [passed("long_series", **sizes) if long else warned("short_series", **sizes)]
    missing = int(np.ptp(line.period)) + 1 - len(line.period)
    if missing:
        found.append(warned("gaps_in_series", count=float(missing)))
    found.append(informative("season" if line.season else "no_season"))
    return found


def _agreement(found: _Answers, level: float, counts: bool) -> Check:
    one, other = (_interval(each, level, counts) for each in (found.own, found.other))
    nothing = 1.0 if counts else 0.0
    agree = (one[0] <= nothing <= one[1]) == (other[0] <= nothing <= other[1])
    return (passed if agree else warned)(
        "answers_agree" if agree else "answers_differ",
        low=one[0], high=one[1], low_other=other[0], high_other=other[1],
    )  # fmt: skip


def _pictures(line: _Line, found: _Answers, table: EffectTable) -> tuple[Series, ...]:
    x = tuple(written_all(table.cadence, line.period))
    after = line.period >= line.first
    without = tuple(float(v) if on else None for v, on in zip(found.without, after, strict=True))
    return (
        Series(name="observed", x=x, y=tuple(line.y.tolist())),
        Series(name="fitted", x=x, y=tuple(found.fitted.tolist())),
        Series(name="without", x=x, y=without),
    )


DESIGN = EffectDesign(
    id="interrupted",
    needs=((Role.OUTCOME,), (Role.PERIOD,)),
    lots=(),
    prepare=prepare,
    examine=examine,
)
