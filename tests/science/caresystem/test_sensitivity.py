"""Sensitivity: which assumptions move the outcome most, in resumable pieces."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from scipy import stats

from vliegwiel.science.caresystem import (
    CareSystem,
    Chunk,
    ForecastPlan,
    Sensitivity,
    SensitivityChunk,
    SensitivityPlan,
    read_scenario,
    run_chunk,
    run_sensitivity,
    screen,
    sensitivity,
    summarise,
    summarise_sensitivity,
)
from vliegwiel.science.caresystem.compiling import Arm
from vliegwiel.science.caresystem.sensitivity import outcome_of

from . import samples

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plan(system: CareSystem) -> ForecastPlan:
    scenario = read_scenario(samples.as_text(samples.scenario()), system)
    return ForecastPlan(system, scenario, months=36, replications=80)


@pytest.fixture(scope="module")
def chunks(plan: ForecastPlan) -> list[Chunk]:
    return [run_chunk(plan, 0, 70), run_chunk(plan, 70, 80)]


def test_the_five_that_matter_most_come_first(plan: ForecastPlan, chunks: list[Chunk]) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    found = sensitivity(plan, chunks, replications=6, threads=2, progress=progress)
    assert (found.assumptions, found.tried, len(found.rows)) == (10, 10, 5)
    swings = [row.swing for row in found.rows]
    assert swings == sorted(swings, reverse=True)
    assert seen[-1] == (21, 21)
    assert found.is_difference
    assert found.focus == "ambulant"
    assert found.period == ("2026-01", "2026-12")
    # More youths sent to base provisions shortens the wait more; nothing matters as much.
    largest = found.rows[0]
    assert largest.address == "interventions.1.size"
    assert largest.outcome_high < found.outcome < largest.outcome_low < 0


def test_the_screening_keeps_what_matters(plan: ForecastPlan, chunks: list[Chunk]) -> None:
    """The two sizes of the scenario are what its effect depends on most."""
    every = screen(plan, chunks)
    assert sorted(every) == sorted(r.address for r in plan.derivations.ranges)
    assert set(screen(plan, chunks, most=3)) >= {"interventions.0.size", "interventions.1.size"}
    assert screen(plan, chunks[::-1], most=3) == every[:3]
    with pytest.raises(ValueError, match="missing"):
        screen(plan, chunks[:1])


def test_it_is_about_the_period_of_the_headline(system: CareSystem) -> None:
    """Thirty months from January: the last whole year, not the last twelve months."""
    scenario = read_scenario(samples.as_text(samples.scenario()), system)
    plan = ForecastPlan(system, scenario, months=30, replications=1)
    chunk = run_chunk(plan, 0, 1)
    headline = summarise(plan, [chunk]).headline
    assert headline.value == pytest.approx(outcome_of(plan, chunk.measured[0]), rel=1e-4)
    whole = SensitivityPlan(plan, screen(plan, [chunk], 1), replications=1)
    found = summarise_sensitivity(whole, [run_sensitivity(whole, 0, whole.pieces)])
    assert found.period == ("2025-01", "2025-12")
    assert headline.params["period"] == "2025"


def test_pieces_in_any_order_and_stored_give_the_same(
    plan: ForecastPlan, chunks: list[Chunk]
) -> None:
    whole = SensitivityPlan(plan, screen(plan, chunks), replications=2)
    pieces = [run_sensitivity(whole, *span) for span in ((9, 21), (0, 4), (4, 9))]
    stored = [SensitivityChunk.from_bytes(piece.to_bytes()) for piece in pieces]
    found = summarise_sensitivity(whole, stored)
    assert found == sensitivity(plan, chunks, replications=2)
    assert Sensitivity.from_json(found.to_json()) == found
    with pytest.raises(ValueError, match="missing"):
        summarise_sensitivity(whole, stored[1:])
    with pytest.raises(ValueError, match="another plan"):
        summarise_sensitivity(SensitivityPlan(plan, screen(plan, chunks), 3), stored)
    with pytest.raises(ValueError, match="do not hold plan"):
        SensitivityChunk.from_bytes(b"")
    with pytest.raises(ValueError, match="no pieces"):
        run_sensitivity(whole, 20, 22)
    with pytest.raises(ValueError, match="not a"):
        Sensitivity.from_json("{}")


def test_without_scenario_the_outcome_is_the_wait(system: CareSystem) -> None:
    plan = ForecastPlan(system, None, months=24, replications=3)
    found = sensitivity(plan, [run_chunk(plan, 0, 3)], replications=3)
    assert not found.is_difference
    assert found.focus == "all"
    assert found.outcome > 0
    by_address = {row.address: row for row in found.rows}
    more_youths = by_address["referrers.gp.rate"]
    assert more_youths.outcome_low < found.outcome < more_youths.outcome_high


def test_an_outcome_is_that_of_a_whole_replication(plan: ForecastPlan, chunks: list[Chunk]) -> None:
    """Both arms with all that a forecast keeps of them, none taken from another piece."""
    whole = SensitivityPlan(plan, screen(plan, chunks), replications=2)
    for piece in reversed(range(whole.pieces)):
        draws = whole.draws(piece)
        alone = [outcome_of(plan, plan.simulate(k, draws).measured) for k in range(2)]
        assert whole.outcomes(piece).tolist() == alone


def test_what_an_assumption_leaves_as_it_was_is_simulated_once(
    plan: ForecastPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How large a change of the stay is does not touch the baseline; how many come touches both."""
    # By name: what the package calls `sensitivity` is the function of that name.
    module = import_module("vliegwiel.science.caresystem.sensitivity")
    counted, seen = module.counted, []

    def count(plan: ForecastPlan, arm: Arm, *given: Any) -> Any:
        seen.append(arm)
        return counted(plan, arm, *given)

    monkeypatch.setattr(module, "counted", count)
    size, rate = "interventions.0.size", "referrers.gp.rate"
    whole = SensitivityPlan(plan, (size, rate), replications=1)
    simulated = {}
    for piece in range(whole.pieces):
        seen.clear()
        whole.outcomes(piece)
        simulated[piece] = len(seen)
    order = [assumed.address for assumed in whole.ranges]
    ends = {a: [simulated[2 * k + 1], simulated[2 * k + 2]] for k, a in enumerate(order)}
    assert simulated[0] == 2
    assert ends == {size: [1, 1], rate: [2, 2]}


