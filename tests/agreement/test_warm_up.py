"""A simulation that begins before the start: what it tells does not depend on how it began."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.science.caresystem import full_sample, samples
from tests.science.caresystem.samples import printed, shares
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    ForecastPlan,
    read_care_system,
    read_scenario,
    run_chunk,
    summarise,
    warmed_up,
)
from vliegwiel.science.caresystem.compiling import Arm, compile_arms
from vliegwiel.science.caresystem.ensemble import Chunk, arms_of, counted
from vliegwiel.science.caresystem.life_histories import histories, scaled_values
from vliegwiel.science.caresystem.measuring import MEASURED
from vliegwiel.science.caresystem.monthly_counts import count_by_municipality
from vliegwiel.science.caresystem.waiting_today import WaitingPlan, run_waiting, summarise_waiting
from vliegwiel.science.caresystem.workspace import Workspace

from .queueing import mmc_wait
from .test_plain_simulator import assert_same

pytestmark = pytest.mark.slow

RATE, STAY, PLACES = 9.0, 30.0, 10  # a month, days
PER_DAY = RATE / (365.25 / 12)


def queue(**more: Any) -> dict[str, Any]:
    """One queue: Poisson arrivals, exponential stays, nobody who gives up."""
    document = samples.care_system()
    document["referrers"] = [
        {
            "id": "gp",
            "label": samples.text("GP"),
            "rate": printed(RATE, "youths/month"),
            "destinations": shares(ambulant=1.0),
        }
    ]
    ambulant = document["care_types"][0]
    for name in ("extension", "patience"):
        del ambulant[name]
    ambulant |= {
        "capacity": {"kind": "places", "places": printed(float(PLACES), "places")},
        "stay": {"distribution": "exponential", "mean": printed(STAY, "days")},
        "next": [],
        "in_care_at_start": printed(0.0, "youths"),
        "waiting_at_start": printed(0.0, "youths"),
    }
    document["care_types"] = [ambulant]
    document.pop("reentry", None)
    document.pop("workings", None)
    return {**document, **more}


def system_of(document: dict[str, Any]) -> CareSystem:
    return read_care_system(samples.as_text(document))


def sample(months: int, of: Any = full_sample) -> tuple[CareSystem, Any]:
    system = warmed_up(system_of(of.care_system()), months)
    return system, read_scenario(samples.as_text(of.scenario()), system)


def measured(chunk: Chunk, name: str) -> np.ndarray:
    found: np.ndarray = chunk.measured[:, :, MEASURED.index(name)]
    return found


def test_the_first_month_is_as_erlang_c_says() -> None:
    replications = 3000
    plan = ForecastPlan(
        system_of(queue(warm_up_months=48)), None, months=1, replications=replications, seed=4
    )
    chunk = run_chunk(plan, 0, replications)
    waited, starts = (measured(chunk, name)[:, 0, 0, 0] for name in ("wait_sum", "starts"))
    mean = waited.sum() / starts.sum()
    error = np.std(waited - mean * starts) / math.sqrt(replications) / starts.mean()
    assert abs(mean - mmc_wait(PER_DAY, STAY, PLACES)) < 4 * error
    present = measured(chunk, "care_days")[:, 0, 0, 0] / 31
    error = present.std() / math.sqrt(replications)
    assert abs(present.mean() - PER_DAY * STAY) < 4 * error
    # It is the warm-up that makes it so: from an empty system the first month is far from it.
    cold = run_chunk(replace(plan, system=system_of(queue())), 0, replications)
    assert measured(cold, "wait_sum").sum() < 0.5 * waited.sum()


def test_what_the_document_says_of_the_start_does_not_matter() -> None:
    document = full_sample.care_system()
    system, scenario = sample(30)
    for care in document["care_types"]:
        care["in_care_at_start"] = printed(1.0, "youths")
        if "waiting_at_start" in care:
            care["waiting_at_start"] = printed(0.0, "youths")
    # Places that follow from who is in care keep their number.
    document["care_types"][0]["capacity"]["places"] = printed(180.0, "places")
    other = warmed_up(system_of(document), 30)
    values = ForecastPlan(system).derivations.values({})
    changed = ForecastPlan(other).derivations.values({})
    assert values["care_types.local.in_care_at_start"] == 90.0
    assert changed["care_types.local.in_care_at_start"] == 1.0
    plans = [ForecastPlan(one, scenario, months=12, seed=8) for one in (system, other)]
    one, two = (plan.simulate(0, {}) for plan in plans)
    assert np.array_equal(one.measured, two.measured)
    assert np.array_equal(one.flows, two.flows)
    assert one.measured[0, MEASURED.index("in_care"), 0].sum() > 100


def arms(system: CareSystem, scenario: Any, **more: Any) -> tuple[ForecastPlan, tuple[Arm, ...]]:
    plan = ForecastPlan(system, scenario, seed=5, **more)
    return plan, arms_of(plan, plan.draws(3))


@pytest.mark.parametrize("of_", [samples, full_sample], ids=["plain", "full"])
def test_both_engines_see_the_same_events(of_: Any) -> None:
    plan, both = arms(*sample(18, of_), months=12)
    for arm in both:
        assert arm.network.in_care.sum() == arm.network.waiting.sum() == arm.network.returning == 0
        assert assert_same(arm.network, plan.key(3)) > 1500


def test_months_are_told_from_the_start_on() -> None:
    """Against the counts of the whole run: numbers by month, who is there, and flows."""
    plan, both = arms(*sample(18), months=30, by_municipality=True)
    assert [month.first_day for month in plan.frame.told][:2] == [
        date(2024, 1, 1), date(2024, 2, 1),
    ]  # fmt: skip
    assert (plan.frame.months[0].first_day, len(plan.frame.months)) == (date(2022, 7, 1), 48)
    kept = plan.simulate(3, plan.draws(3))
    assert kept.discrepancies.max() < 1e-9
    assert kept.measured.shape[2] == kept.waits.shape[2] - 1 == 30
    for k, arm in enumerate(both):
        counts = Workspace(arm.network).simulate(plan.key(3))
        for name in ("arrivals", "starts", "wait_sum", "within_norm"):
            found = kept.measured[k, MEASURED.index(name)]
            assert np.array_equal(found, counts.total(name)[18:].astype(np.float32))
        change = counts.total("starts") - counts.total("ends")
        in_care = np.cumsum(change, axis=0)[18:]
        assert np.array_equal(kept.measured[k, MEASURED.index("in_care")], in_care)
        last = slice(18 + plan.spans.first, 18 + plan.spans.last + 1)
        assert np.array_equal(kept.flows[k], counts.flows[last].sum(axis=0))
        # Municipalities, together, are the region.
        joined = counts.total("arrivals") - counts.total("starts") - counts.total("leaving")
        waiting = joined[: last.stop].sum(axis=0)
        assert np.array_equal(kept.by_municipality[k, 4].sum(axis=0), waiting)
        cost = kept.by_municipality[k, 6:].sum(axis=(0, 1))
        assert np.allclose(cost, kept.measured[k, MEASURED.index("cost")].sum(axis=0), rtol=1e-5)
        few = counted(plan, arm, [3], ("starts", "wait_sum"))[0]
        assert np.array_equal(few[0], kept.measured[k, MEASURED.index("starts")])
    one, two = next(count_by_municipality(plan, [3]))
    assert one.care_days.shape == two.cost.shape == (30, 3, len(plan.whole.care_types))
    assert np.array_equal(two.starts.sum(axis=1), kept.measured[1, MEASURED.index("starts")])


def test_months_seasons_growth_places_prices_and_changes_keep_their_dates() -> None:
    system, scenario = sample(18)
    cold = read_care_system(samples.as_text(full_sample.care_system()))
    cold_plan, cold_arms = arms(cold, scenario, months=36)
    plan, warm_arms = arms(system, scenario, months=36)
    for before, after in zip(cold_arms, warm_arms, strict=True):
        assert np.array_equal(before.network.candidates, after.network.candidates[:, 18:])
        assert np.array_equal(before.network.places, after.network.places[18:])
        assert np.array_equal(before.cost_per_day, after.cost_per_day[18:])
        assert np.array_equal(before.network.accept, after.network.accept[:, 18:])
    assert np.array_equal(cold_plan.frame.exposure, plan.frame.exposure[:, 18:])
    assert plan.frame.exposure[:, :18].max() == 0.0
    # July to July: the same season, less the growth of a year.
    rates = arms(system, None, months=36)[1][0].network.candidates[0]
    growth = plan.draws(3)["referrers.gp.trend"]
    assert math.isclose(rates[12], rates[0] * (1 + growth), rel_tol=1e-12)
    assert math.isclose(rates[24], rates[12] * (1 + growth), rel_tol=1e-12)


def test_both_arms_are_the_same_until_the_change() -> None:
    plan, both = arms(*sample(18), months=12)
    one, two = (Workspace(arm.network).simulate(plan.key(0)).cells for arm in both)
    known = len(plan.system.care_types)
    assert np.array_equal(one[:18, :, :known], two[:18, :, :known])


def test_money_spent_before_the_start_counts_in_the_year_of_the_start() -> None:
    document = full_sample.care_system()
    for months, left in ((0, 366), (18, 184)):  # 184 of the 365 days of 2022 are simulated
        found = warmed_up(system_of(document), months)
        plan = ForecastPlan(found, None, months=12)
        network = compile_arms(found, None, plan.frame, plan.derivations.values({}))[0].network
        assert network.features.budgets is not None
        ceiling = network.features.budgets.ceiling
        station = int(np.flatnonzero(np.isfinite(ceiling[0]))[0])
        whole = ceiling[months, station]
        assert whole == 90_000.0
        if months:
            assert np.allclose(ceiling[:6, station], whole * left / 365)
            assert (ceiling[6:18, station] == whole).all()
            assert network.features.budgets.new_year[:19].nonzero()[0].tolist() == [6, 18]


def test_spending_runs_on_over_the_start_in_the_middle_of_a_year() -> None:
    """Half the year's money was spent in the half year before: none is given back at the start."""
    document = queue(start="2024-07-01", warm_up_months=6)
    budget = {"kind": "budget", "ceiling": printed(20_000.0, "euro")}
    care = document["care_types"][0]
    care["capacity"], care["cost_per_start"] = budget, printed(1_000.0, "euro")
    care["cost_per_day"] = printed(0.0, "euro/day")
    care["patience"] = {"mean": printed(60.0, "days"), "leave_to": "out"}
    chunk = run_chunk(ForecastPlan(system_of(document), None, months=6, replications=20), 0, 20)
    # 9 a month for 2.2 months and the money is gone: nobody starts from July on.
    assert measured(chunk, "starts").sum() == 0.0
    assert measured(chunk, "waiting")[:, :, 0].min() > 0


