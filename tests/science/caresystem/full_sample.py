"""The sample care system with every optional part of the document in it."""

from __future__ import annotations

from typing import Any

from . import samples
from .samples import assumed, printed


def step(month: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"from": f"{month}-01", "value": value}


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
    assert local["capacity"] == {"kind": "free"}
    return document


def scenario() -> dict[str, Any]:
    """A valid scenario on the full sample."""
    return samples.scenario()
