"""What each municipality would see of a replication, month by month, with and without a scenario.

For whoever asks what could be measured in a region: these are numbers that municipalities have of
their own, of both sides of the comparison, in which youths share their fates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .compiling import Arm, compile_arms
from .ensemble import ForecastPlan
from .workspace import Counts, Workspace

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """One side of a replication, by month, municipality and care type: shape (M, G, n).

    Attributes:
        arrivals, starts, ends, leaving: youths who came, started, ended and stopped waiting.
        wait_sum: days waited by those who started.
        within_norm: starts after a wait within the norm.
        care_days, waiting_days: days in care and days waited in the month, summed over youths.
        cost: euro.
        residents: youths who live in each municipality, in this replication; shape (G,).
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
    plan: ForecastPlan, replication: int, values: Mapping[str, float] | None = None
) -> tuple[MonthlyCounts, ...]:
    """Simulate both arms of a replication and count by municipality.

    Args:
        plan: with ``by_municipality``.
        values: the value of every address; those that the replication itself draws when None.

    Returns:
        The baseline and, when the plan has one, the scenario.

    Raises:
        ValueError: when the plan does not tell municipalities apart.
    """
    if not plan.by_municipality:
        raise ValueError("the plan does not tell municipalities apart")
    if values is None:
        values = plan.derivations.values(plan.draws(replication))
    shares = np.array([values[f"municipalities.{m.code}"] for m in plan.system.municipalities])
    residents = values["youths"] * shares / shares.sum()
    key = plan.key(replication)
    arms = compile_arms(plan.system, plan.scenario, plan.frame, values)
    return tuple(
        _count(arm, Workspace(arm.network).simulate(key), residents)
        for arm in arms
        if arm is not None
    )


def _count(arm: Arm, counts: Counts, residents: Floats) -> MonthlyCounts:
    length = np.diff(arm.network.month_ends, prepend=0.0)[:, None, None]
    named = counts.named
    in_care = _present(named("census")[0], named("starts") - named("ends"))
    care_days = in_care * length + named("starts_left") - named("ends_left")
    joined = named("arrivals") - named("starts") - named("leaving")
    first = named("still_waiting").sum(axis=0) - joined.sum(axis=0)
    late = named("arrivals_left") - named("starts_left") - named("leaving_left")
    return MonthlyCounts(
        arrivals=named("arrivals"),
        starts=named("starts"),
        ends=named("ends"),
        leaving=named("leaving"),
        wait_sum=named("wait_sum"),
        within_norm=named("within_norm"),
        care_days=care_days,
        waiting_days=_present(first, joined) * length + late,
        cost=care_days * arm.cost_per_day + named("starts") * arm.cost_per_start,
        residents=residents,
    )


def _present(first: Floats, change: Floats) -> Floats:
    """Youths present at the begin of each month, from those at the start and the change in each."""
    present: Floats = first + np.cumsum(change, axis=0) - change
    return present
