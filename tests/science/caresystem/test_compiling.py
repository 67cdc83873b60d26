"""Documents become networks: exposures, rates, flows, places and costs, by month and group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.science.caresystem import CareSystem, ForecastPlan, read_care_system, read_scenario
from vliegwiel.science.caresystem.choices import choice
from vliegwiel.science.caresystem.compiling import Arm, compile_arms
from vliegwiel.science.caresystem.network import UNLIMITED

from . import full_sample, samples

DAYS_PER_MONTH = 365.25 / 12
AMBULANT, LOCAL, RESIDENTIAL, BASE = range(4)


def change(target: str, operation: str, size: float, unit: str, **more: Any) -> dict[str, Any]:
    stages = more.pop("stages", [{"from": "2024-07-01", "municipalities": "all"}])
    return {
        "target": target, "operation": operation, "size": samples.printed(size, unit),
        "stages": stages, **more,
    }  # fmt: skip


def compiled(system: CareSystem, *interventions: dict[str, Any]) -> tuple[Arm, Arm]:
    document = samples.scenario()
    document["interventions"] = list(interventions)
    scenario = read_scenario(samples.as_text(document), system)
    plan = ForecastPlan(system, scenario, months=24)
    baseline, changed = compile_arms(system, scenario, plan.frame, plan.derivations.values({}))
    assert changed is not None
    return baseline, changed


def stay_mean(arm: Arm, month: int, group: int, care_type: int) -> float:
    return float(arm.network.stay_mean[arm.network.row[month, group], care_type])


def flow(arm: Arm, month: int, source: int = 0) -> np.ndarray:
    """The probabilities that result from reference, keeping and changing, in group 0."""
    made, row = arm.network.destination, arm.network.row[month, 0]
    reference = np.diff(made.reference[source], prepend=0.0)
    keep, to = made.keep[row, source], np.diff(made.change[row, source], prepend=0.0)
    return reference * keep + (reference * (1 - keep)).sum() * to


def test_rates_follow_level_trend_season_and_share(system: CareSystem) -> None:
    baseline, _ = compiled(system, change("referrers.gp.rate", "multiply", 1.0, "ratio"))
    network = baseline.network
    january = 18.0 / DAYS_PER_MONTH * 1.1 * 1.01 ** (0.5 / 12)
    july_next_year = 18.0 / DAYS_PER_MONTH * 0.7 * 1.01 ** (18.5 / 12)
    assert network.candidates[0, 0] == pytest.approx(january)
    assert network.candidates[0, 18] == pytest.approx(july_next_year)
    assert network.candidates[1] == pytest.approx(20.0 / DAYS_PER_MONTH)
    assert network.month_ends[:3].tolist() == [31.0, 60.0, 91.0]  # 2024 is a leap year


def test_municipalities_with_the_same_changes_form_one_group(system: CareSystem) -> None:
    stages = [{"from": "2024-07-01", "municipalities": ["0193"]}]
    target = "care_types.local.stay.mean"
    baseline, changed = compiled(system, change(target, "multiply", 0.5, "ratio", stages=stages))
    network = changed.network
    assert network.row.shape == (24, 2)
    shares = np.diff(network.start_groups, prepend=0.0)
    zwolle = int(np.argmin([stay_mean(changed, 23, g, LOCAL) for g in (0, 1)]))
    assert shares[zwolle] == pytest.approx(0.5)
    assert stay_mean(changed, 23, zwolle, LOCAL) == pytest.approx(60.0)
    assert stay_mean(changed, 23, 1 - zwolle, LOCAL) == pytest.approx(120.0)
    assert stay_mean(changed, 5, zwolle, LOCAL) == pytest.approx(120.0)
    assert stay_mean(baseline, 23, zwolle, LOCAL) == pytest.approx(120.0)


def test_a_ramp_grows_in_a_straight_line(system: CareSystem) -> None:
    stages = [{"from": "2024-03-01", "municipalities": "all", "ramp_months": 4}]
    target = "care_types.local.stay.mean"
    _, changed = compiled(system, change(target, "add", 40.0, "days", stages=stages))
    found = [stay_mean(changed, month, 0, LOCAL) for month in range(1, 8)]
    assert found == pytest.approx([120, 130, 140, 150, 160, 160, 160])


def test_set_and_order_of_changes(system: CareSystem) -> None:
    target = "care_types.local.stay.mean"
    _, changed = compiled(
        system, change(target, "set", 100.0, "days"), change(target, "multiply", 0.5, "ratio")
    )
    assert stay_mean(changed, 12, 0, LOCAL) == pytest.approx(50.0)


def test_moving_a_share_of_a_flow(system: CareSystem) -> None:
    target = "referrers.gp.destinations.ambulant"
    _, changed = compiled(system, change(target, "move", 0.2, "share", to="base"))
    assert flow(changed, 3) == pytest.approx([0.70, 0.25, 0.0, 0.05])
    assert flow(changed, 12) == pytest.approx([0.56, 0.25, 0.0, 0.19])


def test_a_changed_destination_leaves_the_others_in_proportion(system: CareSystem) -> None:
    target = "referrers.gp.destinations.ambulant"
    _, changed = compiled(system, change(target, "set", 0.4, "share"))
    assert flow(changed, 12) == pytest.approx([0.4, 0.5, 0.0, 0.1])


@pytest.mark.parametrize(
    ("operation", "size", "unit", "expected"),
    [
        # ambulant, local, residential, base, out
        ("set", 0.5, "share", [0.5, 0.0, 0.0, 0.3, 0.2]),
        ("set", 0.9, "share", [0.9, 0.0, 0.0, 0.1, 0.0]),
        ("multiply", 0.0, "ratio", [0.0, 0.0, 0.0, 0.3, 0.7]),
    ],
)
def test_after_care_only_leaving_gives_way_while_it_can(
    system: CareSystem, operation: str, size: float, unit: str, expected: list[float]
) -> None:
    target = "care_types.local.next.ambulant"
    _, changed = compiled(system, change(target, operation, size, unit))
    made, row = changed.network.following, changed.network.row[12, 0]
    reference = np.diff(made.reference[LOCAL], prepend=0.0)
    keep = made.keep[row, LOCAL]
    to = np.diff(made.change[row, LOCAL], prepend=0.0)
    assert reference * keep + (reference * (1 - keep)).sum() * to == pytest.approx(expected)


def test_places_move_by_the_share_of_the_region(system: CareSystem) -> None:
    stages = [{"from": "2024-07-01", "municipalities": ["0150"]}]
    target = "care_types.residential.places"
    baseline, changed = compiled(system, change(target, "add", 20.0, "places", stages=stages))
    assert baseline.network.places[:, RESIDENTIAL].tolist() == [40] * 24
    assert changed.network.places[:, RESIDENTIAL].tolist() == [40] * 6 + [46] * 18
    assert (changed.network.places[:, LOCAL] == UNLIMITED).all()
    assert np.isinf(changed.places[:, LOCAL]).all()


def test_fewer_referrals_thin_the_candidates_they_share(system: CareSystem) -> None:
    baseline, changed = compiled(system, change("referrers.gp.rate", "multiply", 0.25, "ratio"))
    assert np.array_equal(baseline.network.candidates, changed.network.candidates)
    assert (baseline.network.accept == 1.0).all()
    assert changed.network.accept[0, :6] == pytest.approx(1.0)
    assert changed.network.accept[0, 6:] == pytest.approx(0.25)


def test_more_referrals_raise_the_candidates_of_both(system: CareSystem) -> None:
    baseline, changed = compiled(system, change("referrers.gp.rate", "multiply", 1.25, "ratio"))
    assert np.array_equal(baseline.network.candidates, changed.network.candidates)
    assert changed.network.accept[0] == pytest.approx(1.0)
    assert baseline.network.accept[0, 6:] == pytest.approx(0.8)


def test_costs_by_month(system: CareSystem) -> None:
    target = "care_types.ambulant.cost_per_day"
    _, changed = compiled(system, change(target, "add", 3.0, "euro/day"))
    assert changed.cost_per_day[5, 0].tolist() == [22.0, 8.0, 240.0]
    assert changed.cost_per_day[6, 0].tolist() == [25.0, 8.0, 240.0]
    assert changed.cost_per_start[0, 0].tolist() == [150.0, 0.0, 500.0]


def test_places_and_prices_change_on_their_dates() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    target = "care_types.ambulant.places"
    baseline, changed = compiled(system, change(target, "multiply", 1.1, "ratio"))
    assert baseline.network.places[[0, 11, 12, 23], AMBULANT].tolist() == [180, 180, 190, 190]
    assert changed.network.places[[5, 6, 12], AMBULANT].tolist() == [180, 198, 209]
    assert baseline.cost_per_day[[11, 12], 0, AMBULANT].tolist() == [22.0, 23.0]
    assert baseline.cost_per_start[[5, 6], 0, RESIDENTIAL].tolist() == [500.0, 600.0]


def test_a_changed_price_rises_and_falls_with_its_steps() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    target = "care_types.ambulant.cost_per_day"
    _, changed = compiled(system, change(target, "add", 3.0, "euro/day"))
    assert changed.cost_per_day[[5, 6, 12], 0, AMBULANT].tolist() == [22.0, 25.0, 26.0]


def probabilities(count: int) -> st.SearchStrategy[np.ndarray]:
    parts = st.lists(st.integers(0, 20), min_size=count, max_size=count).filter(any)
    return parts.map(lambda found: np.array(found) / sum(found))


@given(st.integers(2, 6).flatmap(lambda n: st.tuples(probabilities(n), probabilities(n))))
def test_the_coupling_gives_both_distributions_and_moves_as_few_as_can_be(
    pair: tuple[np.ndarray, np.ndarray],
) -> None:
    reference, actual = pair
    made = choice(reference[None], actual[None, None])
    keep, to = made.keep[0, 0], np.diff(made.change[0, 0], prepend=0.0)
    moved = float((reference * (1 - keep)).sum())
    assert reference * keep + moved * to == pytest.approx(actual, abs=1e-12)
    assert moved == pytest.approx(np.abs(reference - actual).sum() / 2, abs=1e-12)
    assert made.reference[0, -1] == 1.0
