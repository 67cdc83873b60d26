"""Who comes from where: growth, seasons and municipalities, and what a scenario changes in them."""

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
    entries,
    read_care_system,
    read_scenario,
    run_chunk,
    targets,
)
from vliegwiel.science.caresystem.compiling import Arm, compile_arms
from vliegwiel.science.caresystem.measuring import MUNICIPAL

from . import full_sample, samples

DAYS_PER_MONTH = 365.25 / 12
SYSTEM = read_care_system(samples.as_text(samples.care_system()))
TREND = "referrers.gp.trend"
ALL = {"from": "2025-01-01", "municipalities": "all"}


def change(target: str, operation: str, size: float, unit: str, **stage: Any) -> dict[str, Any]:
    return {
        "target": target, "operation": operation, "size": samples.printed(size, unit),
        "stages": [ALL | stage],
    }  # fmt: skip


def plan_of(system: CareSystem, *interventions: dict[str, Any], **more: Any) -> ForecastPlan:
    document = samples.scenario()
    document["interventions"] = list(interventions)
    scenario = read_scenario(samples.as_text(document), system)
    return ForecastPlan(system, scenario, **{"months": 36, "replications": 4, **more})


def arms(system: CareSystem, *interventions: dict[str, Any], **more: Any) -> tuple[Arm, Arm]:
    plan = plan_of(system, *interventions, **more)
    before, after = compile_arms(system, plan.scenario, plan.frame, plan.derivations.values({}))
    assert after is not None
    return before, after


def rates(arm: Arm) -> np.ndarray:
    """Youths a month by source, month and group."""
    network = arm.network
    groups = np.diff(network.groups, prepend=0.0, axis=-1)
    found: np.ndarray = network.candidates[..., None] * groups * network.accept * DAYS_PER_MONTH
    return found


def gp(arm: Arm) -> np.ndarray:
    """Youths a month of the general practitioner, in the whole region."""
    found: np.ndarray = rates(arm)[0].sum(axis=-1)
    return found


def test_a_changed_growth_works_from_its_date_on_what_had_grown() -> None:
    before, after = arms(SYSTEM, change(TREND, "set", 0.2, "1/year"))
    part = gp(after) / gp(before)
    assert (part[:12] == 1.0).all()
    assert part[12] == pytest.approx((1.2 / 1.01) ** (0.5 / 12))
    assert part[23] == pytest.approx((1.2 / 1.01) ** (11.5 / 12))
    assert part[35] == pytest.approx((1.2 / 1.01) ** (23.5 / 12))


def test_a_growth_that_stops_leaves_the_level_where_it_was() -> None:
    document = samples.care_system()
    document["referrers"][0]["trend"] = samples.printed(0.3, "1/year")
    del document["referrers"][0]["season"]
    _, after = arms(
        read_care_system(samples.as_text(document)), change(TREND, "set", 0.0, "1/year")
    )
    assert gp(after)[12:] == pytest.approx(18.0 * 1.3)


@given(
    st.floats(-0.5, 0.5), st.integers(0, 12), st.sampled_from([0.25, 1.0]), st.sampled_from([0, 3])
)
def test_growth_accumulates_month_by_month(
    yearly: float, ramp: int, share: float, later: int
) -> None:
    """Against a sum of logarithms in plain words: a month grows by a twelfth of its own rate."""
    day = f"2024-{1 + later:02d}-01"
    stage = {"from": day, "ramp_months": ramp, "share": share}
    before, after = arms(SYSTEM, change(TREND, "set", yearly, "1/year", **stage), months=24)
    part = 0.0
    for month in range(24):
        grown = min(1.0, (month - later + 1) / ramp) if ramp else 1.0
        exposure = grown if month >= later else 0.0
        step = np.log((1.01 + exposure * (yearly - 0.01)) / 1.01) / 12
        expected = (1.0 - share) + share * np.exp(part + step / 2)
        assert gp(after)[month] / gp(before)[month] == pytest.approx(expected)
        part += step


