"""Choices of youths that two arms of a comparison share as far as they can."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Where youths go, so that two arms differ only in the youths whom a change moves.

    A youth first chooses by ``reference`` (the arm without change). With probability ``keep`` that
    choice stands; else the youth chooses again by ``change``. With ``keep`` all 1 nothing changes.

    Attributes:
        reference: cumulative probabilities, shape (owners, outcomes), last column 1.
        keep: shape (rows, owners, outcomes).
        change: cumulative probabilities, shape (rows, owners, outcomes).
    """

    reference: Floats
    keep: Floats
    change: Floats

    def of_draw(self, b: int) -> Choice:
        """The choice of one draw, of choices that were made for many at once."""
        return Choice(self.reference[b], self.keep[b], self.change[b])


def choice(reference: Floats, actual: Floats) -> Choice:
    """The maximal coupling of ``reference`` (owners, outcomes) with ``actual`` (rows, ...).

    Args:
        reference: probabilities that add up to 1 along the last axis.
        actual: the probabilities that really hold, per row of parameters. Of many draws at once
            both have an axis for the draws first, and ``reference`` one of length 1 for the rows.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        keep = np.where(reference > 0, np.minimum(1.0, actual / reference), 1.0)
    excess = np.maximum(actual - reference, 0.0)
    total = excess.sum(axis=-1, keepdims=True)
    outcomes = reference.shape[-1]
    change = np.where(total > 1e-15, excess / np.where(total > 1e-15, total, 1.0), 1.0 / outcomes)
    keep = np.where(total > 1e-15, keep, 1.0)
    return Choice(_cumulative(reference), np.ascontiguousarray(keep), _cumulative(change))


def _cumulative(probabilities: Floats) -> Floats:
    summed = np.cumsum(probabilities, axis=-1)
    # The last outcome that can happen closes the sum, so that rounding never chooses another.
    summed[summed >= summed[..., -1:]] = 1.0
    return np.ascontiguousarray(summed)
