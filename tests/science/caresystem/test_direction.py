"""What everybody knows must come out: more places, shorter wait. And shared fates make it sharp."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vliegwiel.science.caresystem import (
    CareSystem,
    ForecastPlan,
    read_care_system,
    read_scenario,
    targets,
)
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.measuring import MEASURED
from vliegwiel.science.caresystem.workspace import Workspace

from . import full_sample, samples

pytestmark = pytest.mark.slow

REPLICATIONS = 12
AMBULANT, LOCAL, RESIDENTIAL, TRAINING, THERAPY, BY_SHARE = range(6)


@pytest.fixture(scope="module")
def full() -> CareSystem:
    """The sample with every optional part, so busy that each limit is felt."""
    document = full_sample.care_system()
    document["referrers"][1]["rate"] = samples.printed(40.0, "youths/month")
    north, south, east = document["care_types"][THERAPY]["capacity"]["providers"]
    north["capacity"] = full_sample.places(4.0)
    south["capacity"] = full_sample.places(4.0)
    east["capacity"]["ceiling"] = samples.printed(20_000.0, "euro")
    return read_care_system(samples.as_text(document))


def plan_of(system: CareSystem, *interventions: dict[str, Any]) -> ForecastPlan:
    document = samples.scenario()
    document["interventions"] = [
        {"stages": [{"from": "2024-01-01", "municipalities": "all"}], **one}
        for one in interventions
    ]
    scenario = read_scenario(samples.as_text(document), system)
    return ForecastPlan(system, scenario, months=48, replications=REPLICATIONS)


def multiply(target: str, factor: float) -> dict[str, Any]:
    size = samples.printed(factor, "ratio")
    return {"target": target, "operation": "multiply", "size": size}


def simulated(plan: ForecastPlan) -> NDArray[np.float64]:
    """Shape (replications, arms, measures, months, care types), assumptions at their mode."""
    runs = [plan.simulate(r, {}).measured for r in range(plan.replications)]
    return np.stack(runs).astype(np.float64)


def changes(plan: ForecastPlan, measure: str, care_type: int) -> NDArray[np.float64]:
    """Scenario less baseline of the total over the last two years, by replication."""
    found = simulated(plan)[:, :, MEASURED.index(measure), 24:, care_type].sum(axis=2)
    return found[:, 1] - found[:, 0]


STAY = "care_types.ambulant.stay.mean"
PLACES = "care_types.ambulant.places"


#: Target, factor, measure, care type and sign: on the small sample.
SMALL = [
    (PLACES, 1.15, "waiting_days", AMBULANT, -1),
    (PLACES, 0.85, "waiting_days", AMBULANT, +1),
    (PLACES, 1.15, "starts", AMBULANT, +1),
    (STAY, 0.85, "waiting_days", AMBULANT, -1),
    (STAY, 1.15, "starts", AMBULANT, -1),
    ("care_types.ambulant.extension.probability", 0.3, "waiting_days", AMBULANT, -1),
    ("care_types.ambulant.extension.length", 2.0, "waiting_days", AMBULANT, +1),
    ("care_types.ambulant.patience.mean", 2.0, "waiting_days", AMBULANT, +1),
    ("care_types.ambulant.patience.mean", 2.0, "leaving", AMBULANT, -1),
    ("care_types.ambulant.patience.mean", 0.5, "waiting_days", AMBULANT, -1),
    ("referrers.gp.rate", 0.7, "waiting_days", AMBULANT, -1),
    ("referrers.gp.trend", 20.0, "arrivals", AMBULANT, +1),
    ("referrers.gp.season.07", 3.0, "arrivals", AMBULANT, +1),
    ("referrers.gp.season.01", 0.2, "waiting_days", AMBULANT, -1),
    ("referrers.gp.destinations.ambulant", 0.5, "arrivals", LOCAL, +1),
    ("care_types.local.next.ambulant", 3.0, "arrivals", AMBULANT, +1),
    ("reentry.probability", 3.0, "arrivals", LOCAL, +1),
    ("care_types.residential.cost_per_day", 1.1, "cost", RESIDENTIAL, +1),
    ("care_types.residential.cost_per_start", 2.0, "cost", RESIDENTIAL, +1),
    ("care_types.ambulant.next.residential", 3.0, "arrivals", RESIDENTIAL, +1),
    ("reentry.delay_mean", 4.0, "arrivals", LOCAL, -1),
    ("reentry.destinations.local", 0.2, "arrivals", LOCAL, -1),
]
#: On the sample with every optional part.
FULL = [
    ("care_types.training.ceiling", 0.5, "starts", TRAINING, -1),
    ("care_types.training.ceiling", 0.5, "waiting_days", TRAINING, +1),
    ("care_types.training.places", 0.3, "waiting_days", TRAINING, +1),
    ("care_types.therapy.providers.north.places", 1.6, "waiting_days", THERAPY, -1),
    ("care_types.therapy.providers.east.ceiling", 0.3, "waiting_days", THERAPY, +1),
    ("care_types.guidance_by_share.providers.one.share", 1.6, "waiting_days", BY_SHARE, +1),
    ("care_types.ambulant.success", 0.5, "arrivals", RESIDENTIAL, +1),
    ("care_types.ambulant.next_without_success.residential", 3.0, "arrivals", RESIDENTIAL, +1),
    ("care_types.ambulant.leave_to.residential", 3.0, "arrivals", RESIDENTIAL, +1),
    ("ages.at_entry.12-18", 1.9, "aged_out", LOCAL, +1),
    ("referrers.gp.ages.6-18", 0.3, "aged_out", AMBULANT, -1),
    ("care_types.residential.until_age", 0.6, "care_days", RESIDENTIAL, -1),
    ("ages.leave_at", 0.7, "care_days", AMBULANT, -1),
    ("reentry.probability_without_success", 3.0, "arrivals", LOCAL, +1),
    ("care_types.local.stay.mean", 1.4, "care_days", LOCAL, +1),
]
#: Parameters of which the direction is held by theory, not here.
BY_THEORY = {
    "stay.cv": "Pollaczek and Khinchine: the wait grows with the square of the spread",
    "priority": "Cobham: classes shift the wait among youths, not its mean",
    # They shift youths among municipalities, not their number: test_inflow holds the direction.
    "municipality": "the total of a Poisson process does not hang on how it is divided",
    "municipalities": "the same, of one referrer",
}


@pytest.mark.parametrize(("target", "factor", "measure", "care_type", "sign"), SMALL)
def test_direction(
    system: CareSystem, target: str, factor: float, measure: str, care_type: int, sign: int
) -> None:
    found = changes(plan_of(system, multiply(target, factor)), measure, care_type)
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert sign * found.mean() > 3 * error > 0


@pytest.mark.parametrize(("target", "factor", "measure", "care_type", "sign"), FULL)
def test_direction_of_what_a_system_may_do_without(
    full: CareSystem, target: str, factor: float, measure: str, care_type: int, sign: int
) -> None:
    found = changes(plan_of(full, multiply(target, factor)), measure, care_type)
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert sign * found.mean() > 3 * error > 0


def test_every_kind_of_parameter_has_its_direction(full: CareSystem) -> None:
    tried = {target for target, *_rest in (*SMALL, *FULL)}
    kinds: dict[str, set[str]] = {}
    for entry in targets(full).values():
        if entry.changeable and not entry.address.startswith("workings."):
            kinds.setdefault(_kind(entry.address), set()).add(entry.address)
    untried = {kind for kind, targets in kinds.items() if not targets & tried}
    assert untried == set(BY_THEORY)


def _kind(address: str) -> str:
    """The kind of parameter behind an address, of whatever care type, referrer or provider."""
    parts = address.split(".")
    if parts[0] == "municipalities":
        return "municipality"
    if "priorities" in parts:
        return "priority"
    if "providers" in parts:
        return f"provider {parts[-1]}"
    if parts[0] in ("ages", "reentry"):
        return ".".join(parts[:2])
    named = parts[2:4] if parts[2] in ("stay", "extension", "patience") else parts[2:3]
    return ".".join(named)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(factor=st.floats(1.05, 2.0))
def test_more_places_never_lengthen_the_total_wait(factor: float) -> None:
    """In every single run, because both arms share the fates of their youths."""
    system = read_care_system(samples.as_text(samples.care_system()))
    found = changes(plan_of(system, multiply(PLACES, factor)), "waiting_days", AMBULANT)
    assert (found < 0).all()


def test_a_change_of_nothing_changes_nothing(system: CareSystem) -> None:
    unchanged = [
        multiply(target, 1.0)
        for target in (STAY, PLACES, "referrers.gp.rate", "care_types.ambulant.next.local")
    ]
    found = simulated(plan_of(system, *unchanged))
    assert np.array_equal(found[:, 0], found[:, 1])


def test_a_price_changes_costs_and_nothing_else(system: CareSystem) -> None:
    found = simulated(plan_of(system, multiply("care_types.ambulant.cost_per_day", 2.0)))
    cost = MEASURED.index("cost")
    others = [k for k in range(found.shape[2]) if k != cost]
    assert np.array_equal(found[:, 0][:, others], found[:, 1][:, others])
    days = found[:, 0, MEASURED.index("care_days"), :, AMBULANT]
    extra = found[:, 1, cost, :, AMBULANT] - found[:, 0, cost, :, AMBULANT]
    assert extra == pytest.approx(22.0 * days, rel=1e-4)


def test_youths_of_other_municipalities_live_the_same_life(system: CareSystem) -> None:
    """Two of three municipalities stop referring: the third sends the very same youths."""
    stages = [{"from": "2024-01-01", "municipalities": ["0150", "0166"]}]
    off = [
        multiply(f"referrers.{name}.rate", 0.0) | {"stages": stages}
        for name in ("gp", "municipality")
    ]
    plan = plan_of(system, *off)
    arms = compile_arms(plan.system, plan.scenario, plan.frame, plan.derivations.values({}))
    zwolle = int(plan.frame.parts[0].argmax())
    arrivals = [
        Workspace(arm.network).simulate(plan.key(0)).named("arrivals")[:3, :, LOCAL].sum(axis=0)
        for arm in arms
        if arm is not None
    ]
    assert arrivals[0][zwolle] == arrivals[1][zwolle] > 10
    assert arrivals[1][1 - zwolle] < 0.5 * arrivals[0][1 - zwolle]


def test_shared_fates_make_the_difference_sharp(system: CareSystem) -> None:
    """The spread of the difference against that of runs with random numbers of their own."""
    plan = plan_of(system, multiply("care_types.ambulant.extension.probability", 0.8))
    starts = simulated(plan)[:, :, MEASURED.index("starts"), :, AMBULANT].sum(axis=2)
    together = (starts[:, 1] - starts[:, 0]).var(ddof=1)
    apart = starts[:, 1].var(ddof=1) + starts[:, 0].var(ddof=1)
    assert together < 0.5 * apart


def test_the_standing_start_stays_level_without_trend() -> None:
    """Begun from the census in balance, the first year looks like the third: no start-up bump."""
    document = samples.care_system()
    del document["referrers"][0]["trend"]
    for i, number in ((0, 400.0), (2, 100.0)):
        document["care_types"][i]["capacity"]["places"] = samples.printed(number, "places")
        document["care_types"][i]["waiting_at_start"] = samples.printed(0.0, "youths")
    # The flows in balance of this system with room for all, from its own linear system.
    for i, number in ((0, 225.05), (1, 94.83), (2, 21.11)):
        document["care_types"][i]["in_care_at_start"] = samples.printed(number, "youths")
    document["reentry"]["returning_at_start"] = samples.printed(53.8, "youths")
    system = read_care_system(samples.as_text(document))
    plan = ForecastPlan(system, None, months=36, replications=60)
    days = simulated(plan)[:, 0, MEASURED.index("care_days")]
    drift = days[:, 24:].sum(axis=1) - days[:, :12].sum(axis=1)
    error = drift.std(axis=0, ddof=1) / np.sqrt(len(drift))
    assert (np.abs(drift.mean(axis=0)) < 3.5 * error).all()
    assert (error < 0.05 * days[:, :12].sum(axis=1).mean(axis=0)).all()
