"""Chunks in files tell the same as chunks in memory, and leave nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

from vliegwiel import reference
from vliegwiel.science.caresystem import (
    CareSystem,
    ForecastPlan,
    Scenario,
    forecast,
    kept_chunks,
    read_care_system,
    run_chunk,
    set_aside,
    summarise,
)
from vliegwiel.science.caresystem.ensemble import ARRAYS


def test_a_stored_chunk_reads_as_it_was(
    system: CareSystem, scenario: Scenario, tmp_path: Path
) -> None:
    plan = ForecastPlan(system, scenario, months=18, replications=6, seed=4, by_municipality=True)
    chunk = run_chunk(plan, 2, 6)
    stored = set_aside.StoredChunk(chunk, tmp_path)
    assert (stored.plan_hash, stored.first, stored.last) == (plan.hash, 2, 6)
    for name in ARRAYS:
        assert np.array_equal(getattr(stored, name), getattr(chunk, name), equal_nan=True)
        assert getattr(stored, name).dtype == getattr(chunk, name).dtype
    assert stored.to_bytes() == chunk.to_bytes()


@pytest.mark.parametrize("whole", [True, False], ids=["of the sample", "of providers"])
def test_a_forecast_from_files_is_that_from_memory(
    whole: bool, system: CareSystem, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = read_care_system(reference.care_system_file("oefenregio").content)
    plan = ForecastPlan(
        system if whole else practice, scenario if whole else None, months=24, replications=30,
        by_municipality=whole,
    )  # fmt: skip
    chunks = [run_chunk(plan, 0, 10), run_chunk(plan, 10, 30)]
    monkeypatch.setattr(set_aside, "IN_MEMORY", 0)
    with kept_chunks() as kept:
        for chunk in chunks:
            kept.add(chunk)
        assert all(isinstance(chunk, set_aside.StoredChunk) for chunk in kept)
        assert summarise(plan, kept).to_json() == summarise(plan, chunks).to_json()


def test_nothing_is_left_behind(
    system: CareSystem, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(set_aside, "IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    forecast(system, months=12, replications=5)

    class StoppedError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        assert list(tmp_path.iterdir())
        raise StoppedError

    with pytest.raises(StoppedError):
        forecast(system, months=12, replications=5, progress=stop)
    assert not list(tmp_path.iterdir())
