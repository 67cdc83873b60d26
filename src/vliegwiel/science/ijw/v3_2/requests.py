"""JW315, JW317 and JW319: requests for an assignment or a change, and their answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vliegwiel.science.ijw.municipalities import existed
from vliegwiel.science.ijw.records import AssignmentRequest, ChangeRequest, RequestAnswer
from vliegwiel.science.ijw.sheet import BROKEN, PLACE, Sheet, Values

from .drafts import (
    Draft,
    check_age,
    check_municipality,
    check_size,
    person_of,
    product_of,
    readable,
    size_of,
    youth_of,
)

#: Referrers with a code or name of their own: three kinds of doctor and the certified institution.
_NAMED_REFERRERS = {"02", "03", "04", "05"}
_REJECTED, _RESPONSIBLE_ELSEWHERE = "1", "8"


def requests(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The products asked for in a JW315."""
    client = values["Client"]
    items = client["AangevraagdeProducten"]["AangevraagdProduct"]
    person = None if BROKEN in client else person_of(client, sheet)
    if person is None:
        sheet.set_aside += len(items)
        return
    references: set[str] = set()
    for item in readable(items, sheet):
        begin, end = item["ToewijzingIngangsdatum"], item.get("ToewijzingEinddatum")
        if end is not None and end < begin:
            sheet.aside("end_before_begin", item, begin=begin, end=end)
            continue
        reference = sheet.pseudonyms.reference(sheet.provider, item["ReferentieAanbieder"])
        if reference in references:
            sheet.warn("reference_twice", item)
        references.add(reference)
        _check_referrer(item, sheet)
        if ("BeschikkingIngangsdatum" in item) != ("BeschikkingNummer" in item):
            sheet.warn("decision_day", item)
        check_size(item, end, sheet)
        check_municipality(item, begin, sheet)
        check_age(client, item, begin, sheet)
        yield Draft(
            AssignmentRequest,
            {
                "person": person,
                "reference": reference,
                **product_of(item),
                "referrer": item["Verwijzer"]["Type"],
                "wished_begin": begin,
                "wished_end": end,
                **size_of(item),
            },
        )


def change_requests(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The products in a JW317: what stays, what should change and what should be added."""
    client = values["Client"]
    request = client["Verzoek"]
    kept = _listed(request, "OngewijzigdeProducten", "OngewijzigdProduct")
    changed = _listed(request, "TeWijzigenProducten", "TeWijzigenProduct")
    added = _listed(request, "NieuweProducten", "NieuwProduct")
    youth = None if BROKEN in client else youth_of(client, sheet)
    if youth is None:
        sheet.set_aside += len(kept) + len(changed) + len(added)
        return
    if not (kept or changed) or not (changed or added):
        sheet.warn("nothing_asked", client)
    fields = {
        "youth": youth,
        "reference": sheet.pseudonyms.reference(sheet.provider, request["ReferentieAanbieder"]),
        "why": request["RedenVerzoek"],
    }
    for kind, items in (("keep", kept), ("change", changed), ("add", added)):
        for item in readable(items, sheet):
            yield from _change(kind, item, fields, sheet)


def _change(kind: str, item: Values, shared: dict[str, Any], sheet: Sheet) -> Iterator[Draft]:
    begin: date | None = item.get("GewensteIngangsdatum")
    end: date | None = item.get("Einddatum")
    if begin is not None and end is not None and end < begin:
        sheet.aside("end_before_begin", item, begin=begin, end=end)
        return
    if kind == "add":
        check_size(item, end, sheet)
    number = item.get("ToewijzingNummer")
    yield Draft(
        ChangeRequest,
        {
            **shared,
            "assignment": (
                sheet.pseudonyms.assignment(sheet.municipality, number)
                if number is not None
                else None
            ),
            **product_of(item),
            "kind": kind,
            "begin": begin,
            "end": end,
            **size_of(item),
        },
    )


def answers(values: Values, sheet: Sheet) -> Iterator[Draft]:
    """The answer in a JW319."""
    for item in readable([values["Antwoord"]], sheet):
        answer, reason = item["VerzoekAntwoord"], item.get("RedenAfwijzingVerzoek")
        elsewhere = item.get("Woonplaatsbeginsel")
        if answer == _REJECTED and reason is None:
            sheet.warn("refusal_without_reason", item)
        if answer != _REJECTED and reason is not None:
            sheet.warn("reason_without_refusal", item)
        if reason == _RESPONSIBLE_ELSEWHERE and elsewhere is None:
            sheet.warn("responsible_missing", item)
        if reason != _RESPONSIBLE_ELSEWHERE and elsewhere is not None:
            sheet.warn("responsible_needless", item)
        responsible = elsewhere["Gemeente"] if elsewhere is not None else None
        if responsible is not None and not existed(responsible, sheet.dated):
            told = {"municipality": responsible, "day": sheet.dated}
            sheet.find("unknown_municipality", item[PLACE], **told)
        yield Draft(
            RequestAnswer,
            {
                "reference": sheet.pseudonyms.reference(
                    sheet.provider, item["ReferentieAanbieder"]
                ),
                "answer": answer,
                "reason": reason,
                "responsible": responsible,
            },
        )


def _listed(request: Values, name: str, item: str) -> list[Values]:
    found: list[Values] = request.get(name, {}).get(item, [])
    return found


def _check_referrer(item: Values, sheet: Sheet) -> None:
    """Code and name of a referrer are persons: that they are there is all that is looked at."""
    referrer = item["Verwijzer"]
    coded, named = "ZorgverlenerCode" in referrer, "Naam" in referrer
    if referrer["Type"] in _NAMED_REFERRERS:
        if coded == named:
            sheet.warn("referrer_named_wrongly", item)
    elif coded:
        sheet.warn("referrer_needs_no_code", item)