def test_a_season_changes_in_its_month_of_every_year() -> None:
    before, after = arms(SYSTEM, change("referrers.gp.season.07", "set", 1.4, "ratio"))
    part = gp(after) / gp(before)
    july = np.array([month % 12 == 6 for month in range(36)])
    assert part[july] == pytest.approx([1.0, 2.0, 2.0])
    assert (part[~july] == 1.0).all()


def test_a_season_is_found_with_its_month_and_never_drawn() -> None:
    found = targets(SYSTEM)["referrers.gp.season.07"]
    assert (found.path, found.quantity.value) == ("referrers[0].season.values[6]", 0.7)
    assert found.label.nl == "Huisarts: factor voor de maand juli"
    assert found.label.en == "General practitioner: factor for the month July"
    assert "referrers.gp.season.07" not in {entry.address for entry in entries(SYSTEM)}
    assert "referrers.municipality.season.07" not in targets(SYSTEM)


@pytest.mark.parametrize(
    "target",
    [TREND, "referrers.gp.season.02", "municipalities.0150", "referrers.gp.rate"],
)
def test_a_change_of_nothing_leaves_every_digit(target: str) -> None:
    before, after = arms(SYSTEM, change(target, "multiply", 1.0, "ratio", ramp_months=4))
    for name in ("candidates", "groups", "accept"):
        assert np.array_equal(getattr(before.network, name), getattr(after.network, name))
    assert (after.network.accept == 1.0).all()


def test_a_share_of_the_inflow_moves_and_the_others_give_way() -> None:
    before, after = arms(
        SYSTEM, change("municipalities.0150", "set", 0.65, "share"), by_municipality=True
    )
    assert gp(after) == pytest.approx(gp(before))
    for arm, month, expected in ((before, 20, [0.5, 0.3, 0.2]), (after, 11, [0.5, 0.3, 0.2]),
                                 (after, 20, [0.25, 0.65, 0.1])):  # fmt: skip
        here = rates(arm)[:, month]
        assert here / here.sum(axis=1, keepdims=True) == pytest.approx(np.array([expected] * 2))
    # Who is there at the start lives where youths lived before.
    assert np.array_equal(before.network.start_groups, after.network.start_groups)


def of_own(*shares: tuple[str, float]) -> CareSystem:
    document = samples.care_system()
    own = [full_sample.inflow(code, share) for code, share in shares]
    document["referrers"][1]["municipalities"] = own
    return read_care_system(samples.as_text(document))


def test_a_referrer_has_municipalities_of_its_own() -> None:
    system = of_own(("0166", 0.75), ("0193", 0.25))
    nothing = change("referrers.gp.rate", "multiply", 1.0, "ratio")
    before, _ = arms(system, nothing, by_municipality=True)
    found = rates(before)[:, 5]
    assert found[1] == pytest.approx(20.0 * np.array([0.25, 0.0, 0.75]))
    assert found[0] / found[0].sum() == pytest.approx(np.array([0.5, 0.3, 0.2]))


def test_its_own_shares_are_changed_and_those_of_the_region_are_not_its_own() -> None:
    system = of_own(("0166", 0.75), ("0193", 0.25), ("0150", 0.0))
    own, region = (
        rates(arms(system, change(target, "set", 0.5, "share"), by_municipality=True)[1])[:, 20]
        for target in ("referrers.municipality.municipalities.0150", "municipalities.0150")
    )
    assert own[1] == pytest.approx(20.0 * np.array([0.125, 0.5, 0.375]))
    assert own[0] / own[0].sum() == pytest.approx(np.array([0.5, 0.3, 0.2]))
    assert region[1] == pytest.approx(20.0 * np.array([0.25, 0.0, 0.75]))
    assert region[0] / region[0].sum() == pytest.approx(np.array([0.5 * 5 / 7, 0.5, 0.2 * 5 / 7]))


def test_the_shares_of_the_region_written_out_change_nothing() -> None:
    whole = of_own(("0193", 0.5), ("0150", 0.3), ("0166", 0.2))
    nothing = change("referrers.gp.rate", "multiply", 1.0, "ratio")
    one, other = (arms(system, nothing, by_municipality=True)[0] for system in (SYSTEM, whole))
    assert np.array_equal(one.network.groups, other.network.groups)
    assert np.array_equal(one.network.candidates, other.network.candidates)


