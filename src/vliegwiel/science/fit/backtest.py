"""Was it any good: fit to the first part, forecast the rest, and compare with simple forecasts.

What was fitted to is cut at a day, so that nothing of it depends on what was seen later; the months
after it are compared by number of arrivals, and of who waits and is in care at the end of a month.

Two care systems are tested: the one that is told, without small counts, and the one that the same
estimates give with exact counts. The first tells what a forecast is worth, the second how good the
fit itself is. Of the second only scores are kept, and :mod:`.shown_rows` takes those away too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import (
    BAND,
    MEASURED,
    CareSystem,
    DocumentError,
    ForecastPlan,
    run_chunk,
)
from vliegwiel.science.kernel import Check, Month, Outcome, crps, within
from vliegwiel.science.yardstick import LEAST_SHOWN

from .background import Background
from .document import write_system
from .estimates import Estimates
from .fitting import FittedSystem, exact_estimates, told_system
from .sentences import told
from .simple import simple_forecasts
from .small_counts import digits_of
from .visits import Presence, Visits, presence

Floats: TypeAlias = NDArray[np.float64]
Measure: TypeAlias = Literal["arrivals", "waiting", "in_care"]

COMPARED: tuple[Measure, ...] = ("arrivals", "waiting", "in_care")
#: Name of the forecast that is tested, beside those of :mod:`.simple`.
MODEL = "model"
#: Share of what happened that must lie in the 80 per cent band for a passed check.
_FITTING = (0.65, 0.95)
#: What holds of all is told as a percentage, so rough that no row can be worked out.
_COVERED_STEP, _ERRORS_STEP = 5, 10
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Score:
    """How far a forecast was off, over the months that were held back.

    ``error`` is the mean absolute error of the middle, ``crps`` the mean score of the whole
    forecast, both in youths; ``covered`` the share of months within the 80 per cent band, None for
    a forecast that is a single number.
    """

    error: float
    crps: float
    covered: float | None


@dataclass(frozen=True, slots=True)
class BackTestRow:
    """One measure of one care type: what happened by month, the band of the model, and scores.

    ``exact`` is the score of the model with exact counts; None where there is no such model, and in
    all that is shown.
    """

    measure: Measure
    care_type: str
    happened: tuple[float, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    scores: Mapping[str, Score]
    exact: Score | None

    @property
    def small(self) -> bool:
        """Whether there was a count in it that may not be told."""
        return min(self.happened) < LEAST_SHOWN

    @property
    def tells(self) -> bool:
        """Whether a forecast could have been wrong: something changed, or was expected to."""
        numbers = {*self.happened, *self.low, *self.high}
        return len(numbers) > 1

    @property
    def best_simple(self) -> float:
        """The lowest score of the simple forecasts."""
        return min(score.crps for name, score in self.scores.items() if name != MODEL)

    @property
    def closer(self) -> bool:
        """Whether the model was closer than every simple forecast, in the digits that are told."""
        return told_score(self.scores[MODEL].crps) < told_score(self.best_simple)


@dataclass(frozen=True, slots=True)
class BackTest:
    """What came of a forecast of months that were held back.

    ``rows`` leaves out what could not be wrong, such as waiting where nobody ever does. ``unseen``
    are care types that nobody had come to before ``cut``; they are not compared. ``hidden`` are
    rows that count in what holds of all, but are not shown; ``left_out`` is the number of rows that
    do not count either.
    """

    cut: date
    months: tuple[date, ...]
    fitted: FittedSystem
    rows: tuple[BackTestRow, ...]
    unseen: tuple[str, ...]
    checks: tuple[Check, ...]
    hidden: tuple[BackTestRow, ...] = ()
    left_out: int = 0

    @property
    def every(self) -> tuple[BackTestRow, ...]:
        """All rows that count."""
        return (*self.rows, *self.hidden)

    @property
    def covered(self) -> float:
        """Share of all that happened that lay within the band, to the nearest five per cent."""
        if not self.every:
            return 0.0
        inside = float(np.mean([row.scores[MODEL].covered for row in self.every]))
        return _percent(inside, _COVERED_STEP) / 100

    @property
    def better(self) -> int:
        """Number of rows for which the model was closer than every simple forecast."""
        return sum(row.closer for row in self.every)


def back_test(
    visits: Visits,
    background: Background,
    *,
    months: int = 12,
    replications: int = 200,
    seed: int = 1,
    grace: float = 0.0,
    threads: int = 1,
    known: Visits | None = None,
) -> BackTest:
    """Fit to all but the last months, forecast those, and score the forecast.

    Args:
        visits: what happened.
        months: how many are held back.
        known: what was known at the begin of the first of these months, when that was less than
            what ``visits`` say of the time before: messages come late.

    Raises:
        ValueError: when too little is left, or ``known`` ends on another day.
        DocumentError: as :func:`.fitting.fit_care_system`.
    """
    every = visits.months
    if not 1 <= months < len(every):
        raise ValueError(f"of {len(every)} months no {months} can be held back")
    past, ahead = every[:-months], every[-months:]
    cut = ahead[0].first_day
    seen = visits.before(cut) if known is None else known
    if seen.end != cut:
        raise ValueError("what was known must end where the forecast begins")
    estimates = exact_estimates(seen, grace=grace)
    fitted = told_system(estimates, background)
    exact_system = _exact_system(estimates, background)
    plan = partial(ForecastPlan, months=months, replications=replications, seed=seed)
    forecast = _forecast(plan(fitted.system), threads)
    exact = _forecast(plan(exact_system), threads) if exact_system else {}
    names = fitted.system.care_type_ids
    happened = presence(visits, ahead)
    before = presence(seen, _inside(past, seen))
    rows = [
        row_of(
            measure,
            name,
            _of(happened, measure)[:, visits.care_types.index(name)],
            _of(before, measure)[:, seen.care_types.index(name)],
            model=forecast[measure][:, :, column],
            exact=exact[measure][:, :, column] if exact else None,
        )
        for column, name in enumerate(names)
        for measure in COMPARED
    ]
    came = {visits.care_types[i] for i in np.flatnonzero(happened.arrivals.sum(axis=0))}
    telling = tuple(row for row in rows if row.tells)
    days = tuple(month.first_day for month in ahead)
    return with_checks(BackTest(cut, days, fitted, telling, tuple(sorted(came - set(names))), ()))


def _exact_system(found: Estimates, background: Background) -> CareSystem | None:
    """The care system with exact counts, None where it cannot be one; nobody gets to see it."""
    try:
        return write_system(found, background)[0]
    except DocumentError:
        return None


def _inside(past: Sequence[Month], seen: Visits) -> list[Month]:
    own = set(seen.months)
    return [month for month in past if month in own]


def _of(counted: Presence, measure: Measure) -> Floats:
    found: Floats = getattr(counted, measure)
    return found


def _forecast(plan: ForecastPlan, threads: int) -> dict[Measure, Floats]:
    """By measure the replications of the forecast, shape (replications, months, care types)."""
    measured = run_chunk(plan, 0, plan.replications, threads).measured[:, 0]
    return {name: measured[:, MEASURED.index(name)].astype(np.float64) for name in COMPARED}


def row_of(
    measure: Measure,
    care_type: str,
    happened: Floats,
    past: Floats,
    *,
    model: Floats,
    exact: Floats | None,
) -> BackTestRow:
    """What happened to one number beside all its forecasts; ``exact`` is that with exact counts.

    Beside months that are told, the errors of simple forecasts would tell the small counts of the
    months before. There each of those counts as the most that it can have been, which brings simple
    forecasts closer, if anything.
    """
    if happened.min() >= LEAST_SHOWN:
        past = np.maximum(past, LEAST_SHOWN - 1.0)
    forecasts = {MODEL: model, **simple_forecasts(past, len(happened))}
    low, median, high = np.quantile(model, BAND, axis=0)
    return BackTestRow(
        measure=measure,
        care_type=care_type,
        happened=tuple(happened.tolist()),
        low=tuple(low.tolist()),
        median=tuple(median.tolist()),
        high=tuple(high.tolist()),
        scores={name: _score(samples, happened) for name, samples in forecasts.items()},
        exact=None if exact is None else _score(exact, happened),
    )


def told_score(score: float) -> float:
    """A score in the digits that may be told."""
    return digits_of(score, _DIGITS)


def _score(samples: Floats, happened: Floats) -> Score:
    middle = np.median(samples, axis=0)
    covered = float(np.mean(within(samples, happened))) if len(samples) > 1 else None
    return Score(
        error=float(np.abs(middle - happened).mean()),
        crps=float(crps(samples, happened).mean()),
        covered=covered,
    )


def with_checks(made: BackTest) -> BackTest:
    """With what its rows that count say of all of them together."""
    every = made.every
    if not every:
        return replace(made, checks=())
    few, many = _FITTING
    better, covered = made.better, made.covered
    won = Outcome.PASSED if 2 * better > len(every) else Outcome.FAILED
    fits = Outcome.PASSED if few <= covered <= many else Outcome.FAILED
    checks = [
        told("model_better", won, months=len(made.months), better=better, all=len(every)),
        told("coverage", fits, covered=100 * covered),
        *_errors("told_errors", every, [row.scores[MODEL] for row in every], Outcome.FAILED),
        *_errors("exact_errors", every, [row.exact for row in every], None),
        *_errors(
            "errors_of_few",
            made.hidden,
            [row.scores[MODEL] for row in made.hidden],
            Outcome.WARNING,
        ),
    ]
    return replace(made, checks=tuple(checks))


def _errors(
    code: str, rows: Sequence[BackTestRow], scores: Sequence[Score | None], worse: Outcome | None
) -> Iterator[Check]:
    """The scores of rows as a percentage of those of the best simple forecasts.

    ``worse`` is what it comes to when they are larger; as large, to the step that may be told, is
    neither passed nor failed.
    """
    known = [score.crps for score in scores if score is not None]
    simple = sum(row.best_simple for row in rows)
    if simple <= 0.0 or len(known) < len(rows):
        return
    percent = _percent(sum(known) / simple, _ERRORS_STEP)
    outcome = Outcome.INFORMATIVE
    if worse is not None and percent != 100:
        outcome = Outcome.PASSED if percent < 100 else worse
    yield told(code, outcome, percent=percent)


def _percent(share: float, step: int) -> int:
    return step * round(100.0 * share / step)
