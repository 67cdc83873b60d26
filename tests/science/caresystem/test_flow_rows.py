"""Flows of a forecast: whoever arrives, ends or leaves is in exactly one of them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    Forecast,
    ForecastPlan,
    read_care_system,
    read_scenario,
    run_chunk,
    summarise,
)

from . import full_sample, samples

MONTHS = 24


def _made(system: CareSystem, with_scenario: bool) -> Forecast:
    scenario = None
    if with_scenario:
        scenario = read_scenario(samples.as_text(samples.scenario()), system)
    plan = ForecastPlan(system, scenario, months=MONTHS, replications=1, seed=11)
    return summarise(plan, [run_chunk(plan, 0, 1)])


def _year(made: Forecast, measure: str, care_type: str, arm: str) -> float:
    band = getattr(made.of(measure, care_type), arm)
    return sum(value or 0.0 for value in band.median[MONTHS - 12 :])


@pytest.mark.slow
@pytest.mark.parametrize("which", ["plain", "full", "scenario"])
def test_flows_agree_with_arrivals_ends_and_leaving(which: str) -> None:
    document = full_sample.care_system() if which == "full" else samples.care_system()
    made = _made(read_care_system(samples.as_text(document)), which == "scenario")
    for arm in ("baseline", "scenario")[: 1 + (which == "scenario")]:
        into: dict[str, float] = defaultdict(float)
        out_of: dict[str, float] = defaultdict(float)
        for row in made.flows:
            value = getattr(row, arm).median
            into[row.destination] += value
            out_of[row.origin] += value
        for care_type in made.care_types:
            assert into[care_type] == _year(made, "arrivals", care_type, arm)
            assert out_of[f"care:{care_type}"] == _year(made, "ends", care_type, arm)
            assert out_of[f"queue:{care_type}"] == _year(made, "leaving", care_type, arm)
        assert sum(into.values()) == sum(out_of.values())


def test_every_end_has_a_name_and_no_flow_is_empty() -> None:
    made = _made(read_care_system(samples.as_text(samples.care_system())), True)
    assert made.flow_labels["care:ambulant"] == {
        "nl": "na ambulante hulp",
        "en": "after ambulant help",
    }
    for row in made.flows:
        assert {"nl", "en"} <= made.flow_labels[row.origin].keys()
        assert {"nl", "en"} <= made.flow_labels[row.destination].keys()
        assert row.scenario is not None
        assert row.difference is not None
        assert row.baseline.median or row.scenario.median
        assert row.difference.median == (row.scenario.median or 0) - (row.baseline.median or 0)
    origins = {row.origin.partition(":")[0] for row in made.flows}
    assert origins == {"referrer", "care", "queue", "return"}


def test_a_short_forecast_tells_flows_a_year_as_well() -> None:
    system = read_care_system(samples.as_text(samples.care_system()))
    plan = ForecastPlan(system, None, months=6, replications=1)
    chunk = run_chunk(plan, 0, 1)
    made = summarise(plan, [chunk])
    total = sum(row.baseline.median or 0.0 for row in made.flows)
    assert total == pytest.approx(2 * chunk.flows.sum())
