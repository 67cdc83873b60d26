"""Known outcomes of the shared benchmark models, and how far runs lie from them.

The shared reference has for each care form the expected value of a measure, its own standard error,
and the standard deviation between single runs. The latter is used for the error of a mean of runs,
so that a few runs of a slow library say something too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem.workspace import Counts

from .bench_models import BENCH, wait_quantile

Floats = NDArray[np.float64]

#: Measure -> its name in the output line of a peer.
MEASURES = {
    "mean_wait": "mean_wait_days_per_node",
    "p90_wait": "p90_wait_days_per_node",
    "ends": "ends",
    "reneges": "reneges",
}
#: Our waits are kept in 16 bins an octave, taken as evenly spread within a bin when a percentile
#: is read: it can be off by about a hundredth. Where a run has a handful of waits it depends on how
#: it is interpolated: other scales are not held to it.
BIN_ERROR = 0.01


@dataclass(frozen=True)
class Reference:
    """The reference of a model at a scale, over five years."""

    values: dict[str, Any]

    @classmethod
    def of(cls, model: str, scale: float = 1.0) -> Reference:
        """Read it. Raises FileNotFoundError when there is none at this scale."""
        suffix = model if scale == 1 else f"{model}_{scale:g}"
        text = (BENCH / f"reference_{suffix}.json").read_text(encoding="utf-8")
        return cls(json.loads(text))

    @property
    def measures(self) -> list[str]:
        """Those of MEASURES that it has."""
        return [name for name in MEASURES if name in self.values]

    def of_ours(self, runs: Sequence[Counts], measure: str) -> Floats | None:
        """The scores of runs of our kernel; None where the measure cannot be compared."""
        if measure == "p90_wait" and self.values["scale"] != 1:
            return None
        binned = BIN_ERROR if measure == "p90_wait" else 0.0
        return self.z_scores(measure, of_kernel(runs, measure), binned)

    def z_scores(self, measure: str, runs: Floats, binned: float = 0.0) -> Floats:
        """How many standard errors the mean of some runs lies from the reference.

        Args:
            runs: value of the measure by run and care form; not a number where a run has none.
            binned: relative error that the way of measuring adds.
        """
        known = np.isfinite(runs).sum(axis=0)
        expected = np.array(self.values[measure])
        error = np.hypot(
            np.array(self.values[f"{measure}_sd"]) / np.sqrt(known),
            np.array(self.values[f"{measure}_error"]),
        )
        scores: Floats = (np.nanmean(runs, axis=0) - expected) / np.hypot(error, binned * expected)
        return scores


def of_kernel(runs: Sequence[Counts], measure: str) -> Floats:
    """A measure by run and care form of runs of our kernel."""
    return np.array([_measured(counts, measure) for counts in runs])


def _measured(counts: Counts, measure: str) -> Sequence[float]:
    if measure == "mean_wait":
        with np.errstate(invalid="ignore"):
            found: Floats = counts.total("wait_sum").sum(axis=0) / counts.total("waits").sum(axis=0)
        return list(found)
    if measure == "p90_wait":
        return [wait_quantile(row, 0.9) for row in counts.histogram.sum(axis=0)]
    return list(counts.total({"reneges": "leaving"}.get(measure, measure)).sum(axis=0))


def of_lines(lines: Sequence[dict[str, Any]], measure: str) -> Floats | None:
    """A measure by run and care form from output lines; None where a library does not keep it."""
    rows = [line[MEASURES[measure]] for line in lines]
    values = np.array(rows, dtype=np.float64)
    return None if np.isnan(values).all() else values
