"""What must hold between a scenario and the care system it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vliegwiel.science.kernel import Fault

from .addresses import Bounds, Entry, entries
from .derivation import derive
from .faults import fault
from .model import BASE, OUT, CareSystem
from .quantity import Text, Unit
from .scenario import Intervention, Scenario
from .validation import check_quantity

_SIZE: Mapping[str, tuple[Unit, Bounds]] = {
    "multiply": ("ratio", "not_negative"),
    "move": ("share", "share"),
}


def scenario_entries(scenario: Scenario, system: CareSystem) -> tuple[Entry, ...]:
    """The numbers of a scenario: the size of each intervention whose target exists."""
    targets = {entry.address: entry for entry in entries(system)}
    return tuple(
        _size_entry(k, intervention, targets[intervention.target])
        for k, intervention in enumerate(scenario.interventions)
        if intervention.target in targets
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
        changeable=False,
    )


def check_scenario(scenario: Scenario, system: CareSystem) -> tuple[Fault, ...]:
    """Every fault of a scenario that has the right shape."""
    faults: list[Fault] = []
    if scenario.care_system != system.id:
        faults.append(
            fault("care_system", "other_system", found=scenario.care_system, expected=system.id)
        )
    if scenario.focus is not None and scenario.focus not in system.care_type_ids:
        faults.append(fault("focus", "unknown_care_type", id=scenario.focus))
    of_system = entries(system)
    targets = {entry.address: entry for entry in of_system}
    for k, intervention in enumerate(scenario.interventions):
        path = f"interventions[{k}]"
        target = targets.get(intervention.target)
        if target is None:
            faults.append(fault(f"{path}.target", "unknown_target", target=intervention.target))
        elif not target.changeable:
            faults.append(fault(f"{path}.target", "not_changeable", target=intervention.target))
        else:
            faults.extend(_operation(path, intervention, target, system))
        faults.extend(_stages(path, intervention, system))
    faults.extend(_moved_and_changed(scenario))
    sources = frozenset(source.id for source in system.sources)
    sizes = scenario_entries(scenario, system)
    for entry in sizes:
        faults.extend(check_quantity(entry, sources))
    faults.extend(derive((*of_system, *sizes), sources)[1])
    return tuple(faults)


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
    started: set[str] = set()
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
            elif code in started:
                yield fault(f"{here}.municipalities[{m}]", "municipality_twice", code=code)
            started.add(code)


def _moved_and_changed(scenario: Scenario) -> Iterator[Fault]:
    """A flow that is moved has no room for another change of the same share."""
    moved = {i.target for i in scenario.interventions if i.operation == "move"}
    for k, intervention in enumerate(scenario.interventions):
        if intervention.operation != "move" and intervention.target in moved:
            path = f"interventions[{k}].target"
            yield fault(path, "move_after_change", target=intervention.target)
