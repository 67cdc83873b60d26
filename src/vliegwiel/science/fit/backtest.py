"""Was it any good: fit to the first part, forecast the rest, and compare with simple forecasts.

What was fitted to is cut at a day, so that nothing of it depends on what was seen later; the months
after it are compared by number of arrivals, and of who waits and is in care at the end of a month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import BAND, MEASURED, ForecastPlan, run_chunk
from vliegwiel.science.kernel import Check, Month, Outcome, crps, within

from .background import Background
from .fitting import FittedSystem, fit_care_system
from .sentences import told
from .simple import simple_forecasts
from .visits import Presence, Visits, presence

Floats: TypeAlias = NDArray[np.float64]
Measure: TypeAlias = Literal["arrivals", "waiting", "in_care"]

COMPARED: tuple[Measure, ...] = ("arrivals", "waiting", "in_care")
#: Name of the forecast that is tested, beside those of :mod:`.simple`.
MODEL = "model"
#: Share of what happened that must lie in the 80 per cent band for a passed check.
_FITTING = (0.65, 0.95)


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
    """One measure of one care type: what happened by month, the band of the model, and scores."""

    measure: Measure
    care_type: str
    happened: tuple[float, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    scores: Mapping[str, Score]

    @property
    def tells(self) -> bool:
        """Whether a forecast could have been wrong: something changed, or was expected to."""
        numbers = {*self.happened, *self.low, *self.high}
        return len(numbers) > 1

    @property
    def best_simple(self) -> float:
        """The lowest score of the simple forecasts."""
        return min(score.crps for name, score in self.scores.items() if name != MODEL)


@dataclass(frozen=True, slots=True)
class BackTest:
    """What came of a forecast of months that were held back.

    ``rows`` leaves out what could not be wrong, such as waiting where nobody ever does. ``unseen``
    are care types that nobody had come to before ``cut``; they are not compared. ``hidden`` are
    rows that count in what holds of all, but are not shown.
    """

    cut: date
    months: tuple[date, ...]
    fitted: FittedSystem
    rows: tuple[BackTestRow, ...]
    unseen: tuple[str, ...]
    checks: tuple[Check, ...]
    hidden: tuple[BackTestRow, ...] = ()

    @property
    def covered(self) -> float:
        """Share of all that happened that lay within the band of the model."""
        return float(np.mean([row.scores[MODEL].covered for row in self._every]))

    @property
    def better(self) -> int:
        """Number of rows for which the model was closer than every simple forecast."""
        return sum(row.scores[MODEL].crps < row.best_simple for row in self._every)

    @property
    def _every(self) -> tuple[BackTestRow, ...]:
        return (*self.rows, *self.hidden)


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
    fitted = fit_care_system(seen, background, grace=grace)
    forecast = _forecast(fitted, months, replications, seed, threads)
    names = fitted.system.care_type_ids
    happened = presence(visits, ahead)
    before = presence(seen, _inside(past, seen))
    rows = [
        _row(
            measure,
            name,
            _of(happened, measure)[:, visits.care_types.index(name)],
            forecast[measure][:, :, column],
            _of(before, measure)[:, seen.care_types.index(name)],
        )
        for column, name in enumerate(names)
        for measure in COMPARED
    ]
    came = {visits.care_types[i] for i in np.flatnonzero(happened.arrivals.sum(axis=0))}
    made = BackTest(
        cut,
        tuple(month.first_day for month in ahead),
        fitted,
        tuple(row for row in rows if row.tells),
        tuple(sorted(came - set(names))),
        (),
    )
    return _with_checks(made)


def _inside(past: Sequence[Month], seen: Visits) -> list[Month]:
    own = set(seen.months)
    return [month for month in past if month in own]


def _of(counted: Presence, measure: Measure) -> Floats:
    found: Floats = getattr(counted, measure)
    return found


def _forecast(
    fitted: FittedSystem, months: int, replications: int, seed: int, threads: int
) -> dict[Measure, Floats]:
    """By measure the replications of the forecast, shape (replications, months, care types)."""
    plan = ForecastPlan(fitted.system, months=months, replications=replications, seed=seed)
    measured = run_chunk(plan, 0, replications, threads).measured[:, 0]
    return {name: measured[:, MEASURED.index(name)].astype(np.float64) for name in COMPARED}


def _row(
    measure: Measure, care_type: str, happened: Floats, model: Floats, past: Floats
) -> BackTestRow:
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
    )


def _score(samples: Floats, happened: Floats) -> Score:
    middle = np.median(samples, axis=0)
    covered = float(np.mean(within(samples, happened))) if len(samples) > 1 else None
    return Score(
        error=float(np.abs(middle - happened).mean()),
        crps=float(crps(samples, happened).mean()),
        covered=covered,
    )


def _with_checks(made: BackTest) -> BackTest:
    few, many = _FITTING
    better, covered = made.better, made.covered
    won = Outcome.PASSED if 2 * better > len(made.rows) else Outcome.FAILED
    fits = Outcome.PASSED if few <= covered <= many else Outcome.FAILED
    checks = (
        told("model_better", won, months=len(made.months), better=better, all=len(made.rows)),
        told("coverage", fits, covered=100.0 * covered),
    )
    return BackTest(made.cut, made.months, made.fitted, made.rows, made.unseen, checks)
