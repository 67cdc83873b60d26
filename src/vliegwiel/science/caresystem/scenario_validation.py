"""What must hold between a scenario and the care system it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from vliegwiel.science.kernel import Fault

from .addresses import Bounds, Entry, entries, targets
from .derivation import derive
from .faults import fault
from .model import BASE, OUT, CareSystem
from .neutral import neutral_part
from .quantity import Text, Unit
from .scenario import Intervention, Scenario, extended
from .validation import check_quantity, check_system

_CARE_TYPE = re.compile(r"care_types\[(\d+)\]")
_SOURCE = re.compile(r"sources\[(\d+)\]")
#: Different shares of the youths in one scenario.
MOST_SHARES = 12
_SIZE: Mapping[str, tuple[Unit, Bounds]] = {
    "multiply": ("ratio", "not_negative"),
    "move": ("share", "share"),
}


def all_entries(system: CareSystem, scenario: Scenario | None) -> tuple[Entry, ...]:
    """Every number of a care system and of a scenario on it, with the paths in their documents."""
    if scenario is None:
        return entries(system)
    return (*_extended_entries(scenario, system), *scenario_entries(scenario, system))


def _extended_entries(scenario: Scenario, system: CareSystem) -> tuple[Entry, ...]:
    found, known = entries(extended(system, scenario)), len(system.care_types)
    return tuple(replace(entry, path=in_scenario(entry.path, known)) for entry in found)


def in_scenario(path: str, known: int) -> str:
    """The path of a new care type in the scenario, given the number of care types before it."""
    number = _CARE_TYPE.match(path)
    if number is None or int(number[1]) < known:
        return path
    return f"new_care_types[{int(number[1]) - known}]{path[number.end() :]}"


def scenario_entries(scenario: Scenario, system: CareSystem) -> tuple[Entry, ...]:
    """The numbers of a scenario: the size of each intervention whose target exists."""
    known = targets(extended(system, scenario))
    return tuple(
        _size_entry(k, intervention, known[intervention.target])
        for k, intervention in enumerate(scenario.interventions)
        if intervention.target in known
    )


def _size_entry(k: int, intervention: Intervention, target: Entry) -> Entry:
    unit, bounds = _SIZE.get(intervention.operation, (target.unit, "any"))
    if intervention.operation == "set":
        bounds = target.bounds
    label = Text(
        nl=f"Grootte van de verandering – {target.label.nl}",
        en=f"Size of the change – {target.label.en}",
    )
    return Entry(
        address=f"interventions.{k}.size",
        path=f"interventions[{k}].size",
        label=label,
        quantity=intervention.size,
        unit=unit,
        bounds=bounds,
        refusal="unknown_target",
    )


def check_scenario(scenario: Scenario, system: CareSystem) -> tuple[Fault, ...]:
    """Every fault of a scenario that has the right shape."""
    faults: list[Fault] = []
    if scenario.care_system != system.id:
        faults.append(
            fault("care_system", "other_system", found=scenario.care_system, expected=system.id)
        )
    whole = extended(system, scenario)
    if scenario.focus is not None and scenario.focus not in whole.care_type_ids:
        faults.append(fault("focus", "unknown_care_type", id=scenario.focus))
    faults.extend(_new_care_types(scenario, system))
    of_system, known_targets = _extended_entries(scenario, system), targets(whole)
    for k, intervention in enumerate(scenario.interventions):
        path = f"interventions[{k}]"
        target = known_targets.get(intervention.target)
        if target is None:
            faults.append(_unknown(f"{path}.target", intervention.target, whole))
        elif target.refusal is not None:
            faults.append(_refused(f"{path}.target", target, target.refusal))
        else:
            faults.extend(_operation(path, intervention, target, whole))
        faults.extend(_stages(path, intervention, system))
    faults.extend(_shares(scenario))
    faults.extend(_moved_and_changed(scenario))
    sources = frozenset(source.id for source in whole.sources)
    sizes = scenario_entries(scenario, system)
    for entry in sizes:
        faults.extend(check_quantity(entry, sources))
    known = {(found.path, found.code) for found in faults}
    derived = derive((*of_system, *sizes), sources)[1]
    faults.extend(found for found in derived if (found.path, found.code) not in known)
    return tuple(faults)


def _new_care_types(scenario: Scenario, system: CareSystem) -> Iterator[Fault]:
    """Faults that come with the new care types: the system was sound without them."""
    if not (scenario.new_care_types or scenario.sources):
        return
    for found in check_system(extended(system, scenario)):
        path = in_scenario(found.path, len(system.care_types))
        number = _SOURCE.match(path)
        if number is not None:
            path = f"sources[{int(number[1]) - len(system.sources)}]{path[number.end() :]}"
        yield replace(found, path=path)
    reached = {intervention.to for intervention in scenario.interventions}
    for j, care_type in enumerate(scenario.new_care_types):
        path = f"new_care_types[{j}]"
        for name in ("in_care_at_start", "waiting_at_start"):
            quantity = getattr(care_type, name)
            if quantity is not None and quantity.value != 0:
                yield fault(f"{path}.{name}", "new_with_youths", count=quantity.value)
        if care_type.id not in reached:
            yield fault(path, "new_without_flow", id=care_type.id)


def _unknown(path: str, target: str, system: CareSystem) -> Fault:
    """A parameter that is not there: what to write for one that the document can have."""
    neutral = neutral_part(target, system)
    if neutral is None:
        return fault(path, "unknown_target", target=target)
    return fault(path, "absent_target", target=target, place=neutral.path, part=neutral.text)


def _refused(path: str, target: Entry, code: str) -> Fault:
    """A number that no scenario can change, with why, and what can be changed instead."""
    return fault(path, code, target=target.address, whole=target.address.rpartition(".")[0])


def is_flow(address: str) -> bool:
    """Whether the address is a share of a flow of youths, which can be moved elsewhere."""
    return "destinations" in address.split(".") or _leads_out(address)


def _leads_out(address: str) -> bool:
    """Whether a flow is one of a list that may lead out of care."""
    parts = address.split(".")
    return len(parts) == 4 and parts[2] in ("next", "next_without_success", "leave_to")


def _operation(
    path: str, intervention: Intervention, target: Entry, system: CareSystem
) -> Iterator[Fault]:
    if intervention.operation == "move":
        if not is_flow(target.address):
            yield fault(f"{path}.operation", "cannot_move", target=target.address)
        elif intervention.to is None:
            yield fault(path, "needs_to")
        else:
            known = {*system.care_type_ids, BASE}
            if _leads_out(target.address):
                known.add(OUT)
            known.discard(target.address.rpartition(".")[2])
            if intervention.to not in known:
                yield fault(f"{path}.to", "unknown_destination", to=intervention.to)
        return
    if intervention.to is not None:
        yield fault(f"{path}.to", "needless_to")
    value, size = target.quantity.value, intervention.size.value
    changed = {"multiply": value * size, "add": value + size, "set": size}
    result = changed[intervention.operation]
    if not target.least <= result <= target.most:
        yield fault(f"{path}.size", "result_impossible", value=result)


def _stages(path: str, intervention: Intervention, system: CareSystem) -> Iterator[Fault]:
    known = {municipality.code for municipality in system.municipalities}
    reached: dict[str, float] = {}
    for j, stage in enumerate(intervention.stages):
        here = f"{path}.stages[{j}]"
        if stage.from_.day != 1:
            yield fault(f"{here}.from", "not_first_of_month", date=stage.from_.isoformat())
        if stage.from_ < system.start:
            yield fault(
                f"{here}.from", "starts_too_early",
                date=stage.from_.isoformat(), start=system.start.isoformat(),
            )  # fmt: skip
        if stage.municipalities == "all":
            continue
        for m, code in enumerate(stage.municipalities):
            if code not in known:
                yield fault(f"{here}.municipalities[{m}]", "unknown_municipality", code=code)
            elif stage.share <= reached.get(code, -1.0):
                yield fault(f"{here}.municipalities[{m}]", "municipality_twice", code=code)
            reached[code] = max(stage.share, reached.get(code, 0.0))


def _shares(scenario: Scenario) -> Iterator[Fault]:
    """Each share cuts every municipality once more, and what is counted grows with the parts."""
    found = {stage.share for one in scenario.interventions for stage in one.stages} - {0.0, 1.0}
    if len(found) > MOST_SHARES:
        yield fault("interventions", "too_many_shares", count=len(found), most=MOST_SHARES)


def _moved_and_changed(scenario: Scenario) -> Iterator[Fault]:
    """A flow that is moved has no room for another change of the same share."""
    moved = {i.target for i in scenario.interventions if i.operation == "move"}
    for k, intervention in enumerate(scenario.interventions):
        if intervention.operation != "move" and intervention.target in moved:
            path = f"interventions[{k}].target"
            yield fault(path, "move_after_change", target=intervention.target)
