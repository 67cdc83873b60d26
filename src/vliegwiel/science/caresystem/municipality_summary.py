"""The water bed by municipality, and what each pays; of plans that count by municipality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .forecast_rows import Compared, MunicipalityCost, MunicipalityRow, Verdict
from .intervals import compared
from .measures import with_all
from .replicated import Replicated
from .spans import year_starts
from .verdicts import verdict

Floats = NDArray[np.float64]

_TOLD = (
    "arrivals", "starts", "waiting_time", "share_within_norm", "waiting_list", "in_care", "cost",
)  # fmt: skip


def municipality_rows(counts: Replicated, columns: Sequence[str]) -> tuple[MunicipalityRow, ...]:
    """Each municipality and care type in the last period; empty unless they were counted."""
    if not counts.plan.by_municipality:
        return ()
    baseline, scenario = counts.municipalities()
    told = {
        name: compared(baseline.measure(name), scenario.measure(name) if scenario else None)
        for name in _TOLD
    }
    return tuple(
        MunicipalityRow(
            code=municipality.code,
            name=municipality.name,
            care_type=column,
            verdict=_verdict(Compared(*told["waiting_time"][m, i])),
            **{name: Compared(*found[m, i]) for name, found in told.items()},
        )
        for m, municipality in enumerate(counts.plan.system.municipalities)
        for i, column in enumerate(columns)
    )


def _verdict(waiting_time: Compared) -> Verdict | None:
    return None if waiting_time.difference is None else verdict(waiting_time.difference)


def municipality_costs(counts: Replicated, columns: Sequence[str]) -> tuple[MunicipalityCost, ...]:
    """Cost of each municipality by calendar year, and over all months last."""
    if not counts.plan.by_municipality:
        return ()
    return tuple(
        MunicipalityCost(municipality.code, municipality.name, column, year, months, *found[m, i])
        for year, months, cost in _periods(counts)
        for found in [compared(cost[:, 0], cost[:, 1] if counts.paired else None)]
        for m, municipality in enumerate(counts.plan.system.municipalities)
        for i, column in enumerate(columns)
    )


def _periods(counts: Replicated) -> Iterator[tuple[int | None, int, Floats]]:
    """Each calendar year and then all: its months, and cost by replication, arm, municipality."""
    months = counts.plan.frame.told
    starts, spans = year_starts(months), counts.plan.spans.starts
    cost = with_all(counts.municipal_costs())
    for start, end in zip(starts, (*starts[1:], len(months)), strict=True):
        inside = (spans >= start) & (spans < end)
        yield months[start].year, int(end - start), cost[:, :, inside].sum(axis=2)
    yield None, len(months), cost.sum(axis=2)
