"""The sample care system with every optional part of the document in it."""

from __future__ import annotations

from typing import Any

from . import samples
from .samples import assumed, printed, shares, steps, text


def step(month: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"from": f"{month}-01", "value": value}


def places(number: float) -> dict[str, Any]:
    return {"kind": "places", "places": printed(number, "places")}


def provider(name: str, share: float, capacity: dict[str, Any]) -> dict[str, Any]:
    part = printed(share, "share")
    return {"id": name, "label": text(name.title()), "share": part, "capacity": capacity}


def _care_type(name: str, capacity: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "label": text(name.title()),
        "group": "ambulant",
        "capacity": capacity,
        "stay": {"distribution": "exponential", "mean": printed(90.0, "days")},
        "patience": {"mean": printed(120.0, "days"), "leave_to": "out"},
        "next": steps(local=0.1),
        "cost_per_day": printed(30.0, "euro/day"),
        "cost_per_start": printed(200.0, "euro"),
        "in_care_at_start": printed(12.0, "youths"),
        "waiting_at_start": printed(5.0, "youths"),
        **more,
    }


def _training() -> dict[str, Any]:
    budget = {
        "kind": "budget",
        "ceiling": assumed(90_000.0, "euro", 70_000.0, 110_000.0),
        "steps": [step("2026-01", printed(120_000.0, "euro"))],
        "places": printed(40.0, "places"),
        "places_steps": [step("2025-07", printed(30.0, "places"))],
    }
    return _care_type("training", budget)


def _therapy() -> dict[str, Any]:
    budget = {"kind": "budget", "ceiling": printed(60_000.0, "euro")}
    return _care_type(
        "therapy",
        {
            "kind": "several",
            "queue": "shortest_queue",
            "providers": [
                provider("north", 0.5, places(9.0)),
                provider(
                    "south", 0.3, {**places(6.0), "steps": [step("2025-03", places(8.0)["places"])]}
                ),
                provider("east", 0.2, budget),
            ],
        },
    )


def _guidance(queue: str) -> dict[str, Any]:
    return _care_type(
        f"guidance_{queue}",
        {
            "kind": "several",
            "queue": queue,
            "providers": [provider("one", 0.6, places(8.0)), provider("two", 0.4, places(7.0))],
        },
    )


def band(first: int, last: int, share: float) -> dict[str, Any]:
    return {"from": first, "to": last, "share": printed(share, "share")}


def inflow(code: str, share: float) -> dict[str, Any]:
    return {"municipality": code, "share": printed(share, "share")}


def observed(*points: tuple[float, float]) -> dict[str, Any]:
    return {
        "points": [{"share": share, "days": days} for share, days in points],
        "provenance": {"kind": "printed", "source": samples.SOURCE, "place": "table 3"},
    }


def _success(care_type: dict[str, Any]) -> None:
    care_type["success"] = assumed(0.7, "share", 0.6, 0.8)
    care_type["next_without_success"] = steps(residential=0.2, local=0.3)


def _ages() -> dict[str, Any]:
    return {
        "leave_at": printed(18.0, "years"),
        "at_entry": [band(4, 12, 0.5), band(12, 18, 0.5)],
        "at_start": [band(4, 12, 0.4), band(12, 18, 0.6)],
    }


def _priorities(urgent: float, soon: float) -> list[dict[str, Any]]:
    parts = {"urgent": urgent, "soon": soon, "usual": 1.0 - urgent - soon}
    return [{"priority": name, "share": printed(v, "share")} for name, v in parts.items()]


def care_system() -> dict[str, Any]:
    """A valid document; change a copy to break it."""
    document = samples.care_system()
    ambulant, local, residential = document["care_types"]
    ambulant["capacity"]["steps"] = [
        step("2025-01", assumed(190.0, "places", 185.0, 200.0)),
        step("2026-01", printed(170.0, "places")),
    ]
    ambulant["cost_per_day_steps"] = [step("2025-01", printed(23.0, "euro/day"))]
    residential["cost_per_start_steps"] = [step("2024-07", printed(600.0, "euro"))]
    document["care_types"] += [
        _training(), _therapy(), _guidance("by_share"), _guidance("one_queue"),
    ]  # fmt: skip
    document["ages"] = _ages()
    residential["until_age"] = printed(21.0, "years")
    residential["ages_at_start"] = [band(8, 18, 0.8), band(18, 21, 0.2)]
    _success(ambulant)
    _success(document["care_types"][3])
    document["reentry"]["probability_without_success"] = printed(0.3, "share")
    ambulant["patience"]["leave_to"] = shares(residential=0.3, base=0.5, out=0.2)
    local["stay"] = {
        "distribution": "observed",
        "mean": printed(120.0, "days"),
        "observed": observed((0.0, 5.0), (0.25, 40.0), (0.5, 90.0), (0.9, 250.0), (1.0, 360.0)),
    }
    gp, municipality = document["referrers"]
    municipality["municipalities"] = [inflow("0193", 0.4), inflow("0166", 0.6)]
    gp["ages"] = [band(0, 6, 0.3), band(6, 18, 0.7)]
    municipality["destinations"] = shares(
        local=0.3, ambulant=0.2, residential=0.05, training=0.15, therapy=0.1,
        guidance_by_share=0.1, guidance_one_queue=0.1,
    )  # fmt: skip
    names = ("urgent", "soon", "usual")
    document["priorities"] = [{"id": name, "label": text(name)} for name in names]
    document["priorities"][0]["ages"] = {"from": 17, "to": 18}
    gp["priorities"], municipality["priorities"] = _priorities(0.1, 0.2), _priorities(0.25, 0.5)
    return document


def scenario() -> dict[str, Any]:
    """A valid scenario on the full sample."""
    document = samples.scenario()
    stages = [{"from": "2024-07-01", "municipalities": "all", "ramp_months": 3}]

    def change(target: str, operation: str, size: dict[str, Any]) -> dict[str, Any]:
        return {"target": target, "operation": operation, "size": size, "stages": stages}

    document["interventions"] += [
        change("care_types.training.ceiling", "multiply", assumed(1.2, "ratio", 1.0, 1.5)),
        change("care_types.therapy.providers.north.places", "add", printed(2.0, "places")),
        change("referrers.gp.priorities.urgent", "multiply", printed(2.0, "ratio")),
        change("care_types.ambulant.success", "add", assumed(0.1, "share", 0.0, 0.15)),
        change("ages.leave_at", "add", printed(1.0, "years")),
        change(
            "care_types.ambulant.next_without_success.residential",
            "multiply",
            printed(0.5, "ratio"),
        ),
        change("care_types.local.stay.mean", "multiply", printed(0.9, "ratio")),
    ]
    document["interventions"] += [
        change("care_types.ambulant.leave_to.residential", "move", printed(0.5, "share"))
        | {"to": "base"},
    ]
    some = [{"from": "2024-04-01", "municipalities": ["0193", "0166"], "share": 0.4}]
    document["interventions"] += [
        change("referrers.gp.trend", "add", printed(0.1, "1/year")),
        change("referrers.gp.season.07", "multiply", printed(1.5, "ratio")),
        change("municipalities.0150", "multiply", printed(1.3, "ratio")),
        change("referrers.municipality.municipalities.0166", "add", printed(0.1, "share")),
        change("ages.at_entry.12-18", "multiply", printed(1.5, "ratio")) | {"stages": some},
        change("referrers.gp.ages.0-6", "set", printed(0.6, "share")) | {"stages": some},
    ]
    return document
