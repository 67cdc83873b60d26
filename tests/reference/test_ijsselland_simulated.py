"""Simulated without change, IJsselland stays at its published level for five years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from vliegwiel import reference
from vliegwiel.science.caresystem import CareSystem, read_care_system, read_scenario
from vliegwiel.science.caresystem.ensemble import ForecastPlan, run_chunk
from vliegwiel.science.caresystem.measuring import MEASURED

pytestmark = pytest.mark.slow

YEARS = 5
RESIDING = ("foster_care", "family_home", "residential", "secure", "crisis")
AT_HOME = ("local_team", "outpatient", "mental_health", "day_help", "home_based")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Simulated:
    """One arm; ``runs`` has shape (run, measure, year, month, type), ``measured`` is its mean."""

    system: CareSystem
    runs: Floats

    @property
    def measured(self) -> Floats:
        return self.runs.mean(axis=0)

    def columns(self, types: tuple[str, ...]) -> list[int]:
        return [self.system.care_type_ids.index(name) for name in types]

    def of(self, measure: str, types: tuple[str, ...]) -> Floats:
        """By year, month and care type."""
        return self.measured[MEASURED.index(measure)][:, :, self.columns(types)]

    def wait(self, care_type: str) -> Floats:
        """Mean wait of those who start, by year."""
        waited = self.of("wait_sum", (care_type,)).sum(axis=(1, 2))
        return waited / self.of("starts", (care_type,)).sum(axis=(1, 2))

    def waits_of_runs(self, care_type: str) -> Floats:
        """Mean wait over all years of those who start, by run."""
        runs = self.runs[..., self.columns((care_type,))[0]].sum(axis=(2, 3))
        return runs[:, MEASURED.index("wait_sum")] / runs[:, MEASURED.index("starts")]

    def trajectories(self, types: tuple[str, ...]) -> Floats:
        """Running on 1 January or begun in the year, by year."""
        first = sum(c.in_care_at_start.value for c in self.system.care_types if c.id in types)
        ends = self.of("in_care", types)[:, -1].sum(axis=1)
        return np.append(first, ends[:-1]) + self.of("starts", types).sum(axis=(1, 2))


def shipped() -> CareSystem:
    file = reference.care_system_file("ijsselland")
    assert file is not None
    return read_care_system(file.content)


def simulate(scenario_name: str | None, runs: int = 24) -> list[Simulated]:
    """Baseline, and the scenario if there is one, with every assumption at its likeliest value."""
    system = shipped()
    files = {file.name: file.content for file in reference.scenario_files("ijsselland")}
    scenario = read_scenario(files[f"{scenario_name}.json"], system) if scenario_name else None
    plan = ForecastPlan(system, scenario, months=12 * YEARS, replications=runs, seed=7)
    measured = np.stack([plan.simulate(r, {}).measured for r in range(runs)], axis=1)
    shape = (runs, measured.shape[2], YEARS, 12, len(system.care_types))
    return [Simulated(system, arm.astype(np.float64).reshape(shape)) for arm in measured]


@pytest.fixture(scope="module")
def baseline() -> Simulated:
    return simulate(None, runs=100)[0]


def test_youths_with_help_in_a_year(baseline: Simulated) -> None:
    """13,275 youths with care in kind, 1.41 trajectories per youth (national, 2021).

    Three per cent, as for the document: the national stocks, flows and yearly totals that it rests
    on do not agree better among themselves.
    """
    per_youth = 625545 / (399720 + 24580 + 19320)
    youths = baseline.trajectories((*AT_HOME, *RESIDING)) / per_youth
    assert youths == pytest.approx(13275, rel=0.03)


def test_shares_without_and_with_residence(baseline: Simulated) -> None:
    """8.5 and 1.2 % of 145,420 youths, printed to one decimal: half of the last decimal is 0.05."""
    without = baseline.trajectories(AT_HOME) / ((77480 + 495725) / (399720 + 24580))
    residing = baseline.trajectories(RESIDING) / (52340 / (24580 + 19320))
    assert 100 * without / 145420 == pytest.approx(8.5, abs=0.2)
    assert 100 * residing / 145420 == pytest.approx(1.2, abs=0.05)


def test_trajectories_begun_do_not_drift(baseline: Simulated) -> None:
    begun = baseline.of("starts", (*AT_HOME, *RESIDING)).sum(axis=(1, 2))
    assert begun == pytest.approx(0.65 * 13275, rel=0.02)


@pytest.mark.parametrize(
    ("care_type", "stated_days"),
    [
        ("outpatient", 50),
        ("mental_health", 107),
        ("day_help", 91),
        ("foster_care", 161),
        ("family_home", 131),
        ("residential", 64),
    ],
)
def test_waits_stay_as_providers_state_them(
    baseline: Simulated, care_type: str, stated_days: float
) -> None:
    """Provider statements elsewhere: Jeugdformaat 2019, Twente 2026, Combinatie Jeugdzorg 2021.

    Five per cent, because the balance behind the places leaves out chance, and three standard
    errors: a run of five years of a care type with 150 places says little by itself.
    """
    waits = baseline.waits_of_runs(care_type)
    error = waits.std(ddof=1) / np.sqrt(len(waits))
    assert waits.mean() == pytest.approx(stated_days, abs=0.05 * stated_days + 3 * error)
    assert 3 * error < 0.1 * stated_days


def test_waiting_lists_neither_empty_nor_explode(baseline: Simulated) -> None:
    types = tuple(c.id for c in baseline.system.care_types if c.waiting_at_start is not None)
    first = sum(c.waiting_at_start.value for c in baseline.system.care_types if c.waiting_at_start)
    waiting = baseline.of("waiting", types).sum(axis=2)
    assert waiting == pytest.approx(np.full_like(waiting, first), rel=0.05)


def test_cost_of_a_year_is_the_region_share_of_the_national_total(baseline: Simulated) -> None:
    """5.4 to 5.6 billion euro over 443,000 youths in 2019, times 13,450 youths; two per cent for
    chance and leap years."""
    cost = baseline.of("cost", baseline.system.care_type_ids).sum(axis=(1, 2))
    assert cost == pytest.approx(13450 * 5.5e9 / 443000, rel=0.02)


def test_laws_of_conservation_hold() -> None:
    plan = ForecastPlan(shipped(), None, months=12 * YEARS, replications=2, seed=1)
    assert max(plan.simulate(r, plan.draws(r)).discrepancies.max() for r in range(2)) < 1e-6


def test_no_draw_of_the_assumptions_lets_the_region_run_away() -> None:
    """Places follow from the drawn stays, so whatever is drawn, care in the last year is as begun.

    The waiting list may differ from its start by chance and by the small care types; a fifth, over
    all care types, in nine draws of ten.
    """
    system = shipped()
    plan = ForecastPlan(system, None, months=12 * YEARS, replications=30, seed=3)
    measured = run_chunk(plan, 0, 30).measured[:, 0]
    starts = measured[:, MEASURED.index("starts")].reshape(30, YEARS, -1).sum(axis=2)
    assert starts[:, -1] / starts[:, 0] == pytest.approx(1, abs=0.05)
    waiting = measured[:, MEASURED.index("waiting")].sum(axis=2)
    ratio = waiting[:, -12:].mean(axis=1) / waiting[:, :12].mean(axis=1)
    assert np.mean((ratio > 0.8) & (ratio < 1.25)) >= 0.9


@pytest.mark.parametrize(
    ("name", "shorter", "longer"),
    [
        ("deliberate-entry", ("mental_health", "outpatient"), ("local_team", "residential")),
        ("finite-trajectories", ("outpatient", "mental_health"), ("local_team", "residential")),
    ],
)
def test_scenario_moves_trouble_elsewhere(
    name: str, shorter: tuple[str, ...], longer: tuple[str, ...]
) -> None:
    """Four days in the last year is three times the chance left in a paired difference."""
    without, changed = simulate(name)
    for care_type in shorter:
        assert changed.wait(care_type)[-1] < without.wait(care_type)[-1] - 4
    for care_type in longer:
        assert changed.wait(care_type)[-1] > without.wait(care_type)[-1] + 4


def test_broader_treatment_costs_more_while_waiting_falls() -> None:
    without, changed = simulate("broader-treatment")
    assert changed.wait("mental_health")[-1] < without.wait("mental_health")[-1] - 4
    everything = without.system.care_type_ids
    extra = changed.of("cost", everything) - without.of("cost", everything)
    assert extra[-1].sum() > 0
