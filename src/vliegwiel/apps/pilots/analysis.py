"""From a registered plan and arrays of measurements to an effect, its sequence and the verdict.

No models here: the queries bring the plan and the arrays.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.evidence.effects import Better as Way
from vliegwiel.science.evidence.effects import (
    Effect,
    EffectTable,
    Labels,
    Lot,
    Measure,
    Question,
    Role,
    effect_of,
    table_of,
)
from vliegwiel.science.evidence.grading import MarylandGrade, maryland
from vliegwiel.science.evidence.monitoring import LEAST_PERSONS, Monitored, monitor_estimates
from vliegwiel.science.evidence.verdicts import Decision, RegisteredPlan, decide, findings_of
from vliegwiel.science.kernel import DocumentError, Fault

from .vocabulary import ASKS, DesignId

#: Looks that are shown, and how many of a table that is so large that a look takes seconds.
MOST_LOOKS, LOOKS_OF_LARGE, LARGE = 12, 3, 200_000

#: Code -> English sentence of what keeps a result from being given.
RESULT_FAULTS = {
    "nothing_measured": "nothing was measured yet.",
    "relevance_as_difference": (
        "this design gives a ratio, and the smallest effect that matters was registered as a "
        "difference. The effect is shown; a verdict cannot be given."
    ),
    "relevance_as_per_cent": (
        "this design gives a difference, and the smallest effect that matters was registered in "
        "per cent. The effect is shown; a verdict cannot be given."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredOutcome:
    """All that was registered and counts for the result of one outcome.

    Attributes:
        is_share: whether the indicator is a share (0 to 1), so that differences are told in points.
        of_persons: whether one unit is one person, so that means of few of them stay hidden.
    """

    name: str
    unit: str
    better: Literal["higher", "lower"]
    smallest_relevant: float
    relevant_per_cent: bool
    claim: Literal["any_effect", "relevant_effect"]
    design: str
    lot: str
    alpha: float
    tuning_size: int
    reach: Literal["own_region", "other_regions"]
    registered_on: date
    starts_on: date
    ends_on: date | None = None
    is_share: bool = False
    of_persons: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """Current measurements as arrays of one length; groups by their number in the lists.

    Attributes:
        names, treated, starts: of each group: name, whether it has the initiative, and its start.
        group: numbers of groups. unit: which of its names. day, moment: days.
        size, baseline: NaN where not said. ended: 1, 0, or -1 where not said.
    """

    names: tuple[str, ...]
    treated: tuple[bool, ...]
    starts: tuple[date | None, ...]
    group: NDArray[np.int64]
    unit: Labels
    day: NDArray[np.datetime64]
    moment: NDArray[np.datetime64]
    value: NDArray[np.float64]
    size: NDArray[np.float64]
    baseline: NDArray[np.float64]
    ended: NDArray[np.int64]

    def until(self, day: np.datetime64) -> Measured:
        """What was measured up to and including a day."""
        kept = self.day <= day
        names = ("group", "day", "moment", "value", "size", "baseline", "ended")
        parts = {name: getattr(self, name)[kept] for name in names}
        return replace(self, unit=self.unit.only(kept), **parts)


@dataclass(frozen=True, slots=True)
class Found:
    """What an outcome shows at this moment.

    Attributes:
        effect: by the registered design; None while it cannot be computed, see ``faults``.
        grade: how strong the design is; None without an effect.
        monitored: the interval that holds at any look; None where the design has no error.
        decision: the verdict by the registered rule; None without an effect, or when the effect
            does not stand in the unit of what was registered as mattering.
        look_days: last day of each look of ``monitored``.
        rows: measurements that count, and ``since`` those since the start.
    """

    effect: Effect | None
    grade: MarylandGrade | None
    monitored: Monitored | None
    decision: Decision | None
    look_days: tuple[date, ...]
    rows: int
    since: int
    first_measured_on: date | None
    faults: tuple[Fault, ...]


def result_of(plan: RegisteredOutcome, measured: Measured) -> Found:
    """The effect by the registered design, the sequence that holds at any look, and the verdict.

    The sequence takes the effect with its standard error at the end of each of the last months with
    measurements since the start, on the scale that adds up; before enough is measured a look has no
    interval. Nothing but the registered plan and the measurements decides the verdict.
    """
    since = measured.day >= np.datetime64(plan.starts_on)
    rows, later = len(measured.value), int(since.sum())
    if later == 0:
        return Found(None, None, None, None, (), rows, 0, None, (_fault("nothing_measured"),))
    first = cast(date, measured.day[since].min().astype(object))
    looks = _effects(plan, measured, since)
    _day, _size, latest = looks[-1]
    if isinstance(latest, DocumentError):
        return Found(None, None, None, None, (), rows, later, first, latest.faults)
    grade = maryland(latest.grading)
    usable = [(day, size, one) for day, size, one in looks if isinstance(one, Effect)]
    monitored = _monitored(plan, usable)
    fault = _other_scale(plan, latest)
    decision = None
    if fault is None:
        found = findings_of(
            latest,
            maryland=grade.level,
            at_registered_end=False,
            first_measured_on=first,
            monitored=monitored,
        )
        decision = decide(_rule(plan), found)
    days = tuple(day for day, _size, _effect in usable) if monitored is not None else ()
    faults = () if fault is None else (fault,)
    return Found(latest, grade, monitored, decision, days, rows, later, first, faults)


def _effects(
    plan: RegisteredOutcome, measured: Measured, since: NDArray[np.bool_]
) -> list[tuple[date, int, Effect | DocumentError]]:
    """Last day, measurements since the start, and the effect at each look, or why there is none."""
    months = np.unique(measured.day[since].astype("datetime64[M]"))
    most = LOOKS_OF_LARGE if len(measured.value) > LARGE else MOST_LOOKS
    question = Question(
        measure=Measure(outcome=plan.name, unit=plan.unit, better=Way(plan.better)),
        design=plan.design,
        lot=Lot(plan.lot),
        level=1.0 - plan.alpha,
        start=_start(plan),
    )
    found: list[tuple[date, int, Effect | DocumentError]] = []
    for month in months[-most:]:
        last = (month + 1).astype("datetime64[D]") - 1
        part = measured.until(last)
        size = int((since & (measured.day <= last)).sum())
        try:
            effect: Effect | DocumentError = effect_of(_table(plan, part), question)
        except DocumentError as error:
            effect = error
        found.append((cast(date, part.day.max().astype(object)), size, effect))
    return found


def _start(plan: RegisteredOutcome) -> str | None:
    """The start of a series or of before and after, which their tables do not say."""
    alone = plan.design in (DesignId.INTERRUPTED, DesignId.BEFORE_AFTER)
    return plan.starts_on.strftime("%Y-%m") if alone else None


def _table(plan: RegisteredOutcome, measured: Measured) -> EffectTable:
    """The measurements by the roles that the registered design reads."""
    asks = ASKS[DesignId(plan.design)]
    treated = np.array(measured.treated, dtype=bool)[measured.group]
    columns: dict[Role, NDArray[Any] | Labels] = {Role.UNIT: measured.unit}
    if plan.design == DesignId.SURVIVAL:
        columns |= {Role.TIME: measured.value, Role.EVENT: (measured.ended == 1).astype(np.int64)}
    else:
        columns[Role.OUTCOME] = measured.value
    if asks.grouped:
        columns[Role.CLUSTER] = np.array(measured.names, dtype=object)[measured.group]
    if asks.by_month:
        columns[Role.PERIOD] = np.datetime_as_string(measured.moment, unit="M").astype(object)
        if asks.grouped:
            columns[Role.START] = _starts(plan, measured)[measured.group]
    else:
        columns[Role.TREATED] = treated.astype(np.int64)
    if np.isfinite(measured.size).all():
        columns[Role.SIZE] = measured.size
    if np.isfinite(measured.baseline).all() and not asks.by_month:
        columns[Role.BASELINE] = measured.baseline
    return table_of(columns)


def _starts(plan: RegisteredOutcome, measured: Measured) -> NDArray[np.object_]:
    return np.array(
        [
            (start or plan.starts_on).strftime("%Y-%m") if treated else "never"
            for start, treated in zip(measured.starts, measured.treated, strict=True)
        ],
        dtype=object,
    )


def _monitored(plan: RegisteredOutcome, looks: list[tuple[date, int, Effect]]) -> Monitored | None:
    if any(effect.error is None or not effect.error > 0 for _day, _size, effect in looks):
        return None
    estimates, errors, degrees = [], [], []
    for _day, size, effect in looks:
        estimates.append(math.log(effect.estimate) if effect.is_ratio else effect.estimate)
        error = math.inf if effect.error is None or size < LEAST_PERSONS else effect.error
        errors.append(error)
        degrees.append(effect.freedom if effect.freedom is not None else math.inf)
    return monitor_estimates(
        estimates,
        errors,
        [size for _day, size, _effect in looks],
        tuning_size=plan.tuning_size,
        alpha=plan.alpha,
        degrees=degrees if np.isfinite(degrees).all() else None,
    )


def _rule(plan: RegisteredOutcome) -> RegisteredPlan:
    relevant = plan.smallest_relevant
    return RegisteredPlan(
        outcome=plan.name,
        better=plan.better,
        smallest_relevant=math.log1p(relevant / 100) if plan.relevant_per_cent else relevant,
        alpha=plan.alpha,
        design=plan.design,
        registered_on=plan.registered_on,
        claim=plan.claim,
        tuning_size=plan.tuning_size,
        reach=plan.reach,
    )


def _other_scale(plan: RegisteredOutcome, effect: Effect) -> Fault | None:
    if effect.is_ratio is plan.relevant_per_cent:
        return None
    return _fault("relevance_as_difference" if effect.is_ratio else "relevance_as_per_cent")


def _fault(code: str, words: Mapping[str, str] | None = None) -> Fault:
    return Fault("", code, RESULT_FAULTS[code], words or {})
