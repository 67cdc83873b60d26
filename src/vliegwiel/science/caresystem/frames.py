"""The frame of a forecast: its months, and how far each change has come for whom and when.

An intervention has an exposure between 0 (not yet) and 1 (fully) in each month for each part of the
youths of a municipality. Parts lie between the shares of the stages there: a youth has one place
among those of the municipality, and is reached by every stage of which the share lies beyond it.
Parts with the same exposures form one group, unless municipalities are to be counted by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Month, months_from

from .addresses import targets
from .model import CareSystem
from .scenario import Scenario, Stage, extended

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Frame:
    """What does not depend on drawn values: months, groups and exposures.

    Attributes:
        months: the months that are simulated: those of the warm-up and those of the forecast.
        warm_up: how many of them lie before the start; nothing is told of those.
        exposure: of each intervention, shape (K, M, G).
        parts: which part of the youths of each municipality, in document order, is in each group;
            shape (J, G), every row adds up to 1.
        row: row of parameters by month and group, shape (M, G).
        row_exposure: exposure of each intervention in a row, shape (R, K).
        limits: smallest and largest value of each address; a draw beyond stays at the limit.
    """

    months: tuple[Month, ...]
    exposure: Floats
    parts: Floats
    row: Ints
    row_exposure: Floats
    limits: Mapping[str, tuple[float, float]]
    warm_up: int = 0

    @property
    def told(self) -> tuple[Month, ...]:
        """The months of the forecast."""
        return self.months[self.warm_up :]

    def over_municipalities(self, by_group: NDArray[Any], axis: int) -> NDArray[Any]:
        """Sums over the groups of each municipality, in a frame by municipality.

        Args:
            by_group: counts with the groups along ``axis``, in whose place come municipalities.
        """
        first = (self.parts > 0).argmax(axis=1)  # those of a municipality follow each other
        summed: NDArray[Any] = np.add.reduceat(by_group, first, axis=axis)
        return summed


@dataclass(frozen=True, slots=True)
class _Piece:
    """The youths of a municipality whose places lie from ``low`` to ``high``, of 0 to 1."""

    municipality: int
    code: str
    low: float
    high: float


def frame(
    system: CareSystem, scenario: Scenario | None, months: int, by_municipality: bool = False
) -> Frame:
    """Months, groups and exposures of a forecast.

    Args:
        months: of the forecast; those of the warm-up come before them.
        by_municipality: every municipality has groups of its own, in document order, also where
            exposures are the same: one, or one for each part when a stage reaches only a share of
            its youths. See :meth:`Frame.over_municipalities`.

    In a care system of which the youths move it is always so, and each municipality has the same
    parts: who moves keeps their place.
    """
    warm_up = system.warm_up_months
    span = months_from(Month.of(system.start).plus(-warm_up), warm_up + months)
    months = len(span)
    interventions = scenario.interventions if scenario is not None else ()
    every = [stage for intervention in interventions for stage in intervention.stages]
    moves = system.moving is not None
    pieces = [
        piece
        for j, municipality in enumerate(system.municipalities)
        for piece in _pieces(j, municipality.code, every, everywhere=moves)
    ]
    reached = np.zeros((len(interventions), months, len(pieces)))
    for k, intervention in enumerate(interventions):
        for p, piece in enumerate(pieces):
            for stage in intervention.stages:
                reached[k, :, p] = np.maximum(reached[k, :, p], _exposure(stage, piece, span))
    first, group_of = _groups(reached, by_municipality or moves)
    parts = np.zeros((len(system.municipalities), len(first)))
    for piece, group in zip(pieces, group_of, strict=True):
        parts[piece.municipality, group] += piece.high - piece.low
    exposure = reached[:, :, first]
    cells = np.moveaxis(exposure, 0, -1).reshape(months * len(first), len(interventions))
    row_exposure, row = np.unique(cells, axis=0, return_inverse=True)
    known = targets(extended(system, scenario))
    return Frame(
        months=span,
        exposure=exposure,
        parts=parts,
        row=row.reshape(months, len(first)).astype(np.int64),
        row_exposure=row_exposure,
        limits={address: (entry.least, entry.most) for address, entry in known.items()},
        warm_up=warm_up,
    )


def _pieces(j: int, code: str, stages: Sequence[Stage], *, everywhere: bool) -> Iterator[_Piece]:
    """The youths of a municipality, cut wherever the share of a stage there, or anywhere, ends."""
    here = [stage for stage in stages if everywhere or _is_in(stage, code)]
    low, cuts = 0.0, {stage.share for stage in here if stage.share > 0}
    for high in sorted(cuts | {1.0}):
        yield _Piece(j, code, low, high)
        low = high


def _groups(reached: Floats, by_municipality: bool) -> tuple[Ints, Ints]:
    """The first piece of each group, and the group of each piece."""
    pieces = reached.shape[2]
    if by_municipality:
        return np.arange(pieces), np.arange(pieces)
    profiles = reached.reshape(-1, pieces).T
    found = np.unique(profiles, axis=0, return_index=True, return_inverse=True)
    return found[1].astype(np.int64), found[2].reshape(-1).astype(np.int64)


def _is_in(stage: Stage, code: str) -> bool:
    return stage.municipalities == "all" or code in stage.municipalities


def _exposure(stage: Stage, piece: _Piece, span: tuple[Month, ...]) -> Floats:
    if not _is_in(stage, piece.code) or piece.high > stage.share:
        return np.zeros(len(span))
    start = Month.of(stage.from_)
    since = np.array([month.minus(start) + 1.0 for month in span])
    reached = since / stage.ramp_months if stage.ramp_months else since
    return np.clip(np.where(since > 0, reached, 0.0), 0.0, 1.0)
