"""The frame of a forecast: its months, and how far each change has come where and when.

An intervention has an exposure in each municipality and month, between 0 (not yet) and 1 (fully).
Municipalities with the same exposures form one group, unless each of them is to be counted by
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month, months_from

from .addresses import entries
from .model import CareSystem
from .scenario import Scenario, Stage, extended

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Frame:
    """What does not depend on drawn values: months, groups and exposures.

    Attributes:
        months: the months of the forecast.
        exposure: of each intervention, shape (K, M, G).
        group_of: group of each municipality, in document order.
        row: row of parameters by month and group, shape (M, G).
        row_exposure: exposure of each intervention in a row, shape (R, K).
        limits: smallest and largest value of each address; a draw beyond stays at the limit.
    """

    months: tuple[Month, ...]
    exposure: Floats
    group_of: Ints
    row: Ints
    row_exposure: Floats
    limits: Mapping[str, tuple[float, float]]


def frame(
    system: CareSystem, scenario: Scenario | None, months: int, by_municipality: bool = False
) -> Frame:
    """Months, groups and exposures of a forecast.

    Args:
        by_municipality: every municipality is a group of its own, in document order, also where
            exposures are the same; counts by group are then counts by municipality.
    """
    span = months_from(Month.of(system.start), months)
    interventions = scenario.interventions if scenario is not None else ()
    codes = [municipality.code for municipality in system.municipalities]
    by_code = np.zeros((len(interventions), months, len(codes)))
    for k, intervention in enumerate(interventions):
        for j, code in enumerate(codes):
            for stage in intervention.stages:
                by_code[k, :, j] = np.maximum(by_code[k, :, j], _exposure(stage, code, span))
    first, group_of = _groups(by_code, by_municipality)
    exposure = by_code[:, :, first]
    cells = np.moveaxis(exposure, 0, -1).reshape(months * len(first), len(interventions))
    row_exposure, row = np.unique(cells, axis=0, return_inverse=True)
    return Frame(
        months=span,
        exposure=exposure,
        group_of=group_of,
        row=row.reshape(months, len(first)).astype(np.int64),
        row_exposure=row_exposure,
        limits={e.address: (e.least, e.most) for e in entries(extended(system, scenario))},
    )


def _groups(by_code: Floats, by_municipality: bool) -> tuple[Ints, Ints]:
    """The first municipality of each group, and the group of each municipality."""
    codes = by_code.shape[2]
    if by_municipality:
        return np.arange(codes), np.arange(codes)
    profiles = by_code.reshape(-1, codes).T
    found = np.unique(profiles, axis=0, return_index=True, return_inverse=True)
    return found[1].astype(np.int64), found[2].reshape(-1).astype(np.int64)


def _exposure(stage: Stage, code: str, span: tuple[Month, ...]) -> Floats:
    if stage.municipalities != "all" and code not in stage.municipalities:
        return np.zeros(len(span))
    start = Month.of(stage.from_)
    since = np.array([month.minus(start) + 1.0 for month in span])
    reached = since / stage.ramp_months if stage.ramp_months else since
    return np.clip(np.where(since > 0, reached, 0.0), 0.0, 1.0)
