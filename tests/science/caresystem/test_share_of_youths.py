"""A change for a share of the youths: the same youths from first to last, nested, counted right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    ForecastPlan,
    Scenario,
    count_by_municipality,
    json_schema,
    read_care_system,
    read_scenario,
    run_chunk,
)
from vliegwiel.science.caresystem.frames import frame
from vliegwiel.science.caresystem.measuring import MEASURED, MUNICIPAL

from . import samples

SYSTEM = read_care_system(samples.as_text(samples.care_system()))
PRICE = "care_types.ambulant.cost_per_day"
STAY = "care_types.ambulant.stay.mean"
START = "2024-01-01"
CODES = [municipality.code for municipality in SYSTEM.municipalities]


def change(target: str, *stages: dict[str, Any], factor: float = 2.0) -> dict[str, Any]:
    usual = {"from": START, "municipalities": "all"}
    return {
        "target": target, "operation": "multiply", "size": samples.printed(factor, "ratio"),
        "stages": [usual | stage for stage in stages],
    }  # fmt: skip


def scenario_of(*interventions: dict[str, Any]) -> Scenario:
    document = samples.scenario()
    document["interventions"] = list(interventions)
    return read_scenario(samples.as_text(document), SYSTEM)


def plan_of(*interventions: dict[str, Any], **more: Any) -> ForecastPlan:
    usual: dict[str, Any] = {"months": 30, "replications": 2, "seed": 4}
    return ForecastPlan(SYSTEM, scenario_of(*interventions), **(usual | more))


def test_a_change_for_everybody_is_what_it_was_without_a_share() -> None:
    where = {"municipalities": ["0150"], "ramp_months": 5}
    plans = [plan_of(change(STAY, where | share)) for share in ({}, {"share": 1.0})]
    one, other = (run_chunk(plan, 0, 2) for plan in plans)
    assert np.array_equal(one.measured, other.measured)
    assert np.array_equal(one.flows, other.flows)


STAGES = st.lists(
    st.fixed_dictionaries({
        "municipalities": st.one_of(
            st.just("all"), st.lists(st.sampled_from(CODES), min_size=1, unique=True)
        ),
        "share": st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.5, 0.9, 1.0]),
        "ramp_months": st.integers(0, 8),
    }),
    min_size=1,
    max_size=3,
)  # fmt: skip


@given(STAGES, st.booleans())
def test_the_mean_exposure_of_a_municipality_is_the_share_times_the_ramp(
    stages: list[dict[str, Any]], by_municipality: bool
) -> None:
    """Each stage as an intervention of its own: what it reaches adds up to what it says."""
    found = frame(
        SYSTEM, scenario_of(*(change(STAY, stage) for stage in stages)), 12, by_municipality
    )
    assert found.parts.sum(axis=1) == pytest.approx(np.ones(3))
    mean = np.einsum("kmg,jg->kmj", found.exposure, found.parts)
    for k, stage in enumerate(stages):
        ramp = stage["ramp_months"]
        grown = np.minimum(1.0, np.arange(1, 13) / ramp) if ramp else np.ones(12)
        for j, code in enumerate(CODES):
            here = stage["municipalities"] == "all" or code in stage["municipalities"]
            expected = grown * stage["share"] if here else np.zeros(12)
            assert mean[k, :, j] == pytest.approx(expected)


@given(STAGES)
def test_whoever_is_within_a_share_is_within_every_larger_one(stages: list[dict[str, Any]]) -> None:
    at_once = [stage | {"municipalities": "all", "ramp_months": 0} for stage in stages]
    found = frame(SYSTEM, scenario_of(*(change(STAY, stage) for stage in at_once)), 3, True)
    order = np.argsort([stage["share"] for stage in at_once], kind="stable")
    reached = found.exposure[order, 0]
    assert (np.diff(reached, axis=0) >= 0).all()
    whole = found.over_municipalities(found.parts.sum(axis=0), axis=0)
    assert whole == pytest.approx(np.ones(3))


def test_a_share_can_grow_in_steps_and_not_begin_again_for_less() -> None:
    steps = ({"share": 0.25}, {"from": "2024-07-01", "share": 0.75, "ramp_months": 2})
    found = frame(SYSTEM, scenario_of(change(STAY, *steps)), 9)
    mean = np.einsum("kmg,jg->kmj", found.exposure, found.parts)[0, :, 1]
    assert mean == pytest.approx([0.25] * 6 + [0.5, 0.75, 0.75])
    named = [step | {"municipalities": ["0150"]} for step in steps]
    assert scenario_of(change(STAY, *named))
    with pytest.raises(DocumentError) as caught:
        scenario_of(change(STAY, *reversed(named)))
    (fault,) = caught.value.faults
    assert (fault.path, fault.code) == (
        "interventions[0].stages[1].municipalities[0]", "municipality_twice",
    )  # fmt: skip
    assert "larger share" in fault.message


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_lies_between_0_and_1(share: float) -> None:
    with pytest.raises(DocumentError) as caught:
        scenario_of(change(STAY, {"share": share}))
    assert "interventions[0].stages[0].share" in {fault.path for fault in caught.value.faults}


def test_a_scenario_has_a_limited_number_of_different_shares() -> None:
    def of(number: int) -> Scenario:
        return scenario_of(*(change(STAY, {"share": k / 100}) for k in range(number + 1)))

    assert of(12)
    with pytest.raises(DocumentError) as caught:
        of(13)
    (fault,) = caught.value.faults
    assert (fault.path, fault.code) == ("interventions", "too_many_shares")
    assert "13 different shares" in fault.message


def test_the_schema_tells_of_the_share() -> None:
    share = json_schema(Scenario)["$defs"]["Stage"]["properties"]["share"]
    assert (share["minimum"], share["maximum"], share["default"]) == (0, 1, 1.0)
    assert "share" in json_schema(Scenario)["$defs"]["Stage"]["description"]
    assert "municipalities" in json_schema(CareSystem)["$defs"]["Referrer"]["properties"]


def counts(plan: ForecastPlan, name: str) -> np.ndarray:
    """A number of the last period, shape (replications, arms, municipalities, care types)."""
    return run_chunk(plan, 0, plan.replications).by_municipality[:, :, MUNICIPAL.index(name)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["arrivals", "starts", "waiting", "in_care"])
def test_a_share_moves_nobody_to_another_municipality(name: str) -> None:
    """The baseline beside a change for some is that beside a change for all, place by place."""
    some, all_ = (
        plan_of(change(STAY, {"share": share}, factor=0.8), by_municipality=True)
        for share in (0.3, 1.0)
    )
    assert some.frame.row.shape[1] == 2 * all_.frame.row.shape[1] == 6
    assert np.array_equal(counts(some, name)[:, 0], counts(all_, name)[:, 0])
    assert counts(some, name).shape[2] == 3


@pytest.mark.slow
def test_a_share_of_the_youths_pays_another_price_and_nothing_else_changes() -> None:
    """In twenty runs: half the youths of one municipality, of whom the price is double."""
    stage = {"municipalities": ["0193"], "share": 0.5}
    plan = plan_of(change(PRICE, stage), by_municipality=True, replications=20)
    chunk = run_chunk(plan, 0, 20)
    cost = MEASURED.index("cost")
    others = [k for k in range(chunk.measured.shape[2]) if k != cost]
    assert np.array_equal(chunk.measured[:, 0][:, others], chunk.measured[:, 1][:, others])
    before, after = chunk.by_municipality[:, :, len(MUNICIPAL) :, :, 0].sum(axis=2).swapaxes(0, 1)
    assert np.array_equal(before[:, 1:], after[:, 1:])
    dearer = (after[:, 0] / before[:, 0] - 1.0) / (44.0 / 22.0 - 1.0)
    error = dearer.std(ddof=1) / np.sqrt(len(dearer))
    # The price by start is not changed, and weighs little beside that by day.
    assert dearer.mean() == pytest.approx(0.5, abs=4 * error + 0.02)
    assert 0 < error < 0.02


@pytest.mark.slow
def test_the_same_youths_are_reached_by_another_change() -> None:
    """Three in ten stop coming and pay double: as they leave, nobody who comes pays double."""
    stop = {"factor": 0.0}
    first = [change(f"referrers.{r}.rate", {"share": 0.3}, **stop) for r in ("gp", "municipality")]
    dearer = change("care_types.local.cost_per_day", {"share": 0.3})
    plan = plan_of(*first, dearer, months=120, replications=6)
    chunk = run_chunk(plan, 0, 6)
    local = chunk.measured[:, 1, :, :, 1].sum(axis=0)
    cost, days = (local[MEASURED.index(name)] for name in ("cost", "care_days"))
    double = cost / (8.0 * days) - 1.0
    assert double[0] == pytest.approx(0.3, abs=0.08)
    assert double[12] < double[0]
    assert (double[100:] < 0.005).all()


@pytest.mark.slow
def test_counts_by_month_are_by_municipality_also_with_shares() -> None:
    plan = plan_of(change(STAY, {"share": 0.4}), by_municipality=True, months=12)
    (arms,) = list(count_by_municipality(plan, [0]))
    chunk = run_chunk(plan, 0, 1)
    for arm, found in enumerate(arms):
        assert found.residents == pytest.approx([5000.0, 3000.0, 2000.0])
        for name in ("arrivals", "starts", "care_days", "cost", "waiting_days"):
            table = getattr(found, name)
            assert table.shape == (12, 3, 3)
            whole = chunk.measured[0, arm, MEASURED.index(name)]
            np.testing.assert_allclose(table.sum(axis=1), whole, rtol=1e-5, atol=1e-3)


@pytest.mark.slow
def test_half_the_youths_is_between_nobody_and_all(system: CareSystem) -> None:
    waits = [
        run_chunk(plan_of(change(STAY, {"share": share}, factor=0.8), replications=8), 0, 8)
        .measured[:, 1, MEASURED.index("waiting_days"), :, 0].sum(axis=1).mean()
        for share in (0.0, 0.5, 1.0)
    ]  # fmt: skip
    assert waits[0] > 1.05 * waits[1] > 1.05 * 1.05 * waits[2]