def test_who_waits_today_is_not_told_and_the_forecast_says_so() -> None:
    plan = ForecastPlan(*sample(12), months=12, replications=3)
    whole = WaitingPlan(plan, 2)
    assert summarise_waiting(whole, [run_waiting(whole, 0, 2)]) == ()
    checks = {check.code: check for check in summarise(plan, [run_chunk(plan, 0, 3)]).checks}
    assert checks["warmed_up"].params == {"months": "12"}
    assert "full_at_start" not in checks


def test_histories_tell_of_who_is_there_from_the_start_on() -> None:
    system = sample(24)[0]
    found = histories(system, 12, seed=3)
    assert found.horizon == 366.0
    assert not (found.ended < 0).any()
    assert not np.isnan(found.arrived).any()
    assert (found.referrer >= 0).all()
    assert np.array_equal(np.unique(found.youth), np.arange(found.youths))
    plan = ForecastPlan(system, months=12, seed=3, by_municipality=True)
    arm, _ = compile_arms(system, None, plan.frame, scaled_values(plan, 1.0))
    counts = Workspace(arm.network).simulate(plan.key(0))
    before = slice(None, 24)
    in_care = (counts.total("starts") - counts.total("ends"))[before].sum(axis=0)
    there = found.care_type[found.started < 0]
    assert np.array_equal(np.bincount(there, minlength=len(in_care)), in_care)
    came = found.arrived >= 0
    arrivals = counts.total("arrivals")[24:].sum(axis=0)
    assert np.array_equal(np.bincount(found.care_type[came], minlength=len(arrivals)), arrivals)


@pytest.mark.parametrize("months", [-1, 241, 1.5])
def test_a_warm_up_that_cannot_be_is_refused(months: Any) -> None:
    with pytest.raises(DocumentError) as refused:
        warmed_up(system_of(queue()), months)
    assert refused.value.faults[0].path == "warm_up_months"


def test_too_many_before_the_start_are_refused() -> None:
    """A number that halves every year was very large ten years ago."""
    document = queue()
    document["referrers"][0]["trend"] = printed(-0.9, "1/year")
    assert warmed_up(system_of(document), 12).warm_up_months == 12
    with pytest.raises(DocumentError) as refused:
        warmed_up(system_of(document), 120)
    assert [fault.code for fault in refused.value.faults] == ["too_busy"]
