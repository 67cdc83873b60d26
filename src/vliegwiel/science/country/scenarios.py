"""A scenario of one region, applied in another."""

from __future__ import annotations

import json
from typing import Any

from vliegwiel.science.caresystem import CareSystem, Scenario, read_scenario, write_document

from .origins import text

Json = dict[str, Any]

#: Units of numbers that grow with a region.
_OF_SIZE = ("youths", "youths/month", "places", "euro")
_SCALED = text(
    "Naar de omvang van deze regio: de grootte in de regio waarvoor het scenario is gemaakt, maal "
    "de verhouding van het aantal jeugdigen.",
    "By the size of this region: the size in the region that the scenario was made for, times the "
    "ratio of the numbers of youths.",
)


def scenario_in(scenario: Scenario, made_for: CareSystem, system: CareSystem) -> Scenario:
    """The scenario on the care system of another region.

    What it adds or sets in youths, places or euros goes by the size of the region. A stage in named
    municipalities holds in the regions that they lie in; a change that has no stage left in a
    region begins there with its last stage, in all municipalities.

    Raises:
        DocumentError: when the scenario cannot be on this care system, such as one that changes a
            care type which is not there.
    """
    document: Json = json.loads(write_document(scenario))
    document["care_system"] = system.id
    codes = {municipality.code for municipality in system.municipalities}
    ratio = system.youths.value / made_for.youths.value
    for intervention in document["interventions"]:
        intervention["stages"] = _stages(intervention["stages"], codes)
        absolute = intervention["operation"] in ("add", "set")
        if absolute and ratio != 1.0 and intervention["size"]["unit"] in _OF_SIZE:
            # Places that are set must stay places; places that are taken away may be none.
            least = 1 if intervention["operation"] == "set" else None
            _scale(intervention["size"], ratio, least=least)
    for care_type in document.get("new_care_types", []):
        if ratio != 1.0:
            _scale_capacity(care_type["capacity"], ratio)
    return read_scenario(json.dumps(document), system)


def _stages(stages: list[Json], codes: set[str]) -> list[Json]:
    kept = []
    for stage in stages:
        if stage["municipalities"] == "all":
            kept.append(stage)
        elif mine := [code for code in stage["municipalities"] if code in codes]:
            kept.append({**stage, "municipalities": mine})
    return kept or [{**stages[-1], "municipalities": "all"}]


def _scale_capacity(part: Any, ratio: float) -> None:
    """Every number of places or euros under a limit, at whatever depth it stands."""
    if isinstance(part, list):
        for item in part:
            _scale_capacity(item, ratio)
    elif isinstance(part, dict):
        if part.get("unit") in _OF_SIZE and "provenance" in part:
            _scale(part, ratio, least=1)
            return
        for item in part.values():
            _scale_capacity(item, ratio)


def _scale(quantity: Json, ratio: float, *, least: int | None) -> None:
    """A number times the ratio; places stay whole, and not fewer than the least."""
    origin = quantity["provenance"]
    limits = {name: origin.get(name, quantity["value"]) for name in ("low", "high")}
    quantity["value"] *= ratio
    scaled = {name: limit * ratio for name, limit in limits.items()}
    if quantity["unit"] == "places":
        whole = round(quantity["value"])
        quantity["value"] = float(whole if least is None else max(least, whole))
        scaled["low"] = min(scaled["low"], quantity["value"])
        scaled["high"] = max(scaled["high"], quantity["value"])
    quantity["provenance"] = {"kind": "assumed", **scaled, "why": dict(_SCALED)}
