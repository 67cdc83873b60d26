"""The kernel agrees with other simulation libraries on the shared benchmark model of a region."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.bench_models import network_of, wait_quantile
from vliegwiel.science.caresystem.workspace import Counts, Workspace
from vliegwiel.science.kernel import child_key

pytestmark = pytest.mark.slow

REPLICATIONS = 60
SEED = 7


@pytest.fixture(scope="module")
def bench(shared: Path) -> Path:
    return shared / "bench"


def simulated(bench: Path, scale: float) -> tuple[list[Counts], Any]:
    model = json.loads((bench / "model_b.json").read_text(encoding="utf-8"))
    network = network_of(model, years=None, scale=scale)
    workspace = Workspace(network)
    runs = [workspace.simulate(int(child_key(SEED, 0, r))) for r in range(REPLICATIONS)]
    name = "reference_b.json" if scale == 1 else f"reference_b_{scale:g}.json"
    return runs, json.loads((bench / name).read_text(encoding="utf-8"))


def measured(counts: Counts, measure: str) -> list[float]:
    """A measure of each care form, as the reference defines it."""
    if measure == "mean_wait":
        with np.errstate(invalid="ignore"):
            return list(counts.total("wait_sum").sum(axis=0) / counts.total("waits").sum(axis=0))
    if measure == "p90_wait":
        return [wait_quantile(row, 0.9) for row in counts.histogram.sum(axis=0)]
    return list(counts.total({"reneges": "leaving"}.get(measure, measure)).sum(axis=0))


@pytest.mark.parametrize("scale", [1.0, 0.1])
@pytest.mark.parametrize("measure", ["mean_wait", "ends", "reneges"])
def test_z_scores_against_the_reference(bench: Path, scale: float, measure: str) -> None:
    runs, reference = simulated(bench, scale)
    values = np.array([measured(counts, measure) for counts in runs])
    known = np.isfinite(values).sum(axis=0)
    expected, sd = np.array(reference[measure]), np.array(reference[f"{measure}_sd"])
    error = np.hypot(sd / np.sqrt(known), np.array(reference[f"{measure}_error"]))
    z = (np.nanmean(values, axis=0) - expected) / error
    assert len(z) == 12
    assert np.abs(z).max() < 3.5, dict(zip(reference["nodes"], np.round(z, 2), strict=True))
    assert math.sqrt(float(np.mean(z * z))) < 1.6


def test_ninetieth_percentiles_within_the_width_of_a_bin(bench: Path) -> None:
    """Waits are kept in bins 2 to 3 per cent wide, which is added to the sampling error."""
    runs, reference = simulated(bench, 1.0)
    values = np.array([measured(counts, "p90_wait") for counts in runs]).mean(axis=0)
    expected, sd = np.array(reference["p90_wait"]), np.array(reference["p90_wait_sd"])
    error = np.hypot(sd / math.sqrt(REPLICATIONS), 0.01 * expected)
    assert np.abs((values - expected) / error).max() < 3.5
