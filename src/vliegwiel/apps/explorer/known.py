"""Sizes of changes that pilots measured, and a scenario that takes them instead of judgements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.science.caresystem import Assumed, Intervention, Scenario, Text

#: Target, operation and destination: what makes two changes the same one.
Address = tuple[str, str, str]
#: Fields of a measured size that stand in the table under the same name.
MEASURED_FIELDS = ("target", "operation", "to", "low", "likely", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSize:
    """The size of a change as it was measured, in the unit of a document.

    `why` says where it was measured and what the range holds; `evidence` are the numbers of what it
    rests on.
    """

    target: str
    operation: str
    to: str
    low: float
    likely: float
    high: float
    why: Text
    evidence: tuple[int, ...]

    @property
    def address(self) -> Address:
        return self.target, self.operation, self.to


def address_of(item: Intervention) -> Address:
    return item.target, item.operation, item.to or ""


def known_here(
    scenario: Scenario, known: Mapping[Address, MeasuredSize]
) -> Sequence[tuple[int, MeasuredSize]]:
    """Changes of the scenario, by place, whose measured size is known and is not in it yet."""
    return [
        (place, found)
        for place, item in enumerate(scenario.interventions)
        if (found := known.get(address_of(item))) is not None and not _has(item, found)
    ]


def with_known(scenario: Scenario, known: Mapping[Address, MeasuredSize]) -> Scenario:
    """The scenario with every measured size in it, and with the reason that goes with it."""
    items = list(scenario.interventions)
    for place, found in known_here(scenario, known):
        items[place] = _with(items[place], found)
    return scenario.model_copy(update={"interventions": tuple(items)})


def _has(item: Intervention, found: MeasuredSize) -> bool:
    origin = item.size.provenance
    return (
        isinstance(origin, Assumed)
        and (origin.low, item.size.value, origin.high) == (found.low, found.likely, found.high)
        and origin.why == found.why
    )


def _with(item: Intervention, found: MeasuredSize) -> Intervention:
    origin = Assumed(kind="assumed", low=found.low, high=found.high, why=found.why)
    size = item.size.model_copy(update={"value": found.likely, "provenance": origin})
    return item.model_copy(update={"size": size})
