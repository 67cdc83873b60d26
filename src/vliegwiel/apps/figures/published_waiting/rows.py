"""From one row of the file to a typed statement."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.figures.vocabulary import (
    HelpKind,
    Nature,
    Observation,
    TargetGroup,
    WaitKind,
)

from .fields import Fields, type_name
from .places import read_place
from .statements import Statement
from .values import (
    Basis,
    Wait,
    differs,
    durations_in,
    read_nothing,
    read_number,
    read_text,
)

_KINDS = {
    "Behandeling": HelpKind.TREATMENT,
    "Diagnostiek": HelpKind.DIAGNOSTICS,
    "Begeleiding": HelpKind.SUPPORT,
    "Wonen": HelpKind.RESIDENCE,
    "Crisis": HelpKind.CRISIS,
}
_TARGET_GROUPS = {
    "Jeugd": TargetGroup.YOUTH,
    "Volwassenen": TargetGroup.ADULTS,
    "Wmo": TargetGroup.WMO,
}
_NATURES = {str(nature): nature for nature in Nature}
_KNOWN_FIELDS = frozenset(
    {
        *("p", "w", "a", "l", "d", "e", "c", "k", "s", "u", "us", "date"),
        *("i", "iText", "b", "bText"),
        *("live", "checked", "checkedAt", "refreshState", "cr"),
    }
)
_SHORT = 300


def read_row(
    row: object, *, position: int, made: datetime, region_code: str, findings: Findings
) -> Statement | None:
    """The statement in a row, or None where it is not even an object."""
    path = f"rows[{position}]"
    if not isinstance(row, dict):
        findings.add("row_not_an_object", path, found=type_name(row))
        return None
    fields = Fields(row, path, findings)
    for field in fields.unknown_fields(_KNOWN_FIELDS):
        fields.report("unknown_field", field, field=field)
    place_text = fields.text("l", required=True, limit=_SHORT)
    place = read_place(place_text, region_code=region_code)
    for part in place.unread:
        fields.report("place_not_read", "l", found=part)
    nature = _nature(fields)
    explanation = fields.text("s")
    to_intake, to_treatment = _both_clocks(fields, nature, explanation)
    stated_on, month_only = fields.day("date", made=made)
    target_groups = fields.choices(
        "d", _TARGET_GROUPS, fields.texts("d", required=True, or_one=True)
    )
    funding = fields.text("c", required=True, limit=_SHORT)
    if TargetGroup.YOUTH in target_groups and not _names_youth_funding(funding):
        fields.report("funding_not_youth", "c", found=funding)
    kinds = fields.choices("a", _KINDS, fields.texts("a"))
    fields.texts("us")
    return Statement(
        position=position,
        provider=fields.text("p", required=True, limit=_SHORT),
        offer=fields.text("w", limit=_SHORT),
        kinds=tuple(kinds),
        place=place,
        place_text=place_text,
        target_groups=tuple(target_groups),
        expertise=fields.texts("e", required=True),
        funding=funding,
        nature=nature,
        is_crisis=fields.flag("cr") or HelpKind.CRISIS in kinds,
        to_intake=to_intake,
        to_treatment=to_treatment,
        explanation=explanation,
        page=fields.address("u"),
        stated_on=stated_on,
        month_only=month_only,
        observation=_observation(fields),
        checked_at=fields.moment("checkedAt"),
    )


def _nature(fields: Fields) -> Nature:
    value = fields.text("k", required=True)
    found = fields.choices("k", _NATURES, [value] if value else [])
    return found[0] if found else Nature.UNKNOWN


def _observation(fields: Fields) -> Observation:
    state = fields.text_or_number("refreshState")
    live, checked = fields.flag("live"), fields.flag("checked")
    if state == "updated" or live:
        return Observation.OBSERVED
    if state == "checked" or checked:
        return Observation.KEPT
    return Observation.DEFAULT


def _names_youth_funding(funding: str) -> bool:
    """Whether the funding mentions youths, the act or the municipalities' joint contract."""
    lowered = funding.casefold()
    return "jeugd" in lowered or lowered.startswith("samen14:")


def _both_clocks(fields: Fields, nature: Nature, explanation: str) -> tuple[Wait, Wait]:
    words = {field: fields.text(f"{field}Text", limit=_SHORT) for field in ("i", "b")}
    numbers = {field: fields.weeks(field, text_field=f"{field}Text") for field in ("i", "b")}
    silent = not any(words.values()) and all(number is None for number in numbers.values())
    waits = {
        field: _one_clock(fields, field, words[field], numbers[field], nature)
        or read_nothing(
            stated=fields.has(field),
            explanation=explanation,
            is_route=nature is Nature.ROUTE,
            row_is_silent=silent,
        )
        for field in ("i", "b")
    }
    _check_nature(fields, nature, waits)
    _check_explanation(fields, explanation, waits)
    return waits["i"], waits["b"]


def _one_clock(
    fields: Fields, field: str, words: str, number: Decimal | None, nature: Nature
) -> Wait | None:
    if words:
        wait = read_text(words, number)
        if wait is None:
            fields.report("text_not_read", f"{field}Text", found=words)
            if number is None:
                return Wait(WaitKind.DESCRIBED, Basis.TEXT, raw_text=words)
        else:
            if number is not None and differs(wait, number):
                fields.report("number_differs", field, number=number, text=words)
            if wait.remark:
                fields.report("other_clock", f"{field}Text", text=words)
            return wait
    if number is not None:
        return read_number(number, is_aim=nature is Nature.ROUTE)
    return None


def _check_nature(fields: Fields, nature: Nature, waits: Mapping[str, Wait]) -> None:
    has_number = any(wait.middle is not None for wait in waits.values())
    # A number that was refused has been reported already.
    gives_something = has_number or fields.is_given("i") or fields.is_given("b")
    if nature is Nature.CONCRETE and not gives_something:
        fields.report("concrete_without_number", "k")
    if nature is Nature.UNKNOWN and has_number:
        fields.report("unknown_with_number", "k")


def _check_explanation(fields: Fields, explanation: str, waits: Mapping[str, Any]) -> None:
    """A bare number that fits none of the durations in the explanation is worth a look."""
    mentioned = durations_in(explanation)
    if not mentioned:
        return
    for field, wait in waits.items():
        number = wait.raw_number
        if wait.basis is not Basis.NUMBER or not number:
            continue
        if all(differs(duration, number) for duration in mentioned):
            said = ", ".join(f"{duration.middle:.4g}" for duration in mentioned)
            fields.report("explanation_differs", field, number=number, explained=said)