@pytest.mark.parametrize(
    ("shares", "path", "code"),
    [
        ([("0193", 0.5), ("0150", 0.4)], "referrers[1].municipalities", "shares_sum"),
        ([("0193", 0.5), ("9999", 0.5)], "referrers[1].municipalities[1].municipality",
         "unknown_municipality"),
        ([("0193", 0.5), ("0193", 0.5)], "referrers[1].municipalities[1].municipality",
         "duplicate_id"),
        ([("0193", 1.5), ("0150", -0.5)], "referrers[1].municipalities[0].share", "not_a_share"),
    ],
)  # fmt: skip
def test_municipalities_of_a_referrer_that_cannot_be(
    shares: list[tuple[str, float]], path: str, code: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        of_own(*shares)
    assert (path, code) in {(fault.path, fault.code) for fault in caught.value.faults}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "referrer"),
    [("municipalities.0150", None), ("referrers.municipality.municipalities.0150", "own")],
)
def test_more_youths_come_from_a_municipality_with_a_larger_share(
    target: str, referrer: str | None
) -> None:
    system = of_own(("0166", 0.4), ("0193", 0.4), ("0150", 0.2)) if referrer else SYSTEM
    plan = plan_of(system, change(target, "set", 0.6, "share"), by_municipality=True)
    chunk = run_chunk(plan, 0, plan.replications)
    arrivals = chunk.by_municipality[:, :, MUNICIPAL.index("arrivals")].sum(axis=-1)
    more = arrivals[:, 1] - arrivals[:, 0]
    assert (more[:, 1] > 0).all()
    assert (more[:, [0, 2]] < 0).all()


@given(st.floats(0.0, 1.0), st.integers(0, 6), st.floats(0.0, 1.0))
def test_the_inflow_of_a_referrer_never_hangs_on_how_it_is_divided(
    share: float, ramp: int, reached: float
) -> None:
    stage = {"ramp_months": ramp, "share": reached}
    before, after = arms(SYSTEM, change("municipalities.0166", "set", share, "share", **stage))
    assert gp(after) == pytest.approx(gp(before))
    assert (after.network.accept <= 1.0).all()


def age_shares(arm: Arm, month: int, group: int, origin: int) -> np.ndarray:
    """Share of each year of life of who comes in a month."""
    network = arm.network
    assert network.features.ages is not None
    share = network.features.ages.share
    row = network.row[month, group] if len(share) > 1 else 0
    found: np.ndarray = np.diff(share[row, origin], prepend=0.0)
    return found


def test_ages_at_entry_change_from_their_date_and_those_of_the_start_do_not() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    older = change("ages.at_entry.12-18", "set", 0.9, "share")
    before, after = arms(system, older)
    gp_source, municipality, start = 0, 1, 2 + len(system.care_types)
    usual = np.array([0.0] * 4 + [0.5 / 8] * 8 + [0.5 / 6] * 6 + [0.0] * 12)
    changed = np.array([0.0] * 4 + [0.1 / 8] * 8 + [0.9 / 6] * 6 + [0.0] * 12)
    assert age_shares(before, 30, 0, municipality) == pytest.approx(usual)
    assert age_shares(after, 11, 0, municipality) == pytest.approx(usual)
    assert age_shares(after, 12, 0, municipality) == pytest.approx(changed)
    for origin in (gp_source, start):  # of its own, and a fact
        same = age_shares(before, 30, 0, origin)
        assert np.array_equal(age_shares(after, 30, 0, origin), same)


def test_ages_of_a_referrer_change_for_a_share_of_the_youths() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    _, after = arms(system, change("referrers.gp.ages.0-6", "set", 0.8, "share", share=0.5))
    young = [age_shares(after, 20, group, 0)[:6].sum() for group in range(2)]
    assert sorted(young) == pytest.approx([0.3, 0.8])
