"""A small region of which everything is known, for the tests: what a fit must find again."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from vliegwiel.science.caresystem import (
    CareSystem,
    Quantity,
    Text,
    entries,
    histories,
    read_care_system,
)
from vliegwiel.science.fit import (
    Background,
    FittedSystem,
    Visits,
    background_of,
    fit_care_system,
    visits_of_histories,
)

Json = dict[str, Any]

MONTHS = 36
_SEASON = (1.1, 1.1, 1.1, 1.0, 1.0, 1.0, 0.6, 0.8, 1.2, 1.1, 1.0, 1.0)


def text(words: str) -> Json:
    return {"nl": words, "en": words}


def number(value: float, unit: str) -> Json:
    origin = {"kind": "printed", "source": "truth", "place": "by choice"}
    return {"value": value, "unit": unit, "provenance": origin}


def shares(name: str, **parts: float) -> list[Json]:
    return [{"care_type": to, name: number(share, "share")} for to, share in parts.items()]


def care(
    name: str, distribution: str, mean: float, cv: float | None, places: float | None, **more: Any
) -> Json:
    stay: Json = {"distribution": distribution, "mean": number(mean, "days")}
    if cv is not None:
        stay["cv"] = number(cv, "ratio")
    free: Json = {"kind": "free"}
    limited = {"kind": "places", "places": number(places or 0.0, "places")}
    return {
        "id": name,
        "label": text(name),
        "group": "ambulant",
        "capacity": free if places is None else limited,
        "stay": stay,
        "cost_per_day": number(10.0, "euro/day"),
        "cost_per_start": number(0.0, "euro"),
        **more,
    }


def document() -> Json:
    doctor = {
        "id": "doctor",
        "label": text("doctor"),
        "rate": number(30.0, "youths/month"),
        "trend": number(0.1, "1/year"),
        "season": {
            "values": list(_SEASON),
            "provenance": {"kind": "printed", "source": "truth", "place": "by choice"},
        },
        "destinations": shares("share", light=0.5, help=0.35, home=0.15),
    }
    team = {
        "id": "team",
        "label": text("team"),
        "rate": number(15.0, "youths/month"),
        "destinations": shares("share", light=0.3, help=0.7),
    }
    return {
        "schema": "vliegwiel.care-system/1",
        "id": "truth",
        "version": "1",
        "title": text("truth"),
        "region": "JZ06",
        "start": "2022-01-01",
        "youths": number(10_000.0, "youths"),
        "norm_days": number(42.0, "days"),
        "sources": [{"id": "truth", "title": "truth", "publisher": "tests", "year": 2022}],
        "municipalities": [
            {"code": "0193", "name": "Zwolle", "share": number(0.6, "share")},
            {"code": "0150", "name": "Deventer", "share": number(0.4, "share")},
        ],
        "referrers": [doctor, team],
        "care_types": [
            care(
                "light", "gamma", 90.0, 0.6, None,
                next=shares("probability", help=0.2, base=0.3),
                in_care_at_start=number(60.0, "youths"),
            ),
            care(
                "help", "lognormal", 150.0, 0.9, 110.0,
                next=shares("probability", home=0.1, light=0.05),
                patience={"mean": number(120.0, "days"), "leave_to": "out"},
                in_care_at_start=number(110.0, "youths"),
                waiting_at_start=number(20.0, "youths"),
            ),
            care(
                "home", "weibull", 240.0, 1.2, 50.0,
                patience={"mean": number(200.0, "days"), "leave_to": "help"},
                in_care_at_start=number(50.0, "youths"),
                waiting_at_start=number(5.0, "youths"),
            ),
        ],
        "reentry": {
            "probability": number(0.3, "share"),
            "delay_mean": number(200.0, "days"),
            "destinations": shares("share", light=0.6, help=0.4),
        },
    }  # fmt: skip


@cache
def system() -> CareSystem:
    return read_care_system(json.dumps(document()))


@cache
def visits(seed: int = 1, months: int = MONTHS) -> Visits:
    return visits_of_histories(histories(system(), months, seed))


@cache
def background() -> Background:
    return background_of(
        system(),
        name="fitted",
        version="1",
        title=Text(nl="geschat", en="fitted"),
        data="what a simulation told",
        publisher="the tests",
    )


def true_values(months: int = MONTHS) -> Mapping[str, float]:
    """What is true of every number when the observation ends."""
    found = {entry.address: entry.quantity.value for entry in entries(system())}
    found["referrers.doctor.rate"] *= math.pow(1.1, months / 12)
    return found


def value(quantity: Quantity | None) -> float:
    assert quantity is not None
    return quantity.value


@cache
def fitted(seed: int = 1) -> FittedSystem:
    return fit_care_system(visits(seed), background())
