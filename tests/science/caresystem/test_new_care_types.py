"""A scenario may bring a form of care that the region does not have yet."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    DocumentError,
    ForecastPlan,
    Sensitivity,
    assumptions,
    read_care_system,
    read_scenario,
    run_chunk,
    sensitivity,
    summarise,
    with_values,
    write_document,
)
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.measuring import MEASURED
from vliegwiel.science.caresystem.network import UNLIMITED

from . import full_sample, samples

HUB = 3


def hub(**more: Any) -> dict[str, Any]:
    return {
        "id": "hub",
        "label": {"nl": "Hub", "en": "Hub"},
        "group": "light",
        "capacity": full_sample.places(25.0),
        "stay": {"distribution": "exponential", "mean": samples.assumed(60.0, "days", 40.0, 80.0)},
        "patience": {"mean": samples.printed(30.0, "days"), "leave_to": "ambulant"},
        "next": samples.steps(ambulant=0.1),
        "cost_per_day": {
            **samples.printed(12.0, "euro/day"),
            "provenance": {"kind": "printed", "source": "plan", "place": "page 3"},
        },
        "cost_per_start": samples.printed(0.0, "euro"),
        "in_care_at_start": samples.printed(0.0, "youths"),
        **more,
    }


def scenario() -> dict[str, Any]:
    document = samples.scenario()
    document["focus"] = "hub"
    document["sources"] = [{"id": "plan", "title": "Plan", "publisher": "Region", "year": 2024}]
    document["new_care_types"] = [hub()]
    document["interventions"] = [
        {
            "target": "referrers.gp.destinations.ambulant",
            "operation": "move",
            "to": "hub",
            "size": samples.printed(0.4, "share"),
            "stages": [{"from": "2025-01-01", "municipalities": "all"}],
        }
    ]
    return document


def plan_of(document: dict[str, Any], months: int = 36) -> ForecastPlan:
    system = read_care_system(samples.as_text(samples.care_system()))
    return ForecastPlan(system, read_scenario(samples.as_text(document), system), months, 6)


def test_the_new_care_type_is_there_from_the_first_flow_to_it() -> None:
    plan = plan_of(scenario())
    values = plan.derivations.values({})
    baseline, changed = compile_arms(plan.system, plan.scenario, plan.frame, values)
    assert changed is not None
    assert baseline.network.names == ("ambulant", "local", "residential", "hub")
    assert baseline.places[:, HUB].tolist() == [0.0] * 36
    assert changed.places[:, HUB].tolist() == [0.0] * 12 + [25.0] * 24
    assert (baseline.network.places[:, 1] == UNLIMITED).all()


@pytest.mark.slow
def test_youths_come_to_it_and_it_costs_what_they_cost() -> None:
    plan = plan_of(scenario())
    measured = run_chunk(plan, 0, 6).measured.astype(np.float64)
    kept = MEASURED[: measured.shape[2]]
    of = {name: measured[:, :, k, :, HUB] for k, name in enumerate(kept)}
    assert of["arrivals"][:, 0].sum() == of["cost"][:, 0].sum() == 0
    assert of["arrivals"][:, 1, :12].sum() == 0
    assert of["starts"][:, 1, 12:].sum() > 100
    assert of["cost"][:, 1] == pytest.approx(12.0 * of["care_days"][:, 1], rel=1e-4)
    found = summarise(plan, [run_chunk(plan, 0, 6)])
    assert found.focus == "hub"
    assert found.labels["hub"] == {"nl": "Hub", "en": "Hub"}
    assert found.of("arrivals", "hub").baseline.median[20] == 0.0


@pytest.mark.slow
def test_a_change_that_cannot_be_told_is_null_in_strict_json() -> None:
    """Without the scenario nobody starts in the care that it brings: there is no difference."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    plan = plan_of(scenario())
    chunks = [run_chunk(plan, 0, 6)]
    found = sensitivity(plan, chunks, replications=2)
    assert math.isnan(found.outcome)
    plain = json.loads(found.to_json(), parse_constant=refuse)
    assert plain["outcome"] is None
    again = Sensitivity.from_json(found.to_json())
    assert math.isnan(again.outcome)
    assert again.rows == found.rows
    whole = json.loads(summarise(plan, chunks).to_json(), parse_constant=refuse)
    assert whole["headline"]["value"] is None


