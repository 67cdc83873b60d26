"""Numbers of a document with where they come from, as JSON objects."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def text(nl: str, en: str) -> Json:
    """What a reader sees, in both languages."""
    return {"nl": nl, "en": en}


def ref(address: str) -> Json:
    """An input of a formula that stands elsewhere in the document."""
    return {"ref": address}


def printed(value: float, unit: str, source: str, place: str) -> Json:
    """A number as it stands in a source."""
    origin = {"kind": "printed", "source": source, "place": place}
    return {"value": value, "unit": unit, "provenance": origin}


def derived(
    value: float, unit: str, formula: str, how: Json, decimals: int, **inputs: Json
) -> Json:
    """A number that follows from others, to so many decimals."""
    origin = {
        "kind": "derived", "formula": formula, "inputs": inputs, "how": how,
        "rounding": 10.0**-decimals,
    }  # fmt: skip
    return {"value": value, "unit": unit, "provenance": origin}


def assumed(value: float, unit: str, spread: float, why: Json, *, most: float) -> Json:
    """A number that nobody has measured, this part of it up or down and never above ``most``."""
    low, high = round(value * (1 - spread), 9), min(most, round(value * (1 + spread), 9))
    origin = {"kind": "assumed", "low": low, "high": high, "why": why}
    return {"value": value, "unit": unit, "provenance": origin}
