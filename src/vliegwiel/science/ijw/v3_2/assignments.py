"""JW301: what a municipality assigns (toewijzing), a snapshot of one youth at one provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from vliegwiel.science.ijw.records import AssignmentVersion
from vliegwiel.science.ijw.sheet import BROKEN, Sheet, Values

from .drafts import (
    Draft,
    check_age,
    check_municipality,
    check_size,
    person_of,
    product_of,
    readable,
    size_of,
)

_REMOVED = "13"
_NO_LONGER_USED = "01"


def assignments(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The versions of assignments in a message."""
    client = values["Client"]
    items = client["ToegewezenProducten"]["ToegewezenProduct"]
    person = None if BROKEN in client else person_of(client, sheet)
    if person is None:
        sheet.set_aside += len(items)
        return
    seen: set[tuple[object, ...]] = set()
    kept: list[Values] = []
    for item in readable(items, sheet):
        begin, end = item["Ingangsdatum"], item.get("Einddatum")
        if end is not None and end < begin:
            sheet.aside("end_before_begin", item, begin=begin, end=end)
            continue
        draft = Draft(
            AssignmentVersion,
            {
                "person": person,
                "assignment": sheet.pseudonyms.assignment(
                    sheet.municipality, item["ToewijzingNummer"]
                ),
                "reference": _reference(item, sheet),
                **product_of(item),
                "decided": datetime.combine(item["Toewijzingsdatum"], item["Toewijzingstijd"]),
                "begin": begin,
                "end": end,
                "reason": item.get("RedenWijziging"),
                **size_of(item),
            },
        )
        key = tuple(draft.fields.values())
        if key in seen:
            sheet.warn("same_record_twice", item)
            continue
        seen.add(key)
        _check(client, item, begin, end, sheet)
        _check_overlap(item, kept, sheet)
        kept.append(item)
        yield draft


def _reference(item: Values, sheet: Sheet) -> str | None:
    text = item.get("ReferentieAanbieder")
    return sheet.pseudonyms.reference(sheet.provider, text) if text is not None else None


def _check(client: Values, item: Values, begin: date, end: date | None, sheet: Sheet) -> None:
    reason = item.get("RedenWijziging")
    if reason == _REMOVED and end != begin:
        sheet.warn("removed_with_period", item)
    if reason == _NO_LONGER_USED:
        sheet.warn("old_reason", item)
    if item["Toewijzingsdatum"] > sheet.dated:
        sheet.warn("decided_after_message", item, decided=item["Toewijzingsdatum"])
    check_size(item, end, sheet)
    check_municipality(item, begin, sheet)
    check_age(client, item, begin, sheet)


def _check_overlap(item: Values, before: list[Values], sheet: Sheet) -> None:
    """The same product twice for the same days; a removed assignment is as if never sent."""
    if not before:
        return
    product = product_of(item)
    if product["product"] is None or item.get("RedenWijziging") == _REMOVED:
        return
    for other in before:
        if (
            other["ToewijzingNummer"] != item["ToewijzingNummer"]
            and product_of(other) == product
            and other.get("RedenWijziging") != _REMOVED
            and other["Ingangsdatum"] <= (item.get("Einddatum") or date.max)
            and item["Ingangsdatum"] <= (other.get("Einddatum") or date.max)
        ):
            sheet.warn("same_product_overlaps", item)
            return
