"""Budgets, providers and classes of priority: what they do to who starts and when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.agreement.networks import MONTH, YEAR, Node, Plain
from vliegwiel.science.caresystem import (
    Forecast,
    ForecastPlan,
    forecast,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.caresystem._layout import COUNTED
from vliegwiel.science.caresystem.compiling import Arm, compile_arms
from vliegwiel.science.caresystem.features import PLAIN
from vliegwiel.science.caresystem.measuring import MEASURED
from vliegwiel.science.caresystem.workspace import Counts, Workspace

from . import full_sample, samples

pytestmark = pytest.mark.slow


def compiled(document: dict[str, Any], months: int = 30) -> Arm:
    system = read_care_system(samples.as_text(document))
    plan = ForecastPlan(system, None, months=months)
    return compile_arms(system, None, plan.frame, plan.derivations.values({}))[0]


def budget(ceiling: float, **more: Any) -> Plain:
    node = Node(mean=20.0, shape="fixed", ceiling=ceiling, price=(10.0, 50.0), **more)
    return Plain(sources=((0.5, (1.0,)),), nodes=(node,), months=3 * YEAR)


def simulated(plain: Plain, key: int = 4) -> Counts:
    return Workspace(plain.network()).simulate(key)


def test_nobody_starts_once_the_budget_is_spent_and_january_opens_again() -> None:
    starts = simulated(budget(6000.0)).total("starts")[:, 0]
    by_year = starts.reshape(3, YEAR)
    assert (by_year[:, 0] > 10).all()
    assert (by_year[:, -1] == 0).all()
    assert by_year[1, 0] > 2 * by_year[0, 0]  # who waited for January comes first


def test_spending_stops_at_the_ceiling_and_who_is_in_care_stays() -> None:
    """Every start before the ceiling is reached; after it only the stays that run on."""
    plain = budget(6000.0)
    workspace = Workspace(plain.network())
    trace = np.zeros((workspace.simulate(9).events, 4), dtype=np.int64)
    workspace.simulate(9, trace)
    times = trace[:, 0].copy().view(np.float64)
    starts = np.sort(times[trace[:, 2] == COUNTED.index("starts")])
    year = YEAR * MONTH
    for first in range(3):
        begin, end = first * year, (first + 1) * year
        last = starts[(starts >= begin) & (starts < end)].max()

        def spent(now: float, begin: float = begin) -> float:
            days = np.clip(np.minimum(starts + 20.0, now) - np.maximum(starts, begin), 0.0, None)
            started = (starts >= begin) & (starts < now)
            return float(10.0 * days[starts < now].sum() + 50.0 * started.sum())

        assert spent(last) < 6000.0 <= spent(end)


def test_the_queue_keeps_who_waits_for_january() -> None:
    counts = simulated(budget(6000.0))
    change = counts.total("arrivals") - counts.total("starts") - counts.total("leaving")
    waiting = np.cumsum(change[:, 0])
    assert waiting[YEAR - 1] > 20
    assert counts.total("leaving").sum() == 0


@pytest.mark.parametrize("places", [None, 4])
def test_a_higher_ceiling_lets_more_youths_start(places: int | None) -> None:
    found = [
        simulated(budget(ceiling, places=places)).total("starts").sum()
        for ceiling in (2000.0, 4000.0, 8000.0)
    ]
    assert found == sorted(set(found))


def test_a_first_year_that_is_not_whole_has_the_part_of_its_days() -> None:
    document = full_sample.care_system()
    document["start"] = "2024-07-01"
    for care_type in document["care_types"]:
        care_type["capacity"].pop("steps", None)
        care_type["capacity"].pop("places_steps", None)
        care_type.pop("cost_per_start_steps", None)
    document["care_types"][4]["capacity"] = full_sample.places(20.0)
    found = compiled(document).network.features.budgets
    assert found is not None
    assert found.ceiling[[0, 5, 6], 3] == pytest.approx([90_000 * 184 / 366] * 2 + [90_000.0])
    assert np.flatnonzero(found.new_year).tolist() == [6, 18]


def test_steps_of_a_budget_and_of_the_places_beside_it() -> None:
    arm = compiled(full_sample.care_system())
    found = arm.network.features.budgets
    assert found is not None
    assert found.ceiling[[0, 23, 24], 3].tolist() == [90_000, 90_000, 120_000]
    assert arm.network.places[[0, 17, 18], 3].tolist() == [40, 40, 30]


def test_providers_share_the_youths_in_care_and_keep_their_own_places() -> None:
    arm = compiled(full_sample.care_system())
    network, providers = arm.network, arm.network.features.providers
    assert providers is not None
    assert providers.form_of.tolist() == [0, 1, 2, 3, 4, 4, 4, 5, 5, 6, 6]
    assert network.in_care[4:].tolist() == [6, 4, 2, 6, 6, 6, 6]
    assert arm.places[0, 5:].tolist() == [15, 15]
    assert np.isinf(arm.places[0, 4])  # one of its providers has a budget alone


def test_one_queue_and_the_shortest_queue_are_better_than_own_queues() -> None:
    waits = {}
    for rule in ("by_share", "shortest_queue", "one_queue"):
        node = Node(places=4, mean=10.0, further=(4, 4), rule=rule)
        plain = Plain(sources=((1.1, (1.0,)),), nodes=(node,), months=240)
        waits[rule] = simulated(plain).total("wait_sum").sum()
    assert waits["one_queue"] < waits["shortest_queue"] < 0.7 * waits["by_share"]


def test_counts_by_station_add_up_to_those_by_care_type() -> None:
    arm = compiled(full_sample.care_system(), months=36)
    counts = Workspace(arm.network).simulate(3)
    assert counts.stations is not None
    by_form = np.stack(
        [counts.stations[:, arm.network.form_of == i].sum(axis=1) for i in range(7)], axis=1
    )
    assert by_form == pytest.approx(counts.cells.sum(axis=1), rel=1e-9, abs=1e-6)
    assert (counts.stations[..., 1].sum(axis=0) > 0).all()


def test_urgent_youths_wait_less_when_more_of_them_are_urgent() -> None:
    document = full_sample.care_system()
    system = read_care_system(samples.as_text(document))
    scenario = read_scenario(samples.as_text(full_sample.scenario()), system)
    plan = ForecastPlan(system, scenario, months=24)
    arms = compile_arms(system, scenario, plan.frame, plan.derivations.values({}))
    shares = [arm.network.features.priorities for arm in arms if arm is not None]
    assert shares[0] is not None
    assert shares[1] is not None
    first, last = plan.frame.row[0, 0], plan.frame.row[-1, 0]
    assert shares[0].share[first, 0] == pytest.approx([0.1, 0.3, 1.0])
    # The classes are shared out again in proportion: 0.2 urgent to 0.2 and 0.7.
    assert shares[1].share[last, 0] == pytest.approx([0.2 / 1.1, 0.4 / 1.1, 1.0])
    # At the start: by how many youths each referrer sends.
    assert shares[1].share[last, 2] == pytest.approx(
        (18 * np.array([0.1, 0.3, 1.0]) + 20 * np.array([0.25, 0.75, 1.0])) / 38
    )


def test_a_plain_document_asks_for_nothing_beyond_the_plain() -> None:
    assert compiled(samples.care_system()).network.features == PLAIN


def test_a_forecast_tells_of_each_provider() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    scenario = read_scenario(samples.as_text(full_sample.scenario()), system)
    found = forecast(system, scenario, months=12, replications=5, seed=2)
    names = [(one.care_type, one.provider) for one in found.providers]
    assert names[:3] == [("therapy", "north"), ("therapy", "south"), ("therapy", "east")]
    assert len(names) == 7
    assert Forecast.from_json(found.to_json()) == found
    north, east = found.providers[0].series, found.providers[2].series
    assert north["utilisation"].baseline.median[0] == pytest.approx(0.7, abs=0.3)
    assert set(east["utilisation"].baseline.median) == {None}  # a budget has no places
    of_one_queue = found.providers[-1].series
    assert set(of_one_queue["waiting_list"].baseline.median) == {None}
    assert any(of_one_queue["waiting_time"].baseline.median)
    assert north["starts"].difference is not None


def test_providers_together_are_their_care_type() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    done = ForecastPlan(system, None, months=18).simulate(0, {})
    form_of = np.array([0, 1, 2, 3, 4, 4, 4, 5, 5, 6, 6])
    for name in ("starts", "wait_sum", "in_care", "care_days", "cost"):
        k = MEASURED.index(name)
        summed = np.stack(
            [done.by_station[0, k][:, form_of == i].sum(axis=1) for i in range(7)], axis=1
        )
        assert summed == pytest.approx(done.measured[0, k], rel=1e-5, abs=1e-3)
    k = MEASURED.index("waiting")
    assert done.by_station[0, k][:, 4:7].sum(axis=1) == pytest.approx(
        done.measured[0, k][:, 4], abs=1e-3
    )
