"""A question that cannot be asked is refused with everything that is wrong about it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from vliegwiel.science.caresystem import (
    DocumentError,
    ForecastPlan,
    read_care_system,
    write_document,
)
from vliegwiel.science.evidence import DESIGNS, PLAN_MESSAGES, PilotPlan, halved, piloted
from vliegwiel.science.kernel import Month

from .samples import CODES, change, region

SYSTEM = region()
SCENARIO = change(SYSTEM, 1.3, "referrers.gp.rate", ("care_types.help.stay.mean", 0.9))


def plan(**asked: Any) -> PilotPlan:
    return PilotPlan(SYSTEM, SCENARIO, **{"given": CODES[:2], "outcome": "arrivals", **asked})


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"design": "guess"}, {"unknown_design"}),
        ({"outcome": "luck", "care_type": "magic"}, {"unknown_outcome", "unknown_care_type"}),
        ({"outcome": "waiting_time", "care_type": "help"}, {"without_limit"}),
        ({"given": ("0000",), "candidates": ("9999",)}, {"unknown_municipality"}),
        ({"given": (CODES[0], CODES[0])}, {"twice"}),
        ({"given": ()}, {"no_sites"}),
        ({"numbers": (13,)}, {"too_many_sites"}),
        ({"numbers": (1,)}, {"given_beyond"}),
        ({"numbers": (0,), "given": ()}, {"outside"}),
        ({"longest": 2, "replications": 1, "certainty": 1.0}, {"outside"}),
        ({"design": "before_after", "months_before": 11}, {"outside"}),
    ],
)
def test_each_fault_is_named(asked: dict[str, Any], codes: set[str]) -> None:
    with pytest.raises(DocumentError) as caught:
        plan(**asked)
    assert {fault.code for fault in caught.value.faults} == codes
    assert all(fault.message == PLAN_MESSAGES[fault.code] % fault.params
               for fault in caught.value.faults)  # fmt: skip


def test_all_faults_come_at_once() -> None:
    with pytest.raises(DocumentError) as caught:
        plan(design="guess", outcome="luck", longest=500)
    assert [fault.path for fault in caught.value.faults] == ["design", "outcome", "longest"]


@pytest.mark.parametrize("design", list(DESIGNS))
def test_question_has_a_hash_of_its_own(design: str) -> None:
    asked = {"design": design, "months_before": 12, "numbers": (4,)}
    base = plan(**asked)
    assert base.hash == plan(**asked).hash
    for other in ({"seed": 2}, {"longest": 24}, {"outcome": "starts"}, {"hoped": False}):
        assert plan(**{**asked, **other}).hash != base.hash
    # Another certainty asks something else of the same simulated pilots.
    assert plan(**asked, certainty=0.9).hash == base.hash


def test_pilot_replaces_places_and_dates_and_keeps_what_comes_later() -> None:
    document = SCENARIO.interventions
    later = document[1].model_copy(
        update={"stages": (document[1].stages[0].model_copy(
            update={"from_": date(2030, 10, 1), "ramp_months": 4}),)}
    )  # fmt: skip
    scenario = SCENARIO.model_copy(update={"interventions": (document[0], later)})
    made = piloted(
        scenario, {"1001": Month(2025, 3), "1003": Month(2025, 3), "1002": Month(2026, 1)}
    )
    first, second = made.interventions
    assert [(s.from_, s.municipalities, s.ramp_months) for s in first.stages] == [
        (date(2025, 3, 1), ("1001", "1003"), 0),
        (date(2026, 1, 1), ("1002",), 0),
    ]
    assert [(s.from_, s.municipalities, s.ramp_months) for s in second.stages] == [
        (date(2025, 12, 1), ("1001", "1003"), 4),
        (date(2026, 10, 1), ("1002",), 4),
    ]


def test_halves_of_a_municipality_are_equal_in_every_draw() -> None:
    parted, second = halved(SYSTEM, CODES[:2])
    assert set(second) == set(CODES[:2])
    assert len(parted.municipalities) == len(SYSTEM.municipalities) + 2
    assert len({m.code for m in parted.municipalities}) == len(parted.municipalities)
    forecast = ForecastPlan(parted, months=12, replications=5)
    for replication in range(5):
        values = forecast.derivations.values(forecast.draws(replication))
        for one, other in second.items():
            half = values[f"municipalities.{one}"]
            assert half == values[f"municipalities.{other}"] == pytest.approx(1 / 24)


def test_a_referrer_with_its_own_municipalities_sends_each_half_as_many() -> None:
    document = json.loads(write_document(SYSTEM))
    origin = document["municipalities"][0]["share"]["provenance"]
    document["referrers"][0]["municipalities"] = [
        {"municipality": code, "share": {"value": 0.5, "unit": "share", "provenance": origin}}
        for code in CODES[:2]
    ]
    parted, second = halved(read_care_system(json.dumps(document)), CODES[:1])
    forecast = ForecastPlan(parted, months=6, by_municipality=True)
    values = forecast.derivations.values(forecast.draws(0))
    address = f"referrers.{parted.referrers[0].id}.municipalities"
    shares = [values[f"{address}.{code}"] for code in (CODES[0], second[CODES[0]], CODES[1])]
    assert shares == pytest.approx([0.25, 0.25, 0.5])
    assert all(not referrer.municipalities for referrer in parted.referrers[1:])
