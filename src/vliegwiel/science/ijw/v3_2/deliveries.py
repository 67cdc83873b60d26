"""JW305 and JW307: the start and the stop of delivery (start- en stopbericht)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vliegwiel.science.ijw.records import Person, StartRecord, StopRecord
from vliegwiel.science.ijw.sheet import BROKEN, Sheet, Values

from .drafts import Draft, check_age, person_of, product_of, readable

_STATUSES = {"1", "3"}


def starts(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The starts in a message, delivered or deleted."""
    client = values["Client"]
    for item, fields in _deliveries(client, client["StartProducten"]["StartProduct"], sheet):
        check_age(client, item, fields["begin"], sheet)
        yield Draft(StartRecord, fields)


def stops(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The stops in a message, delivered or deleted."""
    client = values["Client"]
    for item, fields in _deliveries(client, client["StopProducten"]["StopProduct"], sheet):
        yield Draft(
            StopRecord, {**fields, "end": item["Einddatum"], "reason": item["RedenBeeindiging"]}
        )


def _deliveries(
    client: Values, items: list[Values], sheet: Sheet
) -> Iterator[tuple[Values, dict[str, Any]]]:
    """What starts and stops share, of the records that can be believed."""
    person = None if BROKEN in client else person_of(client, sheet)
    if person is None:
        sheet.set_aside += len(items)
        return
    seen: set[tuple[object, ...]] = set()
    for item in readable(items, sheet):
        if not _believable(item, sheet):
            continue
        fields = _fields(item, person, sheet)
        key = (*fields.values(), item.get("Einddatum"), item.get("RedenBeeindiging"))
        if key in seen:
            sheet.warn("same_record_twice", item)
            continue
        seen.add(key)
        if fields["assignment"] is None:
            sheet.warn("without_number", item)
        yield item, fields


def _believable(item: Values, sheet: Sheet) -> bool:
    begin, end, status = item["Begindatum"], item.get("Einddatum"), item["StatusAanlevering"]
    if status not in _STATUSES:
        sheet.aside("status_refused", item, status=status)
    elif begin > sheet.dated:
        sheet.aside("start_after_message", item, begin=begin)
    elif end is not None and end < begin:
        sheet.aside("stop_before_start", item, begin=begin, end=end)
    else:
        return True
    return False


def _fields(item: Values, person: Person, sheet: Sheet) -> dict[str, Any]:
    number = item.get("ToewijzingNummer")
    return {
        "person": person,
        "assignment": (
            sheet.pseudonyms.assignment(sheet.municipality, number) if number is not None else None
        ),
        **product_of(item),
        "begin": item["Begindatum"],
        "status": item["StatusAanlevering"],
        "assigned_from": item.get("ToewijzingIngangsdatum"),
    }
