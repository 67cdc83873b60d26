"""What a document says of one region, replaced by what holds for the country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vliegwiel.reference import national_shares_by_referrer

Json = dict[str, Any]

#: What the shape takes from its own region -> whose national share on the same page it becomes.
_REFERRERS: Mapping[str, tuple[str, str]] = {
    "42,3% verwezen door gemeentelijke toegang": ("municipality", "gemeentelijke toegang"),
    "30,5% verwezen door huisartsen": ("general_practitioner", "huisartsen"),
    "9% verwezen door de GI": ("certified_institution", "de GI"),
}
_SHARE = {
    "nl": "Landelijk aandeel van de verwijzer maal alle nieuwe verwijzingen in de regio.",
    "en": "National share of the referrer times all new referrals in the region.",
}
#: In texts about how a number came about and why, longest first.
_IN_TEXTS = {
    "nl": (("IJsselland", "de regio"),),
    "en": (("IJsselland", "the region"),),
}


def put_referrers(made: Json) -> None:
    """The shares of the referrers as they are in the country, wherever a formula uses them."""
    for referrer in made["referrers"]:
        origin = referrer["rate"]["provenance"]
        if "Cijfers uit de regio" in origin["inputs"].get("share", {}).get("place", ""):
            origin["how"] = dict(_SHARE)
        for given in origin["inputs"].values():
            page, _colon, words = given.get("place", "").partition(": ")
            if words in _REFERRERS:
                name, called = _REFERRERS[words]
                percent = national_shares_by_referrer()[name]
                place = f"heel Nederland: {percent:g}% verwezen door {called}".replace(".", ",")
                given |= {"value": round(percent / 100, 6), "place": f"{page}: {place}"}


def without_the_name(made: Json) -> Json:
    """The document with its explanations about any region instead of the one of the shape."""
    found: Json = _renamed(made)
    return found


def _renamed(part: Any) -> Any:
    if isinstance(part, list):
        return [_renamed(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: _renamed(value) for key, value in part.items()}
    for key in ("how", "why"):
        if isinstance(made.get(key), dict):
            made[key] = {code: _reworded(code, words) for code, words in made[key].items()}
    return made


def _reworded(language: str, words: str) -> str:
    for old, new in _IN_TEXTS[language]:
        words = words.replace(old, new)
    return words
