"""Every municipality counted by itself: groups of one, and the same numbers for the region."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    ForecastPlan,
    Scenario,
    read_care_system,
    read_scenario,
    run_chunk,
)
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.frames import frame
from vliegwiel.science.caresystem.workspace import Workspace

from . import samples


@pytest.fixture(scope="module")
def system() -> CareSystem:
    return read_care_system(samples.as_text(samples.care_system()))


@pytest.fixture(scope="module")
def scenario(system: CareSystem) -> Scenario:
    return read_scenario(samples.as_text(samples.scenario()), system)


def test_each_municipality_is_a_group_also_without_a_scenario(system: CareSystem) -> None:
    found = frame(system, None, 12, by_municipality=True)
    assert found.group_of.tolist() == [0, 1, 2]
    assert found.row.tolist() == [[0, 0, 0]] * 12
    assert frame(system, None, 12).group_of.tolist() == [0, 0, 0]


def test_groups_of_one_have_the_exposures_of_their_municipality(
    system: CareSystem, scenario: Scenario
) -> None:
    apart, grouped = (frame(system, scenario, 48, by) for by in (True, False))
    assert apart.group_of.tolist() == [0, 1, 2]
    assert np.array_equal(apart.exposure, grouped.exposure[:, :, grouped.group_of])
    for j, group in enumerate(grouped.group_of):
        here, there = apart.row[:, j], grouped.row[:, group]
        assert np.array_equal(apart.row_exposure[here], grouped.row_exposure[there])


@pytest.mark.slow
def test_counts_of_a_baseline_add_up_to_those_of_the_region(system: CareSystem) -> None:
    """In a baseline a municipality decides nothing: every youth lives the same life."""
    plan = ForecastPlan(system, None, months=24, replications=2)
    apart = replace(plan, by_municipality=True)
    cells = []
    for one in (plan, apart):
        arm = compile_arms(system, None, one.frame, one.derivations.values(one.draws(1)))[0]
        cells.append(Workspace(arm.network).simulate(one.key(1)).cells)
    assert cells[0].shape[1] == 1
    assert cells[1].shape[1] == 3
    assert (cells[1].sum(axis=(0, 2, 3)) > 0).all()
    np.testing.assert_allclose(cells[1].sum(axis=1), cells[0][:, 0], rtol=1e-9, atol=1e-6)
    measured = [run_chunk(one, 0, 2).measured for one in (plan, apart)]
    np.testing.assert_allclose(measured[1], measured[0], rtol=1e-5)


def test_plans_that_count_otherwise_do_not_mix(system: CareSystem) -> None:
    plan = ForecastPlan(system, None, months=12)
    assert plan.hash != replace(plan, by_municipality=True).hash
    assert plan.hash == replace(plan, replications=7).hash
