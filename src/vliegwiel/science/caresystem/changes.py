"""Documents with other numbers in them: what follows from a changed number changes along."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from vliegwiel.science.kernel import DocumentError

from .document import read_care_system, read_scenario, write_document
from .faults import fault
from .model import CareSystem
from .provenance import derivations
from .scenario import Scenario
from .scenario_validation import all_entries

_WHY = {
    "nl": "Ingesteld op deze waarde voor deze berekening.",
    "en": "Set to this value for this calculation.",
}
_IN_SCENARIO = ("interventions[", "new_care_types[")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def with_values(
    system: CareSystem, scenario: Scenario, values: Mapping[str, float]
) -> tuple[CareSystem, Scenario]:
    """The documents with other numbers at some addresses.

    A number that is set has no range any more, and no longer follows from others. Numbers that are
    derived from it move along, as they do when an assumption is drawn.

    Args:
        values: by address, such as ``care_types.crisis.stay.mean`` or ``interventions.0.size``.

    Raises:
        DocumentError: for an address that does not exist, or a value that cannot be.
    """
    paths = _paths(system, scenario)
    unknown = [address for address in values if address not in paths]
    if unknown:
        raise DocumentError([fault(address, "unknown_target", target=address)
                             for address in unknown])  # fmt: skip
    # First cut loose at their present values, so that what follows from them still agrees.
    before = {name: number for name, number in derivations(system, scenario).values({}).items()
              if name in paths}  # fmt: skip
    loose = _rewrite(system, scenario, {name: before[name] for name in values}, values)
    after = derivations(*loose).values(values)
    moved = {name: after[name] for name in paths if after[name] != before[name]}
    return _rewrite(*loose, moved, values)


def warmed_up(system: CareSystem, months: int) -> CareSystem:
    """The care system with the simulation beginning so many months before its start, empty.

    Raises:
        DocumentError: for a number of months that cannot be.
    """
    document = json.loads(write_document(system))
    return read_care_system(json.dumps({**document, "warm_up_months": months}))


def _paths(system: CareSystem, scenario: Scenario) -> dict[str, str]:
    return {entry.address: entry.path for entry in all_entries(system, scenario)}


def _rewrite(
    system: CareSystem,
    scenario: Scenario,
    numbers: Mapping[str, float],
    pinned: Mapping[str, float],
) -> tuple[CareSystem, Scenario]:
    """The documents with these numbers; those that are pinned get that one value as their range."""
    paths = _paths(system, scenario)
    of_system, of_scenario = (json.loads(write_document(part)) for part in (system, scenario))
    for address, number in numbers.items():
        path = paths[address]
        document = of_scenario if path.startswith(_IN_SCENARIO) else of_system
        quantity = number_at(document, path)
        quantity["value"] = number
        if address in pinned:
            quantity["provenance"] = {
                "kind": "assumed", "low": number, "high": number, "why": _WHY,
            }  # fmt: skip
    changed = read_care_system(json.dumps(of_system))
    return changed, read_scenario(json.dumps(of_scenario), changed)


def number_at(document: Any, path: str) -> dict[str, Any]:
    """The number that stands at a path such as ``care_types[2].stay.mean``."""
    for name, index in _STEP.findall(path):
        document = document[name] if name else document[int(index)]
    found: dict[str, Any] = document
    return found
