"""A region in which everything can be worked out by hand: equal municipalities, nobody waits."""

from __future__ import annotations

import json
from typing import Any

from tests.science.caresystem.samples import SOURCE, printed, text
from vliegwiel.science.caresystem import CareSystem, Scenario, read_care_system, read_scenario

CODES = tuple(f"{1001 + k}" for k in range(12))


def care_type(capacity: dict[str, Any], **further: Any) -> dict[str, Any]:
    return {
        "id": "help",
        "label": {"nl": "Hulp", "en": "Help"},
        "group": "ambulant",
        "capacity": capacity,
        "stay": {"distribution": "exponential", "mean": printed(60.0, "days")},
        "cost_per_day": printed(10.0, "euro/day"),
        "cost_per_start": printed(0.0, "euro"),
        "in_care_at_start": printed(0.0, "youths"),
        **further,
    }


def region(
    *,
    sites: int = 12,
    rate: float = 240.0,
    season: list[float] | None = None,
    care: dict[str, Any] | None = None,
) -> CareSystem:
    """``rate`` youths a month come from all municipalities together, at random."""
    referrer: dict[str, Any] = {
        "id": "gp",
        "label": text("General practitioner"),
        "rate": printed(rate, "youths/month"),
        "destinations": [{"care_type": "help", "share": printed(1.0, "share")}],
    }
    if season is not None:
        origin = {"kind": "printed", "source": SOURCE, "place": "table 2"}
        referrer["season"] = {"values": season, "provenance": origin}
    document = {
        "schema": "vliegwiel.care-system/1",
        "id": "plain",
        "version": "1",
        "title": text("Plain region"),
        "region": "JZ06",
        "start": "2024-01-01",
        "youths": printed(1000.0 * sites, "youths"),
        "norm_days": printed(42.0, "days"),
        "sources": [
            {"id": SOURCE, "title": "Yearbook", "publisher": "Statistics office", "year": 2023}
        ],
        "municipalities": [
            {"code": code, "name": f"Town {code}", "share": printed(1.0 / sites, "share")}
            for code in CODES[:sites]
        ],
        "referrers": [referrer],
        "care_types": [care or care_type({"kind": "free"})],
    }
    return read_care_system(json.dumps(document))


def change(
    system: CareSystem,
    size: float = 1.3,
    target: str = "referrers.gp.rate",
    *more: tuple[str, float],
    size_range: tuple[float, float] | None = None,
) -> Scenario:
    """A scenario that multiplies numbers, everywhere from 2030 on: a pilot replaces that."""

    def factor(value: float) -> dict[str, Any]:
        low, high = size_range or (value, value)
        why = {"kind": "assumed", "low": low, "high": high, "why": text("a guess")}
        return {"value": value, "unit": "ratio", "provenance": why}

    stages = [{"from": "2030-01-01", "municipalities": "all"}]
    document = {
        "schema": "vliegwiel.scenario/1",
        "id": "more",
        "title": text("More"),
        "description": text("More of it."),
        "care_system": "plain",
        "interventions": [
            {
                "target": name,
                "operation": "multiply",
                "size": factor(value),
                "stages": stages,
            }
            for name, value in ((target, size), *more)
        ],
    }
    return read_scenario(json.dumps(document), system)
