"""Model B of the shared speed benchmark as a document, so that whole forecasts can be timed on it.

What a document cannot say alike: months are those of the calendar, and youths who are there at the
start are somewhere in their stay instead of at its beginning.
"""

from __future__ import annotations

import json
from typing import Any

from vliegwiel.science.caresystem import CareSystem, read_care_system
from vliegwiel.science.caresystem.model import DAYS_PER_MONTH

from .bench_models import BENCH

Json = dict[str, Any]
_SOURCE = "speed-benchmark"


def model_b() -> CareSystem:
    """The region of model B: three referrers, twelve care types, nothing assumed."""
    model = json.loads((BENCH / "model_b.json").read_text(encoding="utf-8"))
    return read_care_system(json.dumps(_document(model)))


def _document(model: Json) -> Json:
    nodes = model["nodes"]
    names = [node["name"] for node in nodes]
    back = model["reentry"]
    return {
        "schema": "vliegwiel.care-system/1",
        "id": "model-b",
        "version": "1",
        "title": _text("Model B"),
        "region": "JZ07",
        "start": "2027-01-01",
        "youths": _number(100_000, "youths"),
        "norm_days": _number(98, "days"),
        "sources": [
            {"id": _SOURCE, "title": "Speed benchmark", "publisher": "Vliegwiel", "year": 2026}
        ],
        "municipalities": [{"code": "0148", "name": "Dalfsen", "share": _number(1.0, "share")}],
        "referrers": [
            {
                "id": source["name"],
                "label": _text(source["name"]),
                "rate": _number(source["rate_per_day"] * DAYS_PER_MONTH, "youths/month"),
                "destinations": _shares("share", names, source["destination"]),
            }
            for source in model["sources"]
        ],
        "care_types": [
            _care_type(node, names, row) for node, row in zip(nodes, model["routing"], strict=True)
        ],
        "reentry": {
            "probability": _number(back["probability"], "share"),
            "delay_mean": _number(back["delay_mean"], "days"),
            "destinations": _shares("share", names, back["destination"]),
        },
    }


def _care_type(node: Json, names: list[str], routing: list[float]) -> Json:
    service = node["service"]
    stay = {"distribution": service["distribution"], "mean": _number(service["mean"], "days")}
    if "cv" in service:
        stay["cv"] = _number(service["cv"], "ratio")
    return {
        "id": node["name"],
        "label": _text(node["name"]),
        "group": "ambulant",
        "capacity": {"kind": "places", "places": _number(node["places"], "places")},
        "stay": stay,
        "patience": {"mean": _number(node["patience_mean"], "days"), "leave_to": "out"},
        "next": _shares("probability", names, routing),
        "cost_per_day": _number(50, "euro/day"),
        "cost_per_start": _number(0, "euro"),
        "in_care_at_start": _number(node["initial"], "youths"),
    }


def _shares(key: str, names: list[str], parts: list[float]) -> list[Json]:
    return [
        {"care_type": name, key: _number(part, "share")}
        for name, part in zip(names, parts, strict=True)
        if part > 0
    ]


def _number(value: float, unit: str) -> Json:
    origin = {"kind": "printed", "source": _SOURCE, "place": "model B"}
    return {"value": value, "unit": unit, "provenance": origin}


def _text(words: str) -> Json:
    return {"nl": words, "en": words}
