"""What each municipality would see of a replication, month by month, with and without a scenario.

For whoever asks what could be measured in a region: these are numbers that municipalities have of
their own, of both sides of the comparison, in which youths share their fates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .compiling import Arm, compile_many
from .ensemble import ForecastPlan
from .frames import Frame
from .measuring import care_days_by_group, cost_by_group, month_lengths
from .parameters import Values
from .workspace import Counts, Workspace

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """One side of a replication, by month, municipality and care type: shape (M, J, n).

    Attributes:
        arrivals, starts, ends, leaving: youths who came, started, ended and stopped waiting.
        wait_sum: days waited by those who started.
        within_norm: starts after a wait within the norm.
        care_days, waiting_days: days in care and days waited in the month, summed over youths.
        cost: euro.
        residents: youths who live in each municipality, in this replication; shape (J,).
    """

    arrivals: Floats
    starts: Floats
    ends: Floats
    leaving: Floats
    wait_sum: Floats
    within_norm: Floats
    care_days: Floats
    waiting_days: Floats
    cost: Floats
    residents: Floats


def count_by_municipality(
    plan: ForecastPlan, replications: Sequence[int], values: Values | None = None
) -> Iterator[tuple[MonthlyCounts, ...]]:
    """Simulate both arms of some replications and count by municipality.

    Args:
        plan: with ``by_municipality``.
        replications: their numbers; compiled together, which takes a fraction of one by one.
        values: of every address the value in each of them; what they draw themselves when None.

    Returns:
        Of each replication the baseline and, when the plan has one, the scenario, as they are done.

    Raises:
        ValueError: when the plan does not tell municipalities apart.
    """
    if not plan.by_municipality:
        raise ValueError("the plan does not tell municipalities apart")
    if values is None:
        values = plan.derivations.values_of_many(plan.draws_of(replications), len(replications))
    shares = np.stack([values[f"municipalities.{m.code}"] for m in plan.system.municipalities])
    residents = (values["youths"] * shares / shares.sum(axis=0)).T
    compiled = compile_many(plan.system, plan.scenario, plan.frame, values)
    return (
        tuple(
            _count(plan.frame, arm, Workspace(arm.network).simulate(plan.key(replication)), living)
            for arm in arms
            if arm is not None
        )
        for replication, living, arms in zip(replications, residents, compiled, strict=True)
    )


def _count(found: Frame, arm: Arm, counts: Counts, residents: Floats) -> MonthlyCounts:
    """What is counted in the months that are told of."""
    told = slice(found.warm_up, None)

    def by_municipality(by_group: Floats) -> Floats:
        return found.over_municipalities(by_group, axis=1)

    def named(name: str) -> Floats:
        return by_municipality(counts.named(name))

    joined = named("arrivals") - named("starts") - named("leaving")
    first = named("still_waiting").sum(axis=0) - joined.sum(axis=0)
    waiting = first + np.cumsum(joined, axis=0) - joined
    late = named("arrivals_left") - named("starts_left") - named("leaving_left")
    return MonthlyCounts(
        arrivals=named("arrivals")[told],
        starts=named("starts")[told],
        ends=named("ends")[told],
        leaving=named("leaving")[told],
        wait_sum=named("wait_sum")[told],
        within_norm=named("within_norm")[told],
        care_days=by_municipality(care_days_by_group(arm, counts))[told],
        waiting_days=(waiting * month_lengths(arm)[:, None, None] + late)[told],
        cost=by_municipality(cost_by_group(arm, counts))[told],
        residents=residents,
    )
