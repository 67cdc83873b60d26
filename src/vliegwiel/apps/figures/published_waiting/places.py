"""Where an offer is, read from free text such as "Hengelo / Hof van Twente"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from vliegwiel.reference import municipality_rows, place_rows

# Words round a place that say how help is given or how sure the place is, not where it is.
_AROUND = re.compile(
    r"\b(regio|heel|omgeving|en omgeving|ambulant|thuis|regionaal te controleren)\b", re.IGNORECASE
)
_ALL = re.compile(r"^alle\s+(\d+\s+|veertien\s+)?\w*\s*gemeenten$", re.IGNORECASE)
_CONTRACT = re.compile(r"^inzet via\b", re.IGNORECASE)
_PROVINCE_MARK = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place text, read. `municipalities` are CBS codes, in the order of the text.

    `whole_region` is set where the text names the region itself; `unread` holds the parts that are
    neither a municipality, a known town, nor the region.
    """

    text: str
    municipalities: Sequence[str]
    whole_region: bool
    unread: Sequence[str]


def read_place(text: str, *, region_code: str) -> PlaceReading:
    """Reads a place text against the municipalities of the Netherlands, those of the region first.

    `text` of the result is the spelling that all spellings of the same places share.
    """
    region_name = _region_names()[region_code]
    codes: list[str] = []
    unread: list[str] = []
    shown: list[str] = []
    whole_region = False
    for part in (piece.strip() for piece in text.split("/")):
        name = " ".join(_AROUND.sub(" ", part).split())
        if _CONTRACT.search(part) or not name:
            continue
        if name.casefold() == region_name.casefold() or _ALL.match(name):
            whole_region = True
            shown.append(region_name)
            continue
        shown.append(name)
        code = _code_of(name, region_code)
        if code is None:
            unread.append(name)
        elif code not in codes:
            codes.append(code)
    spelled = " / ".join(dict.fromkeys(shown)) or " ".join(text.split())
    return PlaceReading(spelled, tuple(codes), whole_region, tuple(unread))


def _code_of(name: str, region_code: str) -> str | None:
    found = _codes_by_name().get(name.casefold(), {})
    if region_code in found:
        return found[region_code]
    if len(found) == 1:
        return next(iter(found.values()))
    return _towns().get(name.casefold())


@cache
def _region_names() -> Mapping[str, str]:
    return {row.region_code: row.region for row in municipality_rows()}


@cache
def _codes_by_name() -> Mapping[str, Mapping[str, str]]:
    """Municipality codes by name, then by region: names occur twice in the country."""
    codes: dict[str, dict[str, str]] = {}
    for row in municipality_rows():
        for name in {row.name, _PROVINCE_MARK.sub("", row.name)}:
            codes.setdefault(name.casefold(), {})[row.region_code] = row.code
    return codes


@cache
def _towns() -> Mapping[str, str]:
    return {name.casefold(): code for name, code in place_rows().items()}
