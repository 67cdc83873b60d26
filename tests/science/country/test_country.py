"""The question about the country: its pieces, a scenario in other regions, and totals."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest

from vliegwiel import reference
from vliegwiel.science.caresystem import (
    ALL,
    CareSystem,
    Chunk,
    Forecast,
    Scenario,
    YearCounts,
    assumptions,
    read_scenario,
    run_chunk,
    write_document,
)
from vliegwiel.science.country import (
    COUNTRY,
    CountryPlan,
    CountryRegion,
    OtherCodeError,
    country_lines,
    country_plan,
    country_regions,
    make_piece,
    region_care_system,
    region_outcome,
    scenario_in,
    years_of,
)

pytestmark = [pytest.mark.slow]
SMALL = ("JZ03", "JZ10")


def region(code: str) -> CountryRegion:
    return next(found for found in country_regions() if found.code == code)


@pytest.fixture(scope="module")
def ijsselland() -> CareSystem:
    return region_care_system(region("JZ07"))


@pytest.fixture(scope="module")
def plan() -> CountryPlan:
    return country_plan(months=30, replications=30, seed=5, only=SMALL)


def scenario(name: str, system: CareSystem) -> Scenario:
    files = {f.name: f.content for f in reference.scenario_files("ijsselland")}
    return read_scenario(files[f"{name}.json"], system)


def test_pieces_cover_every_replication_once(plan: CountryPlan) -> None:
    for code in SMALL:
        spans = [(piece.first, piece.last) for piece in plan.pieces(code)]
        assert spans == [(0, 25), (25, 30)]


def test_a_piece_is_the_same_wherever_it_is_made(plan: CountryPlan) -> None:
    piece = plan.pieces("JZ10")[1]
    here = plan.compute(piece)
    sent = pickle.loads(pickle.dumps(plan.order(piece)))
    assert make_piece(sent) == here
    assert plan.is_piece(piece, here)
    assert not plan.is_piece(plan.pieces("JZ10")[0], here)
    assert not plan.is_piece(piece, here[:-20])
    assert not plan.is_piece(piece, b"")


def test_other_code_is_refused(plan: CountryPlan) -> None:
    order = plan.order(plan.pieces("JZ10")[1])
    object.__setattr__(order, "plan_hash", "0" * 64)
    with pytest.raises(OtherCodeError):
        make_piece(order)


def test_the_question_decides_the_hash(plan: CountryPlan) -> None:
    again = country_plan(months=30, replications=30, seed=5, only=SMALL)
    assert again.hash == plan.hash
    others = [
        country_plan(months=31, replications=30, seed=5, only=SMALL),
        country_plan(months=30, replications=31, seed=5, only=SMALL),
        country_plan(months=30, replications=30, seed=6, only=SMALL),
        country_plan(months=30, replications=30, seed=5, only=SMALL[:1]),
    ]
    assert len({plan.hash, *(other.hash for other in others)}) == 5


def test_regions_share_what_nobody_knows_and_not_their_chance(plan: CountryPlan) -> None:
    """Assumptions of the same address are drawn alike; sizes and fates are not."""
    one, other = (plan.plans[code] for code in SMALL)
    draws, theirs = one.draws(3), other.draws(3)
    shared = set(draws) & set(theirs)
    national = {a.address for a in assumptions(one.system)} & shared
    assert len(national) > 100
    assert all(draws[address] == theirs[address] for address in national)
    assert not [address for address in shared if "youths_" in address]
    assert one.key(3) != other.key(3)


def test_totals_add_up_replication_by_replication(plan: CountryPlan) -> None:
    outcomes = {
        code: region_outcome(plan, code, [plan.compute(p) for p in plan.pieces(code)])
        for code in SMALL
    }
    lines = list(country_lines(plan, ((c, o.years) for c, o in outcomes.items())))
    whole = {
        code: np.concatenate([run_chunk(plan.plans[code], 0, 30).measured[:, 0]]) for code in SMALL
    }
    cost = sum(table[:, 10, :12].astype(np.float64).sum(axis=(1, 2)) for table in whole.values())
    (line,) = [
        found
        for found in lines
        if (found["region"], found["year"], found["care_type"], found["measure"])
        == (COUNTRY, 2027, ALL, "cost")
    ]
    low, median, high = np.quantile(cost, (0.1, 0.5, 0.9))
    assert line["baseline_low"] == pytest.approx(low, rel=1e-5)
    assert line["baseline_median"] == pytest.approx(median, rel=1e-5)
    assert line["baseline_high"] == pytest.approx(high, rel=1e-5)
    assert line["scenario_median"] is None
    regions = [found for found in lines if found["region"] != COUNTRY]
    assert {found["care_type"] for found in regions} == {ALL}
    assert {found["year"] for found in lines} == {2027, 2028, 2029}
    assert len([f for f in lines if f["region"] == COUNTRY]) == 6 * 13 * 3


def test_waiting_times_of_the_country_weigh_by_starts(plan: CountryPlan) -> None:
    parts = [
        region_outcome(plan, c, [plan.compute(p) for p in plan.pieces(c)]).years for c in SMALL
    ]
    total = parts[0].plus(parts[1])
    both = np.stack([part.measure("waiting_time") for part in parts])
    found = total.measure("waiting_time")
    known = np.isfinite(both).all(axis=0)
    low, high = both.min(axis=0)[known], both.max(axis=0)[known]
    assert known.any()
    assert ((low - 1e-9 <= found[known]) & (found[known] <= high + 1e-9)).all()
    assert total.measure("cost") == pytest.approx(sum(p.measure("cost") for p in parts))
    assert YearCounts.from_bytes(total.to_bytes()).table == pytest.approx(total.table, rel=1e-6)


def test_a_finished_region_is_believed_only_with_its_forecast(plan: CountryPlan) -> None:
    made = region_outcome(plan, "JZ10", [plan.compute(p) for p in plan.pieces("JZ10")])
    sealed = made.to_bytes()
    assert Forecast.from_json(made.forecast).identity.region == "JZ10"
    found = years_of(plan, "JZ10", sealed, made.forecast)
    assert found is not None
    assert found.table == pytest.approx(made.years.table, rel=1e-6)
    assert years_of(plan, "JZ10", sealed, made.forecast[:-1]) is None
    assert years_of(plan, "JZ03", sealed, made.forecast) is None
    assert years_of(plan, "JZ10", sealed[:-9], made.forecast) is None


def test_a_region_without_all_its_pieces_is_refused(plan: CountryPlan) -> None:
    only = plan.compute(plan.pieces("JZ10")[0])
    assert Chunk.from_bytes(only).last == 25
    with pytest.raises(ValueError, match="missing"):
        region_outcome(plan, "JZ10", [only])


def test_a_stage_in_named_municipalities_holds_where_they_lie(ijsselland: CareSystem) -> None:
    made = scenario("deliberate-entry", ijsselland)
    there = scenario_in(made, ijsselland, ijsselland)
    assert there == made
    elsewhere = scenario_in(made, ijsselland, region_care_system(region("JZ14")))
    assert {s.municipalities for i in elsewhere.interventions for s in i.stages} == {"all"}


def test_a_change_without_a_stage_left_begins_everywhere_with_its_last(
    ijsselland: CareSystem,
) -> None:
    document = json.loads(write_document(scenario("deliberate-entry", ijsselland)))
    for intervention in document["interventions"]:
        intervention["stages"] = intervention["stages"][:1]
    made = read_scenario(json.dumps(document), ijsselland)
    elsewhere = scenario_in(made, ijsselland, region_care_system(region("JZ14")))
    for one, other in zip(made.interventions, elsewhere.interventions, strict=True):
        assert other.stages == (one.stages[-1].model_copy(update={"municipalities": "all"}),)


@pytest.mark.parametrize(
    ("operation", "places", "there"),
    [("add", 100, 18), ("add", -20, -4), ("add", -1, 0), ("set", 100, 18), ("set", 2, 1)],
)
def test_places_of_a_change_go_by_the_size_of_the_region(
    ijsselland: CareSystem, operation: str, places: int, there: int
) -> None:
    document = {
        "schema": "vliegwiel.scenario/1",
        "id": "more-places",
        "title": {"nl": "Meer plekken", "en": "More places"},
        "description": {"nl": "Meer plekken", "en": "More places"},
        "care_system": "ijsselland",
        "interventions": [
            {
                "target": "care_types.outpatient.places",
                "operation": operation,
                "size": {
                    "value": places, "unit": "places",
                    "provenance": {
                        "kind": "assumed", "low": places, "high": places,
                        "why": {"nl": "Een keuze.", "en": "A choice."},
                    },
                },
                "stages": [{"from": "2028-01-01", "municipalities": "all"}],
            }
        ],
    }  # fmt: skip
    made = read_scenario(json.dumps(document), ijsselland)
    small = region_care_system(region("JZ10"))
    size = scenario_in(made, ijsselland, small).interventions[0].size
    assert size.value == there
    exact = places * small.youths.value / ijsselland.youths.value
    assert abs(size.value - exact) <= (0.5 if operation == "add" else 1)
    made_again = country_plan(scenario=made, made_for=ijsselland, only=["JZ10"], months=12)
    assert made_again.plans["JZ10"].scenario is not None
    with pytest.raises(ValueError, match="made for"):
        country_plan(scenario=made, only=["JZ10"])


def test_unknown_regions_and_months_out_of_step_are_refused() -> None:
    with pytest.raises(ValueError, match="no such region: JZ40"):
        country_plan(only=["JZ40"])
    other = region_care_system(region("JZ10")).model_copy(
        update={"start": region_care_system(region("JZ10")).start.replace(year=2026)}
    )
    with pytest.raises(ValueError, match="same month"):
        country_plan(systems={"JZ10": other}, only=SMALL)