def test_noise_is_the_interval_of_the_paired_distance(
    plan: ForecastPlan, chunks: list[Chunk]
) -> None:
    """Against the interval that scipy makes of the differences, replication by replication."""
    whole = SensitivityPlan(plan, screen(plan, chunks), replications=5)
    found = summarise_sensitivity(whole, [run_sensitivity(whole, 0, whole.pieces)])
    centre = whole.outcomes(0)
    addresses = [assumed.address for assumed in whole.ranges]
    for row in found.rows:
        k = addresses.index(row.address)
        for piece, noise in ((2 * k + 1, row.noise_low), (2 * k + 2, row.noise_high)):
            distances = whole.outcomes(piece) - centre
            if distances.std() == 0:
                assert noise == 0
                continue
            low, high = stats.ttest_1samp(distances, 0.0).confidence_interval(0.975)
            assert noise == pytest.approx((high - low) / 2)
    assert found.outcome == pytest.approx(float(np.mean(centre)))


def test_what_chance_explains_does_not_stand_out(plan: ForecastPlan, chunks: list[Chunk]) -> None:
    """Those that chance explains come last and are counted."""
    whole = SensitivityPlan(plan, screen(plan, chunks), replications=4)
    found = summarise_sensitivity(whole, [run_sensitivity(whole, 0, whole.pieces)])
    standing = [row.stands_out(found.outcome) for row in found.rows]
    assert standing == sorted(standing, reverse=True)
    assert 0 < found.within_noise < found.tried
    still = replace(found.rows[0], outcome_low=found.outcome, outcome_high=found.outcome)
    assert not replace(still, noise_low=0.0, noise_high=0.0).stands_out(found.outcome)
    moved = replace(still, outcome_high=found.outcome + 2.0, noise_low=0.0)
    assert replace(moved, noise_high=1.9).stands_out(found.outcome)
    assert not replace(moved, noise_high=2.1).stands_out(found.outcome)
    # Kept before noise was measured: shown, as it was then.
    assert replace(moved, noise_high=None).stands_out(found.outcome)


def test_one_replication_tells_nothing_of_chance(plan: ForecastPlan, chunks: list[Chunk]) -> None:
    found = sensitivity(plan, chunks, replications=1)
    assert {(row.noise_low, row.noise_high) for row in found.rows} == {(None, None)}
    assert found.within_noise == 0
