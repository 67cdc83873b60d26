"""The yardstick in C simulates the same models: else its speed would say nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.c_reference import MEASURES, Program

RUNS = 200
#: The percentile of fewer waits depends on how it is defined; C takes it from a histogram.
ENOUGH_WAITS = 100


@pytest.fixture(scope="module", params=[False, True], ids=["one after another", "shared fates"])
def program(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Program:
    try:
        return Program(tmp_path_factory.mktemp("c"), shared_fates=request.param)
    except RuntimeError as problem:
        pytest.skip(str(problem))


@pytest.mark.parametrize(("name", "scale"), [("reference_b", 1.0), ("reference_b_0.1", 0.1)])
def test_the_c_program_agrees_with_the_reference(
    shared: Path, program: Program, name: str, scale: float
) -> None:
    reference = json.loads((shared / f"bench/{name}.json").read_text())
    done = program.run("b", runs=RUNS, seed=3, scale=scale)
    means = np.nanmean(done.measures, axis=0)
    errors = np.nanstd(done.measures, axis=0, ddof=1) / RUNS**0.5
    z = []
    for k, measure in enumerate(MEASURES):
        exact, error = np.array(reference[measure]), np.array(reference[f"{measure}_error"])
        difference = (means[:, k] - exact) / np.hypot(errors[:, k], error)
        enough = means[:, MEASURES.index("starts")] > ENOUGH_WAITS
        z.extend(difference[enough] if measure == "p90_wait" else difference)
    assert np.sqrt(np.mean(np.square(z))) < 1.4
    assert np.abs(z).max() < 4.5
