"""Youths who move to another municipality, from document to counts by municipality."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    DocumentError,
    ForecastPlan,
    forecast,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.measuring import MUNICIPAL, TOLERANCE
from vliegwiel.science.caresystem.network import Network

from . import full_sample, samples
from .test_any_document import assert_municipalities_make_up_the_region

pytestmark = pytest.mark.slow


def with_moves(rate: float | None, sample: Any = samples, **changed: Any) -> dict[str, Any]:
    moving = {} if rate is None else {"moving": {"rate": samples.printed(rate, "1/year")}}
    return sample.care_system() | moving | changed


def plan_of(document: dict[str, Any], change: dict[str, Any] | None, **asked: Any) -> ForecastPlan:
    system = read_care_system(samples.as_text(document))
    scenario = None if change is None else read_scenario(samples.as_text(change), system)
    # A whole calendar year: it is the last period as well.
    return ForecastPlan(system, scenario, months=12, replications=4, **asked)


def network_of(document: dict[str, Any]) -> Network:
    plan = plan_of(document, None)
    values = plan.derivations.values(plan.draws(0))
    return compile_arms(plan.system, None, plan.frame, values)[0].network


def test_municipalities_are_left_for_the_others_by_their_shares() -> None:
    moving = network_of(with_moves(0.06)).features.moving
    assert moving is not None
    assert moving.rate == pytest.approx(0.06 / 365.25)
    expected = [[0.0, 0.6, 1.0], [0.5 / 0.7, 0.5 / 0.7, 1.0], [0.625, 1.0, 1.0]]
    assert moving.to == pytest.approx(np.array(expected))


def test_who_moves_stays_among_those_whom_a_share_reaches() -> None:
    change = samples.scenario()
    one = change["interventions"][0]
    change["interventions"] = [
        one | {"stages": [{"from": "2024-01-01", "municipalities": where, "share": share}]}
        for where, share in ((["0150"], 0.25), ("all", 0.6))
    ]
    plan = plan_of(with_moves(0.4), change)
    assert [part[part > 0].tolist() for part in plan.frame.parts] == [
        pytest.approx([0.25, 0.35, 0.4])
    ] * 3
    network = compile_arms(plan.system, plan.scenario, plan.frame, plan.derivations.values({}))[0]
    moving = network.network.features.moving
    assert moving is not None
    to = np.diff(moving.to, axis=1, prepend=0.0).reshape(3, 3, 3, 3)  # town and part, twice
    expected = np.array([[0.0, 0.6, 0.4], [5 / 7, 0.0, 2 / 7], [0.625, 0.375, 0.0]])
    for part in range(3):
        assert to[:, part, :, part] == pytest.approx(expected)
    assert to.sum() == pytest.approx(9.0)  # so nobody goes from one part to another
    reached = plan.frame.exposure[1, -1].reshape(3, 3)
    assert reached.tolist() == [[1.0, 1.0, 0.0]] * 3


def test_without_it_a_document_is_as_it_was() -> None:
    network = network_of(with_moves(None))
    assert network.features.plain
    assert network.row.shape[1] == 1  # municipalities need not be told apart


def test_in_a_region_of_one_municipality_nobody_moves() -> None:
    one = [{"code": "0193", "name": "Zwolle", "share": samples.printed(1.0, "share")}]
    assert network_of(with_moves(0.06, municipalities=one)).features.plain


@pytest.mark.parametrize("sample", [samples, full_sample], ids=["plain", "full"])
def test_months_by_municipality_still_make_up_the_region(sample: Any) -> None:
    plan = plan_of(with_moves(0.4, sample), sample.scenario(), by_municipality=True)
    for replication in range(2):
        done = plan.simulate(replication, plan.draws(replication))
        assert done.discrepancies.max() < TOLERANCE
        assert done.by_municipality.min() >= 0.0
        assert_municipalities_make_up_the_region(done)


def test_counting_by_municipality_changes_nothing_in_the_region() -> None:
    document, change = with_moves(0.4), samples.scenario()
    one = plan_of(document, change, by_municipality=True)
    other = plan_of(document, change)
    found = [plan.simulate(1, plan.draws(1)).measured for plan in (one, other)]
    assert np.array_equal(*found)


def test_a_rate_of_nothing_gives_the_numbers_of_a_document_without() -> None:
    still, without = (
        plan_of(with_moves(rate), samples.scenario(), by_municipality=True) for rate in (0.0, None)
    )
    one, other = (plan.simulate(1, plan.draws(1)) for plan in (still, without))
    assert np.array_equal(one.measured, other.measured)
    assert np.array_equal(one.by_municipality, other.by_municipality)


def test_youths_of_a_small_municipality_come_from_elsewhere() -> None:
    """All are referred in one of three; those who move are in care in the others."""
    shares = {"0193": 0.98, "0150": 0.01, "0166": 0.01}
    places = [
        {"code": code, "name": code, "share": samples.printed(share, "share")}
        for code, share in shares.items()
    ]
    in_care = []
    for rate in (0.0, 0.5):
        document = with_moves(rate, municipalities=places)
        plan = plan_of(document, None, by_municipality=True)
        done = [plan.simulate(r, plan.draws(r)).by_municipality[0] for r in range(4)]
        in_care.append(np.sum(done, axis=0)[MUNICIPAL.index("in_care")].sum(axis=1))
    assert in_care[1][1:].min() > 2 * in_care[0][1:].max()
    assert in_care[1][0] < in_care[0][0]


@pytest.mark.parametrize("rate", [-0.1, 3.0])
def test_a_rate_that_cannot_be_is_refused(rate: float) -> None:
    with pytest.raises(DocumentError) as refused:
        read_care_system(samples.as_text(with_moves(rate)))
    assert [fault.path for fault in refused.value.faults] == ["moving.rate"]


def test_a_scenario_cannot_change_it() -> None:
    change = samples.scenario()
    change["interventions"][0] |= {"target": "moving.rate"}
    system = read_care_system(samples.as_text(with_moves(0.06)))
    with pytest.raises(DocumentError) as refused:
        read_scenario(samples.as_text(change), system)
    assert [fault.code for fault in refused.value.faults] == ["fact_of_moving"]


def test_an_assumed_rate_is_drawn_and_told_with_the_forecast() -> None:
    document = with_moves(0.06)
    document["moving"]["rate"] = samples.assumed(0.06, "1/year", 0.02, 0.1)
    made = forecast(read_care_system(samples.as_text(document)), None, months=7, replications=3)
    assert "moving.rate" in [used.address for used in made.assumptions]