@pytest.mark.slow
def test_the_headline_about_it_is_the_wait_with_it() -> None:
    """Youths do start in it: that nobody starts is true of the baseline alone."""
    document = scenario()
    document["new_care_types"] = [hub(capacity=full_sample.places(3.0))]
    made = summarise(plan := plan_of(document, 24), [run_chunk(plan, 0, 6)])
    after = made.of("waiting_time", "hub").scenario
    assert after is not None
    headline = made.headline
    assert (headline.code, headline.value) == ("wait_new", None)
    known = [value for value in after.median[12:] if value is not None]
    assert min(known) < headline.params["days"] < max(known)
    assert headline.params["low"] < headline.params["days"] < headline.params["high"]
    row = next(row for row in made.water_bed if row.care_type == "hub")
    assert row.verdict == "unknown"
    free = samples.scenario() | {"focus": "local"}
    found = summarise(plan := plan_of(free, 12), [run_chunk(plan, 0, 6)])
    assert found.headline.code == "wait_free"


@pytest.mark.slow
def test_the_baseline_is_that_of_a_forecast_without_it() -> None:
    with_hub = run_chunk(plan_of(scenario()), 0, 3).measured[:, 0]
    alone = plan_of(scenario())
    without = ForecastPlan(alone.system, None, 36, 6)
    plain = np.stack([without.simulate(r, alone.draws(r)).measured[0] for r in range(3)])
    # All but the places of the last column, which the baseline does not have.
    assert np.array_equal(with_hub[..., :HUB], plain)


def test_its_assumptions_are_drawn_and_can_be_set() -> None:
    plan = plan_of(scenario())
    stay = "care_types.hub.stay.mean"
    found = {a.address: a for a in assumptions(plan.system, plan.scenario)}
    assert found[stay].path == "new_care_types[0].stay.mean"
    assert 40.0 < plan.draws(0)[stay] < 80.0
    assert plan.scenario is not None
    system, changed = with_values(plan.system, plan.scenario, {stay: 70.0})
    assert system == plan.system
    assert changed.new_care_types[0].stay.mean.value == 70.0
    assert read_scenario(write_document(changed), system) == changed


@pytest.mark.parametrize(
    ("more", "path", "code", "message"),
    [
        (
            {"in_care_at_start": samples.printed(3.0, "youths")},
            "new_care_types[0].in_care_at_start",
            "new_with_youths",
            "A new care type begins empty; here the number of youths at the start is 3.",
        ),
        ({"id": "local"}, "new_care_types[0].id", "duplicate_id", "“local” occurs more than once."),
        (
            {"id": "other"},
            "new_care_types[0]",
            "new_without_flow",
            "Nobody comes to the new care type “other”; move a flow to it with “to”.",
        ),
        (
            {"next": samples.steps(nowhere=0.2)},
            "new_care_types[0].next[0].care_type",
            "unknown_care_type",
            "The care type “nowhere” does not exist.",
        ),
        (
            {"stay": {"distribution": "gamma", "mean": samples.printed(60.0, "days")}},
            "new_care_types[0].stay",
            "needs_cv",
            "A gamma stay needs a coefficient of variation (cv).",
        ),
    ],
)
def test_a_broken_new_care_type(more: dict[str, Any], path: str, code: str, message: str) -> None:
    document = scenario()
    document["new_care_types"] = [hub(**more)]
    system = read_care_system(samples.as_text(samples.care_system()))
    with pytest.raises(DocumentError) as caught:
        read_scenario(samples.as_text(document), system)
    found = {(f.path, f.code): f.message for f in caught.value.faults}
    assert found[path, code] == message


def test_the_same_source_twice_is_told_where_it_stands() -> None:
    document = scenario()
    document["sources"].append({**document["sources"][0]})
    system = read_care_system(samples.as_text(samples.care_system()))
    with pytest.raises(DocumentError) as caught:
        read_scenario(samples.as_text(document), system)
    assert ("sources[1].id", "duplicate_id") in {(f.path, f.code) for f in caught.value.faults}
