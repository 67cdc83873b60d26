"""Every municipality counted by itself: groups of one, and the same numbers for the region."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    ALL,
    CareSystem,
    Forecast,
    ForecastPlan,
    Interval,
    Scenario,
    forecast,
    run_chunk,
    summarise,
)
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.frames import frame
from vliegwiel.science.caresystem.workspace import Workspace


def test_each_municipality_is_a_group_also_without_a_scenario(system: CareSystem) -> None:
    found = frame(system, None, 12, by_municipality=True)
    assert np.array_equal(found.parts, np.eye(3))
    assert found.row.tolist() == [[0, 0, 0]] * 12
    assert frame(system, None, 12).parts.tolist() == [[1.0], [1.0], [1.0]]


def test_groups_of_one_have_the_exposures_of_their_municipality(
    system: CareSystem, scenario: Scenario
) -> None:
    apart, grouped = (frame(system, scenario, 48, by) for by in (True, False))
    assert np.array_equal(apart.parts, np.eye(3))
    group_of = grouped.parts.argmax(axis=1)
    assert np.array_equal(apart.exposure, grouped.exposure[:, :, group_of])
    for j, group in enumerate(group_of):
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


def _made(system: CareSystem, scenario: Scenario | None, months: int = 30) -> Forecast:
    plan = ForecastPlan(
        system, scenario, months=months, replications=1, seed=6, by_municipality=True
    )
    return summarise(plan, [run_chunk(plan, 0, 1)])


def _sum(found: Iterable[Interval | None]) -> float:
    return math.fsum(one.median or 0.0 for one in found if one is not None)


@pytest.mark.slow
def test_numbers_of_municipalities_make_up_those_of_the_region(
    system: CareSystem, scenario: Scenario
) -> None:
    made = _made(system, scenario)
    assert [day.isoformat() for day in made.period] == ["2025-01-01", "2025-12-01"]
    assert {row.code for row in made.municipalities} == {"0193", "0150", "0166"}
    assert len(made.municipalities) == 3 * 4
    for care_type in (*made.care_types, ALL):
        rows = [row for row in made.municipalities if row.care_type == care_type]
        for arm in ("baseline", "scenario"):
            for name in ("arrivals", "starts", "waiting_list", "in_care", "cost"):
                band = getattr(made.of(name, care_type), arm)
                months = [value or 0.0 for value in band.median[12:24]]
                region = months[-1] if name in ("waiting_list", "in_care") else sum(months)
                apart = _sum(getattr(getattr(row, name), arm) for row in rows)
                assert apart == pytest.approx(region, rel=1e-4, abs=0.1)


@pytest.mark.slow
def test_waits_of_municipalities_are_a_mean_by_starters(system: CareSystem) -> None:
    made = forecast(system, None, months=30, replications=1, seed=6, by_municipality=True)
    rows = [row for row in made.municipalities if row.care_type == "ambulant"]
    for name in ("waiting_time", "share_within_norm"):
        months = range(12, 24)
        series = made.of(name, "ambulant").baseline.median
        starts = made.of("starts", "ambulant").baseline.median
        region = sum((series[k] or 0.0) * (starts[k] or 0.0) for k in months)
        apart = math.fsum(
            (getattr(row, name).baseline.median or 0.0) * (row.starts.baseline.median or 0.0)
            for row in rows
        )
        assert apart == pytest.approx(region, rel=1e-3)
    assert {row.verdict for row in made.municipalities} == {None}
    free = [row for row in made.municipalities if row.care_type == "local"]
    assert {row.waiting_time.baseline.median for row in free} == {None}


@pytest.mark.slow
def test_costs_of_municipalities_make_up_years_and_the_whole(
    system: CareSystem, scenario: Scenario
) -> None:
    made = _made(system, scenario)
    years = {row.year for row in made.municipality_costs}
    assert years == {2024, 2025, 2026, None}
    for care_type in (*made.care_types, ALL):
        rows = [row for row in made.municipality_costs if row.care_type == care_type]
        for year in made.costs:
            if year.care_type == care_type:
                those = [row for row in rows if row.year == year.year]
                assert {row.months for row in those} == {year.months}
                for arm in ("baseline", "scenario", "difference"):
                    total, apart = getattr(year, arm), _sum(getattr(row, arm) for row in those)
                    assert apart == pytest.approx(total.median, rel=1e-3, abs=50.0)
        whole = next(row for row in made.cost_totals if row.care_type == care_type)
        everything = [row for row in rows if row.year is None]
        assert {row.months for row in everything} == {30}
        assert _sum(r.baseline for r in everything) == pytest.approx(
            whole.baseline.median, rel=1e-3
        )


@pytest.mark.slow
def test_youths_of_where_a_change_begins_leave_sooner_and_give_way(
    system: CareSystem, scenario: Scenario
) -> None:
    """At first stays end sooner in Zwolle alone, and its places go to whoever is next."""
    plan = ForecastPlan(system, scenario, months=24, replications=12, seed=6, by_municipality=True)
    made = summarise(plan, [run_chunk(plan, 0, 12)])
    verdicts = {row.verdict for row in made.municipalities if row.care_type == "ambulant"}
    assert verdicts <= {"better", "unclear"}
    in_care = {
        row.name: row.in_care.difference.median
        for row in made.municipalities
        if row.care_type == "ambulant" and row.in_care.difference is not None
    }
    assert (in_care["Zwolle"] or 0.0) < min(in_care["Deventer"] or 0.0, in_care["Kampen"] or 0.0)
    assert Forecast.from_json(made.to_json()) == made


def test_without_being_asked_there_are_none(system: CareSystem) -> None:
    plan = ForecastPlan(system, None, months=3, replications=1)
    made = summarise(plan, [run_chunk(plan, 0, 1)])
    assert made.municipalities == ()
    assert made.municipality_costs == ()


def test_plans_that_count_otherwise_do_not_mix(system: CareSystem) -> None:
    plan = ForecastPlan(system, None, months=12)
    assert plan.hash != replace(plan, by_municipality=True).hash
    assert plan.hash == replace(plan, replications=7).hash
