"""Flows to care with residence, brought from the level of the shape to that of the country.

The region that documents have their shape from has more youths with residence than the country, and
more of them in other residence. What was assumed about flows there fits that level. Taken over as
it is, more youths would come to residential care than there are places for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

#: Starts in the country over those in the shape, for as many starts without residence: from the
#: printed shares without and with residence, and of other residence in it (8.5, 1.2 and 0.6 per
#: cent in the shape; 424,300 and 43,900 youths, 1.0 and 0.4 per cent in the country).
_HEAVIER = (0.012 * 145_420 / 43_900) / (0.085 * 145_420 / 424_300)
_OTHER, _FAMILY = (0.6 / 1.2) / (0.4 / 1.0), (1 - 0.6 / 1.2) / (1 - 0.4 / 1.0)
LEVEL: Mapping[str, float] = {
    "residential": 1 / (_HEAVIER * _OTHER),
    "crisis": 1 / (_HEAVIER * _OTHER),
    "foster_care": 1 / (_HEAVIER * _FAMILY),
    "family_home": 1 / (_HEAVIER * _FAMILY),
    "secure": 1 / (_HEAVIER * _FAMILY),
}
_WHY = {
    "nl": " Bijgesteld naar het landelijke aandeel jongeren met verblijf.",
    "en": " Adjusted to the national share of youths with residence.",
}


def put_level(made: Json) -> None:
    """Every assumed flow to a care type with residence at the level of the country."""
    for care_type in made["care_types"]:
        for step in care_type["next"]:
            _scale(step["probability"], _level(step) / LEVEL.get(care_type["id"], 1.0))
    for referrer in made["referrers"]:
        for destination in referrer["destinations"]:
            if destination["share"]["provenance"]["kind"] == "assumed":
                _scale(destination["share"], _level(destination))
    back = made["reentry"]["destinations"]
    for destination in back:
        _scale(destination["share"], _level(destination))
    rest = next(d["share"] for d in back if d["care_type"] == "outpatient")
    missing = 1.0 - sum(destination["share"]["value"] for destination in back)
    origin = rest["provenance"]
    for numbers, name in ((rest, "value"), (origin, "low"), (origin, "high")):
        numbers[name] = round(numbers[name] + missing, 4)


def _level(step: Json) -> float:
    return LEVEL.get(step["care_type"], 1.0)


def _scale(quantity: Json, factor: float) -> None:
    origin = quantity["provenance"]
    if factor == 1.0 or origin["kind"] != "assumed":
        return
    quantity["value"] = round(quantity["value"] * factor, 4)
    for name in ("low", "high"):
        origin[name] = min(1.0, round(origin[name] * factor, 4))
    origin["why"] = {code: words + _WHY[code] for code, words in origin["why"].items()}
