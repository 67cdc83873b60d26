"""A hypothesis in words, and the choices of what may change in the care system of a region."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import changes, descriptions
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.initiatives import (
    Change,
    Estimate,
    HypothesisFacts,
    NewCare,
    care_type_of,
    percent_of,
)
from vliegwiel.apps.initiatives.queries import HypothesisNow, NewNumber
from vliegwiel.science.caresystem import (
    Assumed,
    CareSystem,
    Intervention,
    Quantity,
    Stage,
    Text,
    targets,
)
from vliegwiel.web import notation

#: Numbers of the care system that somebody can have an opinion about, by their address.
_NUMBERS = re.compile(
    r"care_types\.\w[\w-]*\.(places|ceiling|stay\.mean|extension\.probability|extension\.length"
    r"|success|patience\.mean|cost_per_day|cost_per_start)|reentry\.probability"
    r"|referrers\.\w[\w-]*\.(rate|trend|season\.\d\d|municipalities\.\d+|ages\.\d+-\d+)"
    r"|municipalities\.\d+|ages\.at_entry\.\d+-\d+"
)
#: The choice for care that is not there yet.
NEW = "new"
#: Numbers of new care as people type them: how they are called, and how many of what the care
#: system counts in are one of them.
NEW_NUMBERS = {
    NewNumber.PLACES: gettext_lazy("Places"),
    NewNumber.DAYS: gettext_lazy("Length of care in weeks"),
    NewNumber.COST_PER_DAY: gettext_lazy("Cost of a youth per day, in euros"),
    NewNumber.GOES_ON: gettext_lazy("Part that goes on to other care (%)"),
}
TYPED = {NewNumber.DAYS: 7, NewNumber.GOES_ON: 0.01}
_ANY_MONTH = date(2026, 1, 1)
_FLOWS = re.compile(r"referrers\.\w[\w-]*\.destinations\.\w[\w-]*|care_types\.\w[\w-]*\.next\.\w+")


@dataclass(frozen=True, slots=True)
class ChangeSaid:
    what: str
    low: str
    likely: str
    high: str


@dataclass(frozen=True, slots=True)
class HypothesisSaid:
    """A hypothesis for who reads it; `places` is empty where it begins everywhere."""

    now: HypothesisNow
    changes: Sequence[ChangeSaid]
    places: Sequence[str]
    new_care: Sequence[ChangeSaid] = ()


def said(region: Any, now: HypothesisNow | None) -> HypothesisSaid | None:
    """The hypothesis in the words of the region's care system."""
    if now is None:
        return None
    version = explorer.newest_care_system(region)
    system = explorer.care_system(version) if version is not None else None
    if system is not None:
        system = with_new_care(system, now.facts)
    names = {place.code: place.name for place in system.municipalities} if system else {}
    return HypothesisSaid(
        now=now,
        changes=[_said(change, system) for change in now.facts.changes],
        places=[names.get(code, code) for code in now.facts.municipalities],
        new_care=_new_care_said(now.facts.new_care, system),
    )


def with_new_care(system: CareSystem, facts: HypothesisFacts) -> CareSystem:
    """The care system with the care that the hypothesis adds, so that it has its name."""
    if facts.new_care is None:
        return system
    made = care_type_of(facts.new_care, facts.judgement)
    return system.model_copy(update={"care_types": (*system.care_types, made)})


def _new_care_said(care: NewCare | None, system: CareSystem | None) -> Sequence[ChangeSaid]:
    """The numbers of care that is not there yet; without places it takes everybody."""
    if care is None:
        return []
    places = descriptions.places_of(system) if system is not None else {}
    goes_on = _("Part that goes on to: %(to)s")
    labels = {
        **NEW_NUMBERS,
        NewNumber.GOES_ON: goes_on % {"to": places.get(care.goes_on_to, care.goes_on_to)},
    }
    found = []
    for one in care.numbers:
        kind = NewNumber(one.kind)
        unit = "%" if kind == NewNumber.GOES_ON else ""
        low, likely, high = (
            notation.number(number, 0 if number == int(number) else 1) + unit
            for number in typed_numbers(one)
        )
        found.append(ChangeSaid(str(labels[kind]), low, likely, high))
    return found


def typed_numbers(one: Estimate) -> list[float]:
    """Low, likely and high as somebody types them: lengths in weeks, parts in percent."""
    typed = TYPED.get(NewNumber(one.kind), 1)
    return [round(number / typed, 6) for number in (one.low, one.likely, one.high)]


def _said(change: Change, system: CareSystem | None) -> ChangeSaid:
    signed = change.operation == "multiply"
    low, likely, high = (_percent(number, signed=signed) for number in percent_of(change))
    return ChangeSaid(what_of(change, system), low, likely, high)


def _percent(number: float, *, signed: bool) -> str:
    write = notation.signed if signed else notation.number
    return f"{write(number, 0 if number == int(number) else 1)}%"


def what_of(change: Change, system: CareSystem | None) -> str:
    """What changes; its address where the care system does not know it any more."""
    if system is None or change.target not in targets(system):
        return change.target
    return changes.what(_example(change.target, change.operation, change.to), system)


def what_choices(system: CareSystem) -> list[tuple[str, Any]]:
    """What may change, by whose it is: a number less or more, or a part of a flow elsewhere."""
    owners = {
        **{f"care_types.{item.id}": descriptions.in_language(item.label)
           for item in system.care_types},
        **{f"referrers.{item.id}": descriptions.in_language(item.label)
           for item in system.referrers},
    }  # fmt: skip
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in targets(system).values():
        if not entry.changeable:
            continue
        owner = owners.get(".".join(entry.address.split(".")[:2]), _("The whole care system"))
        if _NUMBERS.fullmatch(entry.address):
            item = _example(entry.address, "multiply", "")
            key = f"multiply {entry.address}"
            groups.setdefault(owner, []).append((key, changes.what(item, system)))
        elif _FLOWS.fullmatch(entry.address):
            words = _("Move a part: %(flow)s") % {
                "flow": changes.what(_example(entry.address, "multiply", ""), system)
            }
            groups.setdefault(owner, []).append((f"move {entry.address}", words))
    return [("", _("Choose what changes")), *groups.items()]


def to_choices(system: CareSystem) -> list[tuple[str, str]]:
    """Where a part of a flow may go instead."""
    places = descriptions.places_of(system)
    return [("", _("Only for moving")), (NEW, _("The new care that you describe below")),
            *places.items()]  # fmt: skip


def _example(target: str, operation: str, to: str) -> Intervention:
    """An intervention with any size: the words for what changes need one."""
    moves = operation == "move"
    why = Text(nl="-", en="-")
    return Intervention(
        target=target,
        operation="move" if moves else "multiply",
        to=to or None,
        size=Quantity(
            value=0.5,
            unit="share" if moves else "ratio",
            provenance=Assumed(kind="assumed", low=0.5, high=0.5, why=why),
        ),
        stages=(Stage(from_=_ANY_MONTH, municipalities="all"),),
    )
