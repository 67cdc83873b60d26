"""What a document says of a part that it has no need of: numbers that change nothing.

A scenario changes numbers that are there. Where a care type has no extension, a document can give
it one with probability 0, and a scenario can change that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .model import BASE, OUT, CareSystem, CareType, Referrer

Json = dict[str, Any]

#: As many days as a document can have: nobody waits that long.
ENDLESS_DAYS = 36525
_SOME_DAYS = 30


@dataclass(frozen=True, slots=True)
class Neutral:
    """Where a part is to be written, under which name, and with which numbers.

    ``value`` leaves units and origins out; the item of a list when ``is_item``.
    """

    path: str
    name: str
    value: Any
    is_item: bool = False

    @property
    def text(self) -> str:
        """The part as a fragment of JSON."""
        written = json.dumps(self.value)
        return f'"{self.name}": [..., {written}]' if self.is_item else f'"{self.name}": {written}'


def neutral_part(target: str, system: CareSystem) -> Neutral | None:
    """What to write so that an address exists and nothing changes; None when that cannot be.

    Args:
        target: an address that is not in the care system.
    """
    kind, _, rest = target.partition(".")
    if kind == "reentry":
        return _of_reentry(rest, system)
    identifier, _, name = rest.partition(".")
    if kind == "referrers":
        for i, referrer in enumerate(system.referrers):
            if referrer.id == identifier:
                return _of_referrer(f"referrers[{i}]", referrer, name.split("."), system)
    if kind == "care_types":
        for i, care in enumerate(system.care_types):
            if care.id == identifier:
                return _of_care_type(f"care_types[{i}]", care, name.split("."), system)
    return None


def _of_referrer(
    path: str, referrer: Referrer, name: Sequence[str], system: CareSystem
) -> Neutral | None:
    found = None
    match name:
        case ["trend"]:
            found = Neutral(path, "trend", 0)
        case ["season", month] if month in {f"{number:02d}" for number in range(1, 13)}:
            found = Neutral(path, "season", {"values": [1] * 12})
        case ["destinations", to] if to in (*system.care_type_ids, BASE):
            found = Neutral(path, "destinations", {"care_type": to, "share": 0}, is_item=True)
        case ["municipalities", code] if code in {m.code for m in system.municipalities}:
            found = _municipalities(path, referrer, code, system)
        case ["priorities", urgency] if urgency in {p.id for p in system.priorities}:
            found = Neutral(path, "priorities", {"priority": urgency, "share": 0}, is_item=True)
    return found


def _municipalities(path: str, referrer: Referrer, code: str, system: CareSystem) -> Neutral:
    if referrer.municipalities:
        item = {"municipality": code, "share": 0}
        return Neutral(path, "municipalities", item, is_item=True)
    same = [{"municipality": m.code, "share": m.share.value} for m in system.municipalities]
    return Neutral(path, "municipalities", same)


def _of_care_type(
    path: str, care: CareType, name: Sequence[str], system: CareSystem
) -> Neutral | None:
    places, found = (*system.care_type_ids, BASE), None
    match name:
        case ["extension", "probability" | "length"]:
            found = Neutral(path, "extension", {"probability": 0, "length": _SOME_DAYS})
        case ["patience", "mean"]:
            found = Neutral(path, "patience", {"mean": ENDLESS_DAYS, "leave_to": OUT})
        case ["leave_to", to] if to in (*places, OUT):
            found = _leave_to(path, care, to)
        case ["success"]:
            found = Neutral(path, "success", 1)
        case ["next", to] if to in places:
            found = Neutral(path, "next", {"care_type": to, "probability": 0}, is_item=True)
        case ["next_without_success", to] if to in places and care.success is not None:
            item = {"care_type": to, "probability": 0}
            found = Neutral(path, "next_without_success", item, is_item=True)
        case ["until_age"] if system.ages is not None:
            found = Neutral(path, "until_age", system.ages.leave_at.value)
    return found


def _leave_to(path: str, care: CareType, to: str) -> Neutral:
    if care.patience is None:
        return Neutral(path, "patience", {"mean": ENDLESS_DAYS, "leave_to": _one_or_two(OUT, to)})
    if care.patience.destinations:
        item = {"care_type": to, "share": 0}
        return Neutral(f"{path}.patience", "leave_to", item, is_item=True)
    whole = _one_or_two(str(care.patience.leave_to), to)
    return Neutral(f"{path}.patience", "leave_to", whole)


def _one_or_two(usual: str, to: str) -> list[Json]:
    """Everybody to the usual place, and nobody to another."""
    places = [{"care_type": usual, "share": 1}]
    return places if usual == to else [*places, {"care_type": to, "share": 0}]


def _of_reentry(name: str, system: CareSystem) -> Neutral | None:
    back, (field, _, to) = system.reentry, name.partition(".")
    if field == "destinations" and to not in (*system.care_type_ids, BASE):
        return None
    if back is None and field in ("probability", "delay_mean", "destinations"):
        first = [{"care_type": to or BASE, "share": 1}]
        value = {"probability": 0, "delay_mean": _SOME_DAYS, "destinations": first}
        return Neutral("care_system", "reentry", value)
    if back is not None and field == "destinations":
        item = {"care_type": to, "share": 0}
        return Neutral("reentry", "destinations", item, is_item=True)
    knows = any(care.success is not None for care in system.care_types)
    if back is not None and name == "probability_without_success" and knows:
        return Neutral("reentry", name, back.probability.value)
    return None
