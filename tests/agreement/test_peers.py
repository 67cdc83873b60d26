"""The kernel agrees with other simulation libraries on the shared benchmark models."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from benchmarks.bench_models import load
from benchmarks.references import Reference
from vliegwiel.science.caresystem.workspace import Counts, Workspace
from vliegwiel.science.kernel import child_key

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared")]

SEED = 7
#: Model, scale, and as many runs as take about a second.
CASES = [("a", 1.0, 120), ("b", 1.0, 60), ("b", 0.1, 200)]


@cache
def simulated(model: str, scale: float, runs: int) -> tuple[Counts, ...]:
    workspace = Workspace(load(model, scale=scale))
    return tuple(workspace.simulate(int(child_key(SEED, 0, run))) for run in range(runs))


#: Of A only waits are in the reference; at a small scale a percentile of a few waits says little.
MEASURES = {
    ("a", 1.0): ("mean_wait", "p90_wait"),
    ("b", 1.0): ("mean_wait", "p90_wait", "ends", "reneges"),
    ("b", 0.1): ("mean_wait", "ends", "reneges"),
}


@pytest.mark.parametrize(
    ("model", "scale", "runs", "measure"),
    [(*case, measure) for case in CASES for measure in MEASURES[case[:2]]],
)
def test_z_scores_against_the_reference(model: str, scale: float, runs: int, measure: str) -> None:
    reference = Reference.of(model, scale)
    z = reference.of_ours(simulated(model, scale, runs), measure)
    assert z is not None
    assert len(z) == {"a": 1, "b": 12}[model]
    far = dict(zip(reference.values["nodes"], np.round(z, 2), strict=True))
    assert np.abs(z).max() < 3.5, far
    # Of twelve scores the root mean square; a single one may lie further.
    assert math.sqrt(float(np.mean(z * z))) < (1.6 if len(z) > 1 else 3.0)
