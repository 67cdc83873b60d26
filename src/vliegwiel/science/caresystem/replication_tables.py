"""What each replication told, before it becomes a band: for who wants another statistic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ensemble import Chunk, ForecastPlan
from .measures import ALL, MEASURES
from .replicated import Replicated

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReplicationTable:
    """One measure by replication, month and care type.

    Attributes:
        measure: one of MEASURES, in its unit there.
        first: number of the first replication in the table; ``draws`` of the plan tells what the
            assumed numbers of a replication were.
        care_types: the columns: the ids of the care types, and all together.
        baseline: shape (replications, months, columns); not a number where the model cannot tell.
        scenario: the same with the scenario, None without one. Replications are the same in both:
            their difference is what the scenario does.
    """

    measure: str
    first: int
    care_types: tuple[str, ...]
    baseline: Floats
    scenario: Floats | None


def by_replication(plan: ForecastPlan, chunk: Chunk) -> Iterator[ReplicationTable]:
    """The measures of the replications of one chunk, one measure in memory after another.

    Raises:
        ValueError: when the chunk belongs to another plan.
    """
    if chunk.plan_hash != plan.hash:
        raise ValueError("the chunk belongs to another plan")
    counts, columns = Replicated(plan, (chunk,)), (*plan.whole.care_type_ids, ALL)
    for name in MEASURES:
        months = list(counts.by_month(name))
        baseline = np.concatenate([part for part, _other in months], axis=1)
        changed = [other for _part, other in months if other is not None]
        scenario = np.concatenate(changed, axis=1) if changed else None
        yield ReplicationTable(name, chunk.first, columns, baseline, scenario)
