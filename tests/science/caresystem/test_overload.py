"""What is said before a run of forms of care that cannot keep up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from vliegwiel.science.caresystem import (
    Overload,
    forecast,
    overloads,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.caresystem.stability import flows

from . import samples

Document = dict[str, Any]


def roomy(patient: bool = True) -> Document:
    """The sample with enough places for all, and (patient) nobody who stops waiting."""
    document = samples.care_system()
    for i, places in ((0, 300.0), (2, 90.0)):
        care = document["care_types"][i]
        care["capacity"]["places"] = samples.printed(places, "places")
        if patient:
            del care["patience"]
    for referrer in document["referrers"]:
        referrer.pop("trend", None)
    return document


def change(target: str, operation: str, size: float, unit: str, **more: Any) -> Document:
    stage = {"from": "2025-01-01", "municipalities": "all", "ramp_months": 0}
    return {
        "target": target,
        "operation": operation,
        "size": samples.printed(size, unit),
        "stages": [stage | more.pop("stage", {})],
        **more,
    }


def found(
    document: Document, *changes: Document, months: int = 60, **more: Any
) -> tuple[Overload, ...]:
    system = read_care_system(samples.as_text(document))
    if not changes:
        return overloads(system, months=months)
    scenario = samples.scenario() | {"interventions": list(changes), **more}
    read = read_scenario(samples.as_text(scenario), system)
    return overloads(system, read, months=months)


def test_where_there_is_room_nothing_is_said() -> None:
    assert found(roomy()) == ()
    assert found(roomy(), change("care_types.ambulant.stay.mean", "multiply", 0.9, "ratio")) == ()


def test_where_youths_stop_waiting_nothing_is_said_however_few_places() -> None:
    few = change("care_types.ambulant.places", "set", 5.0, "places")
    assert found(roomy(patient=False), few) == ()


TOO_MUCH = {
    "fewer places": change("care_types.ambulant.places", "set", 100.0, "places"),
    "more referrals": change("referrers.gp.rate", "multiply", 2.0, "ratio"),
    "a longer stay": change("care_types.ambulant.stay.mean", "multiply", 2.0, "ratio"),
    "a longer extension": change("care_types.ambulant.extension.length", "set", 900.0, "days"),
    "more who go on": change("care_types.local.next.ambulant", "set", 0.7, "share"),
    "more sent here": change(
        "referrers.municipality.destinations.local", "move", 1.0, "share", to="ambulant"
    ),
    "more who come back": change("reentry.probability", "set", 0.9, "share"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_every_kind_of_change_that_is_too_much_is_told(name: str) -> None:
    (one, *others) = found(roomy(), TOO_MUCH[name])
    assert (one.side, one.care_type, one.first, one.until) == (
        "scenario", "ambulant", date(2025, 1, 1), None,
    )  # fmt: skip
    assert one.needed > one.there
    assert one.unit == "places"
    assert one.label.nl == "Ambulante hulp"
    assert {other.care_type for other in others} <= {"residential"}


def test_the_places_needed_are_those_of_the_balance() -> None:
    """Of a change that is there from the start, as the same document written out."""
    document = roomy()
    stage = {"stage": {"from": "2024-01-01"}}
    (one,) = found(document, change("referrers.gp.rate", "multiply", 1.8, "ratio", **stage))
    for referrer in document["referrers"]:
        if referrer["id"] == "gp":
            referrer["rate"] = samples.printed(1.8 * referrer["rate"]["value"], "youths/month")
    document["care_types"][0]["capacity"]["places"] = samples.printed(900.0, "places")
    written = flows(read_care_system(samples.as_text(document)))
    assert one.needed == pytest.approx(written.arrivals[0] * written.care_days[0], rel=1e-9)
    assert one.there == 300.0


def test_patience_that_is_taken_away_is_told() -> None:
    document = roomy(patient=False)
    document["care_types"][0]["capacity"]["places"] = samples.printed(180.0, "places")
    endless = change("care_types.ambulant.patience.mean", "set", 36500.0, "days")
    (one,) = found(document, endless)
    assert (one.side, one.care_type, one.first) == ("scenario", "ambulant", date(2025, 1, 1))
    long = change("care_types.ambulant.patience.mean", "set", 3650.0, "days")
    assert found(document, long) == ()


def test_a_step_down_is_told_of_both_worlds_and_with_its_end() -> None:
    document = roomy()
    document["care_types"][0]["capacity"]["steps"] = [
        {"from": "2025-03-01", "value": samples.printed(150.0, "places")},
        {"from": "2025-09-01", "value": samples.printed(320.0, "places")},
    ]
    (one,) = found(document)
    assert (one.side, one.first, one.until) == ("baseline", date(2025, 3, 1), date(2025, 9, 1))
    assert one.there == 150.0
    harmless = change("care_types.residential.stay.mean", "multiply", 0.9, "ratio")
    assert [x.side for x in found(document, harmless)] == ["baseline", "scenario"]


def test_a_trend_is_told_from_the_month_in_which_it_is_too_much() -> None:
    document = roomy()
    document["referrers"][0]["trend"] = samples.printed(0.25, "1/year")
    (one,) = found(document, months=60)
    assert date(2024, 2, 1) < one.first < date(2028, 12, 1)
    assert one.until is None
    before = (one.first.year - 2024) * 12 + one.first.month - 1
    assert found(document, months=before) == ()


def test_season_alone_is_no_overload() -> None:
    document = roomy()
    needed = flows(read_care_system(samples.as_text(document)))
    just_enough = float(needed.arrivals[0] * needed.care_days[0]) + 3.0
    document["care_types"][0]["capacity"]["places"] = samples.printed(round(just_enough), "places")
    assert any(referrer.get("season") for referrer in document["referrers"])
    assert found(document) == ()


def test_a_changed_month_of_the_season_is_no_overload() -> None:
    busier = change("referrers.gp.season.07", "multiply", 1.5, "ratio")
    assert found(roomy(), busier) == ()


def test_a_warm_up_is_not_told_of() -> None:
    document = roomy()
    document["referrers"][0]["trend"] = samples.printed(0.1, "1/year")
    told = found(document, months=120)
    assert told
    assert found(document | {"warm_up_months": 36}, months=120) == told


def test_a_share_of_the_youths_counts_for_its_share() -> None:
    longer = ("care_types.ambulant.stay.mean", "multiply", 3.0, "ratio")
    whole, part = (
        found(roomy(), change(*longer, stage={"share": share}))[0].needed for share in (1.0, 0.8)
    )
    written = flows(read_care_system(samples.as_text(roomy())))
    plain = float(written.arrivals[0] * written.care_days[0])
    assert part - plain == pytest.approx(0.8 * (whole - plain), rel=1e-6)


def test_a_change_that_comes_in_steps_is_too_much_from_a_later_month() -> None:
    grows = {"stage": {"ramp_months": 24}}
    (one,) = found(roomy(), change("care_types.ambulant.places", "set", 100.0, "places", **grows))
    assert date(2025, 1, 1) < one.first < date(2027, 1, 1)
    assert one.there == 100.0


def test_a_share_of_the_region_counts_for_its_share() -> None:
    """Half of the youths moves the needed places half as far."""
    whole, half = (
        found(
            roomy(),
            change("referrers.gp.rate", "multiply", 3.0, "ratio", stage={"municipalities": where}),
        )[0].needed
        for where in ("all", ["0193"])
    )
    written = flows(read_care_system(samples.as_text(roomy())))
    plain = float(written.arrivals[0] * written.care_days[0])
    assert half - plain == pytest.approx((whole - plain) / 2, rel=1e-6)


def test_new_care_without_enough_places_is_told() -> None:
    care = samples.care_system()["care_types"][2] | {"id": "new_home"}
    for name in ("patience", "next"):
        care.pop(name)
    care |= {
        "capacity": {"kind": "places", "places": samples.printed(3.0, "places")},
        "in_care_at_start": samples.printed(0.0, "youths"),
        "waiting_at_start": samples.printed(0.0, "youths"),
    }
    moved = change("referrers.gp.destinations.local", "move", 0.8, "share", to="new_home")
    (one,) = found(roomy(), moved, new_care_types=[care])
    assert (one.care_type, one.first, one.there) == ("new_home", date(2025, 1, 1), 3.0)


def test_a_budget_is_told_in_euro() -> None:
    document = roomy()
    care = document["care_types"][2]
    care["capacity"] = {"kind": "budget", "ceiling": samples.printed(2e7, "euro")}
    cut = change("care_types.residential.ceiling", "set", 1e6, "euro")
    (one,) = found(document, cut)
    assert (one.care_type, one.unit) == ("residential", "euro")
    assert one.there == pytest.approx(1e6)
    assert one.needed > 1e6


@pytest.mark.slow
def test_the_waiting_list_grows_where_it_is_told_and_stops_where_it_ends() -> None:
    document = json.loads(json.dumps(roomy()))
    document["care_types"][0]["capacity"]["steps"] = [
        {"from": "2025-01-01", "value": samples.printed(120.0, "places")},
        {"from": "2026-01-01", "value": samples.printed(400.0, "places")},
    ]
    system = read_care_system(samples.as_text(document))
    (one,) = overloads(system, months=48)
    listed = forecast(system, months=48, replications=20).of("waiting_list", "ambulant").baseline
    first, until = 12, 24
    assert (one.first, one.until) == (date(2025, 1, 1), date(2026, 1, 1))
    values = [value or 0.0 for value in listed.median]
    assert values[until - 1] > values[first - 1] + 50
    assert values[-1] < values[until - 1] / 2
