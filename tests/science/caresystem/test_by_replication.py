"""The numbers of each replication are those that the bands are made of."""

from __future__ import annotations

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    ALL,
    MEASURES,
    ForecastPlan,
    by_replication,
    read_care_system,
    read_scenario,
    run_chunk,
    summarise,
)

from . import samples

pytestmark = pytest.mark.slow


def plan(seed: int = 1) -> ForecastPlan:
    system = read_care_system(samples.as_text(samples.care_system()))
    change = read_scenario(samples.as_text(samples.scenario()), system)
    return ForecastPlan(system, change, months=18, replications=9, seed=seed)


def test_their_middle_is_the_middle_of_the_forecast_for_every_measure() -> None:
    asked = plan()
    chunks = [run_chunk(asked, 0, 4), run_chunk(asked, 4, 9)]
    made = summarise(asked, chunks)
    parts = [list(by_replication(asked, chunk)) for chunk in chunks]
    assert [table.first for table in (parts[0][0], parts[1][0])] == [0, 4]
    assert [table.measure for table in parts[0]] == list(MEASURES)
    for first, second in zip(*parts, strict=True):
        assert first.care_types == (*asked.whole.care_type_ids, ALL)
        assert first.scenario is not None
        assert second.scenario is not None
        plain = np.concatenate([first.baseline, second.baseline])
        change = np.concatenate([first.scenario, second.scenario]) - plain
        assert plain.shape == (9, 18, 4)
        for j, care_type in enumerate(first.care_types):
            series = made.of(first.measure, care_type)
            assert series.difference is not None
            for found, band in ((plain, series.baseline), (change, series.difference)):
                for k, middle in enumerate(band.median):
                    known = found[:, k, j][np.isfinite(found[:, k, j])]
                    if middle is None:
                        assert len(known) == 0
                    else:
                        assert float(np.median(known)) == pytest.approx(middle, rel=1e-5, abs=1e-9)


def test_a_chunk_of_another_plan_is_refused() -> None:
    chunk = run_chunk(plan(), 0, 2)
    with pytest.raises(ValueError, match="another plan"):
        next(by_replication(plan(seed=2), chunk))
