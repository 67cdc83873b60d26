"""What a waiting time says in words, and what was verified about it.

The sentences are English templates with named parameters, and the message ids of the translations.
Numbers in them are raw; whoever shows a sentence writes them as its readers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from vliegwiel.science.kernel import Check, Outcome, Result

from .deriving import Trajectories
from .flows import flow
from .waiting_figures import WaitClock, WaitingFigure
from .waits import Waits

#: Code -> English sentence.
WAITING_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "median": (
            "Half of the youths start within %(days)s days (%(low)s to %(high)s days), "
            "counted from %(clock)s."
        ),
        "median_open": (
            "Half of the youths start within %(days)s days (at least %(low)s; how many at most "
            "cannot be told yet), counted from %(clock)s."
        ),
        "median_not_reached": (
            "Fewer than half of the youths have started within the %(followed)s days that they "
            "could be followed, counted from %(clock)s."
        ),
        "median_unknown": "There are no waits here of which the length can be told.",
        "norm": (
            "%(share)s per cent of the youths start within %(norm)s days (%(low)s to %(high)s per "
            "cent), counted from %(clock)s."
        ),
        "norm_unknown": (
            "Nobody could be followed for %(norm)s days: how many start within them cannot be told."
        ),
        "accounted": (
            "Each of the %(assignments)s assignments for care that were decided is waited for, or "
            "goes on with earlier help."
        ),
        "balance": ("Spells that began, less those that ended, are those that are open: %(open)s."),
    }
)

#: From where a clock runs, to be put in a sentence.
CLOCK_LABELS: Mapping[WaitClock, str] = MappingProxyType(
    {
        WaitClock.DECISION_TO_START: "the decision",
        WaitClock.AGREED_TO_START: "the day that was agreed",
        WaitClock.REQUEST_TO_START: "the request of the provider",
    }
)


def median_result(figure: WaitingFigure) -> Result:
    """The median wait with its sentence, in days; ``clock`` in it is a key of the labels."""
    found = figure.median
    params: dict[str, float | str] = {"clock": CLOCK_LABELS[figure.clock]}
    if figure.waits == 0:
        code, params = "median_unknown", {}
    elif found.value is None:
        code = "median_not_reached"
        params["followed"] = figure.curve.followed or 0.0
    else:
        code = "median" if found.high is not None else "median_open"
        params["days"] = found.value
        params["low"] = found.value if found.low is None else found.low
        if found.high is not None:
            params["high"] = found.high
    return Result(
        value=found.value,
        low=found.low,
        high=found.high,
        unit="days",
        code=code,
        template=WAITING_SENTENCES[code],
        params=params,
    )


def norm_result(figure: WaitingFigure) -> Result | None:
    """The share that starts within the norm with its sentence; None when no norm was given."""
    found = figure.within_norm
    if found is None or figure.norm_days is None:
        return None
    params: dict[str, float | str] = {"norm": float(figure.norm_days)}
    code = "norm_unknown"
    if found.value is not None and found.low is not None and found.high is not None:
        code = "norm"
        params |= {
            "share": 100.0 * found.value,
            "low": 100.0 * found.low,
            "high": 100.0 * found.high,
            "clock": CLOCK_LABELS[figure.clock],
        }
    return Result(
        value=found.value,
        low=found.low,
        high=found.high,
        unit="share",
        code=code,
        template=WAITING_SENTENCES[code],
        params=params,
    )


def checks_of(found: Trajectories, waits: Waits) -> tuple[Check, ...]:
    """Laws that waits and spells must obey; a failure is a defect, never the fault of messages."""
    every = [
        key
        for key, item in found.assignments.items()
        if item.decided <= waits.on and found.forms.is_care(item.form)
    ]
    accounted = [key for wait in waits.waits for key in wait.assignments]
    accounted += waits.continuations
    passed = sorted(accounted) == sorted(every)
    counted = flow(found.spells, date.min.replace(day=2), waits.on)
    balanced = counted.begun - counted.ended == counted.still_open
    return (
        _check("accounted", passed, assignments=float(len(every))),
        _check("balance", balanced, open=float(counted.still_open)),
    )


def _check(code: str, passed: bool, **params: float | str) -> Check:
    outcome = Outcome.PASSED if passed else Outcome.FAILED
    return Check(code, outcome, WAITING_SENTENCES[code], params)
