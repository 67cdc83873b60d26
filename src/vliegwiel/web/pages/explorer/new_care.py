"""Care that is not there yet: what a scenario supposes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.descriptions import in_language
from vliegwiel.science.caresystem import Assumed, CareSystem, Quantity, Scenario, entries

from .amounts import amount


@dataclass(frozen=True, slots=True)
class NewCareNumbers:
    """`rows` are what is supposed, how much, and between which numbers (empty: it is sure)."""

    title: str
    rows: Sequence[tuple[str, str, str]]


def new_care_in(scenario: Scenario, system: CareSystem) -> Sequence[NewCareNumbers]:
    """Each new form of care; `system` is the care system with these in it."""
    return [
        NewCareNumbers(capfirst(in_language(care.label)), [*_rows(care.id, system)])
        for care in scenario.new_care_types
    ]


def _rows(care_type: str, system: CareSystem) -> Iterator[tuple[str, str, str]]:
    """Its numbers; nothing tells of what is nothing, as nobody is in it at the start."""
    for entry in entries(system):
        value = entry.quantity.value
        if entry.address.startswith(f"care_types.{care_type}.") and value != 0:
            _owner, _colon, label = in_language(entry.label).partition(": ")
            yield capfirst(label), amount(value, entry.unit), _between(entry.quantity, entry.unit)


def _between(quantity: Quantity, unit: str) -> str:
    found = quantity.provenance
    if not isinstance(found, Assumed) or found.low == found.high:
        return ""
    words = {"low": amount(found.low, unit), "high": amount(found.high, unit)}
    return _("%(low)s to %(high)s") % words
