"""A small care system that uses every part of the document, for the tests."""

from __future__ import annotations

import copy
import json
from typing import Any

SOURCE = "yearbook"


def text(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}


def printed(value: float, unit: str) -> dict[str, Any]:
    provenance = {"kind": "printed", "source": SOURCE, "place": "table 1"}
    return {"value": value, "unit": unit, "provenance": provenance}


def assumed(value: float, unit: str, low: float, high: float) -> dict[str, Any]:
    provenance = {"kind": "assumed", "low": low, "high": high, "why": text("not measured")}
    return {"value": value, "unit": unit, "provenance": provenance}


def derived(
    value: float, unit: str, formula: str, rounding: float = 0.0, **inputs: Any
) -> dict[str, Any]:
    provenance = {
        "kind": "derived",
        "formula": formula,
        "inputs": inputs,
        "how": text("by arithmetic"),
        "rounding": rounding,
    }
    return {"value": value, "unit": unit, "provenance": provenance}


def shares(**parts: float) -> list[dict[str, Any]]:
    return [{"care_type": name, "share": printed(v, "share")} for name, v in parts.items()]


def steps(**parts: float) -> list[dict[str, Any]]:
    return [{"care_type": name, "probability": printed(v, "share")} for name, v in parts.items()]


def _ambulant() -> dict[str, Any]:
    return {
        "id": "ambulant",
        "label": {"nl": "Ambulante hulp", "en": "Ambulant help"},
        "group": "ambulant",
        "capacity": {
            "kind": "places",
            "places": derived(
                180.0,
                "places",
                "in_care * use",
                rounding=0.5,
                in_care={"ref": "care_types.ambulant.in_care_at_start"},
                use={"value": 1.0, "low": 1.0, "high": 1.05, "why": text("nearly full")},
            ),
        },
        "stay": {
            "distribution": "lognormal",
            "mean": assumed(210.0, "days", 180.0, 250.0),
            "cv": assumed(0.9, "ratio", 0.7, 1.1),
        },
        "extension": {
            "probability": assumed(0.25, "share", 0.15, 0.35),
            "length": printed(120.0, "days"),
        },
        "patience": {"mean": assumed(300.0, "days", 200.0, 400.0), "leave_to": "residential"},
        "next": steps(local=0.15, residential=0.04),
        "cost_per_day": printed(22.0, "euro/day"),
        "cost_per_start": printed(150.0, "euro"),
        "in_care_at_start": printed(180.0, "youths"),
        "waiting_at_start": assumed(40.0, "youths", 30.0, 55.0),
    }


def _local() -> dict[str, Any]:
    return {
        "id": "local",
        "label": {"nl": "Lokaal team", "en": "Local team"},
        "group": "light",
        "capacity": {"kind": "free"},
        "stay": {
            "distribution": "gamma",
            "mean": printed(120.0, "days"),
            "cv": printed(0.8, "ratio"),
        },
        "next": steps(ambulant=0.2, base=0.3),
        "cost_per_day": printed(8.0, "euro/day"),
        "cost_per_start": printed(0.0, "euro"),
        "in_care_at_start": printed(90.0, "youths"),
    }


def _residential() -> dict[str, Any]:
    return {
        "id": "residential",
        "label": {"nl": "Verblijf", "en": "Residential care"},
        "group": "residential",
        "capacity": {"kind": "places", "places": printed(40.0, "places")},
        "stay": {
            "distribution": "weibull",
            "mean": printed(300.0, "days"),
            "cv": printed(0.7, "ratio"),
        },
        "patience": {"mean": printed(90.0, "days"), "leave_to": "out"},
        "next": steps(ambulant=0.4),
        "cost_per_day": printed(240.0, "euro/day"),
        "cost_per_start": printed(500.0, "euro"),
        "in_care_at_start": printed(40.0, "youths"),
        "waiting_at_start": printed(4.0, "youths"),
    }


def care_system() -> dict[str, Any]:
    """A valid document; change a copy to break it."""
    rate = assumed(18.0, "youths/month", 15.0, 21.0)
    season = [1.1, 1.1, 1.1, 1.0, 1.0, 1.0, 0.7, 0.7, 1.1, 1.1, 1.1, 1.0]
    document = {
        "schema": "vliegwiel.care-system/1",
        "id": "sample",
        "version": "2024-1",
        "title": text("Sample region"),
        "region": "JZ06",
        "start": "2024-01-01",
        "youths": printed(10000.0, "youths"),
        "norm_days": printed(42.0, "days"),
        "sources": [
            {"id": SOURCE, "title": "Yearbook", "publisher": "Statistics office", "year": 2023}
        ],
        "municipalities": [
            {"code": "0193", "name": "Zwolle", "share": printed(0.5, "share")},
            {"code": "0150", "name": "Deventer", "share": printed(0.3, "share")},
            {"code": "0166", "name": "Kampen", "share": printed(0.2, "share")},
        ],
        "referrers": [
            {
                "id": "gp",
                "label": {"nl": "Huisarts", "en": "General practitioner"},
                "rate": rate,
                "trend": assumed(0.01, "1/year", -0.01, 0.03),
                "season": {
                    "values": season,
                    "provenance": {"kind": "printed", "source": SOURCE, "place": "table 2"},
                },
                "destinations": shares(ambulant=0.7, local=0.25, base=0.05),
            },
            {
                "id": "municipality",
                "label": {"nl": "Gemeente", "en": "Municipality"},
                "rate": printed(20.0, "youths/month"),
                "destinations": shares(local=0.6, ambulant=0.35, residential=0.05),
            },
        ],
        "care_types": [_ambulant(), _local(), _residential()],
        "reentry": {
            "probability": printed(0.15, "share"),
            "delay_mean": printed(250.0, "days"),
            "destinations": shares(ambulant=0.5, local=0.5),
            "returning_at_start": printed(51.0, "youths"),
        },
    }
    return copy.deepcopy(document)


def scenario() -> dict[str, Any]:
    """A valid scenario on the sample care system."""
    return {
        "schema": "vliegwiel.scenario/1",
        "id": "finite",
        "title": {"nl": "Eindige trajecten", "en": "Finite trajectories"},
        "description": text("Agree on the end at the start."),
        "care_system": "sample",
        "focus": "ambulant",
        "interventions": [
            {
                "target": "care_types.ambulant.extension.probability",
                "operation": "multiply",
                "size": assumed(0.6, "ratio", 0.4, 0.9),
                "stages": [
                    {"from": "2025-01-01", "municipalities": ["0193"], "ramp_months": 6},
                    {"from": "2026-01-01", "municipalities": "all", "ramp_months": 3},
                ],
            },
            {
                "target": "referrers.gp.destinations.ambulant",
                "operation": "move",
                "to": "base",
                "size": assumed(0.1, "share", 0.0, 0.2),
                "stages": [{"from": "2025-01-01", "municipalities": "all"}],
            },
        ],
    }


def as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False)
