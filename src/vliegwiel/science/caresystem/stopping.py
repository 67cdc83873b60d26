"""How many replications are enough: until what is asked is known as precisely as is asked.

After a number of replications the interval of the middle of the quantity is looked at; when it is
too wide there are half as many again. The numbers at which it is looked at are fixed beforehand, so
that the same seed stops at the same replication however the work is divided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Check, Outcome

from .ensemble import Chunk, ForecastPlan, run_chunk
from .forecast import Forecast
from .intervals import KNOWN, share_known
from .measures import ALL, MEASURES
from .model import CareSystem
from .replicated import Replicated
from .scenario import Scenario
from .sentences import SENTENCES
from .set_aside import kept_chunks
from .summary import summarise

#: Replications done between two reports of progress.
_PIECE = 100
#: How sure it is that the middle lies within its interval.
_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Precision:
    """What is to be known, and how well.

    Attributes:
        half_width: of the 95 per cent interval of the middle, in the unit of the measure.
        measure: one of MEASURES; with a scenario its change is meant.
        care_type: an id, ``all``, or None for the focus of the scenario.
        least: replications before the first look, at least 20.

    Raises:
        ValueError: when a number lies outside these bounds or there is no such measure.
    """

    half_width: float
    measure: str = "waiting_time"
    care_type: str | None = None
    least: int = 50

    def __post_init__(self) -> None:
        if not self.half_width > 0:
            raise ValueError("the half width must be above zero")
        if self.least < 20:
            raise ValueError("there must be at least 20 replications before the first look")
        if self.measure not in MEASURES:
            raise ValueError(f"there is no measure {self.measure}")


def looks(precision: Precision, most: int) -> Iterator[int]:
    """The numbers of replications at which the interval is looked at; the last is the most."""
    done = min(precision.least, most)
    while done < most:
        yield done
        done += done // 2
    yield most


def half_width(plan: ForecastPlan, chunks: Sequence[Chunk], asked: Precision) -> float:
    """Half the width of the interval of the middle, after the replications of the plan.

    The interval holds the median whatever the distribution: it runs from one order statistic to
    another (Conover, Practical Nonparametric Statistics, section 3.2). Infinite where fewer than
    20 replications have a value, or a smaller share of them than :data:`.intervals.KNOWN`.

    Raises:
        ValueError: when chunks are missing, double or of another plan, or there is no such care
            type.
    """
    columns = (*plan.whole.care_type_ids, ALL)
    focus = plan.scenario.focus if plan.scenario is not None else None
    column = columns.index(asked.care_type or focus or ALL)
    counts = Replicated.of(plan, chunks)
    baseline, scenario = counts.in_period(asked.measure)
    values = baseline[:, column] if scenario is None else (scenario - baseline)[:, column]
    if share_known(values) < KNOWN:
        return float("inf")
    return _half_width(np.sort(values[np.isfinite(values)]))


def _half_width(ordered: NDArray[np.float64]) -> float:
    count = len(ordered)
    if count < 20:
        return float("inf")
    # Late, as only a run with a precision comes here.
    from scipy.special import bdtr  # noqa: PLC0415

    # The smallest number of successes whose probability, with all smaller ones, reaches the level.
    # From the distribution itself: to load a whole library of them takes half a second.
    reached = bdtr(np.arange(count, dtype=np.float64), count, 0.5)
    below = int(np.searchsorted(reached, (1 - _LEVEL) / 2)) - 1
    return float(ordered[count - 1 - below] - ordered[below]) / 2


def forecast(
    system: CareSystem,
    scenario: Scenario | None = None,
    *,
    months: int = 60,
    replications: int = 200,
    seed: int = 1,
    threads: int = 1,
    by_municipality: bool = False,
    precision: Precision | float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Forecast:
    """Forecast a care system, with a scenario beside its baseline when there is one.

    Args:
        months: from the start of the care system.
        replications: each draws the assumed numbers anew; with a precision the most there may be.
        seed: the same seed gives the same forecast.
        threads: replications at once; they do not change the result.
        by_municipality: whether to tell of each municipality as well.
        precision: stop as soon as the quantity is known this well; a number means days of waiting
            in the focus of the scenario.
        progress: called with how many replications are done and how many there are; what it raises
            stops the work and passes through.

    Raises:
        ValueError: when a number lies outside its bounds, see :class:`ForecastPlan`.
    """
    plan = ForecastPlan(system, scenario, months, replications, seed, by_municipality)
    asked = Precision(precision) if isinstance(precision, (int, float)) else precision
    with kept_chunks() as chunks:
        for wanted in (replications,) if asked is None else looks(asked, replications):
            done = chunks[-1].last if chunks else 0
            for first in range(done, wanted, _PIECE):
                last = min(first + _PIECE, wanted)
                chunks.add(run_chunk(plan, first, last, threads))
                if progress is not None:
                    progress(last, replications)
            reached = replace(plan, replications=wanted)
            if asked is None:
                break
            width = half_width(reached, chunks, asked)
            if width <= asked.half_width:
                break
        if asked is None:
            return summarise(plan, chunks)
        return summarise(reached, chunks, precision_check(asked, width, reached.replications))


def precision_check(asked: Precision, width: float, replications: int) -> Check:
    """Says after how many replications it was as precise as asked, or that it was not."""
    enough = width <= asked.half_width
    code = "precise_enough" if enough else "not_precise_enough"
    words: dict[str, float | str] = {
        "width": width, "asked": asked.half_width, "replications": str(replications),
    }  # fmt: skip
    outcome = Outcome.PASSED if enough else Outcome.INFORMATIVE
    return Check(code, outcome, SENTENCES[code], words)
