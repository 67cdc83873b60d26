"""The agendas that ship, to look at and to start from."""

from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel import reference
from vliegwiel.apps.agenda.documents import shown
from vliegwiel.reference import AgendaDocument, ShippedAgenda

from .reading import AgendaRead, read


@dataclass(frozen=True, slots=True)
class Example:
    """An agenda of another region, in our own words; `remark` says what it holds."""

    key: str
    region_name: str
    year: int
    remark: str
    document: AgendaDocument
    agenda: AgendaRead


def examples() -> Sequence[Example]:
    """Every example, the oldest first."""
    found = sorted(reference.example_agendas(), key=lambda example: example.year)
    return [_example(shipped) for shipped in found]


def example(key: str) -> Example | None:
    """One example; None where none has this key."""
    return next((found for found in examples() if found.key == key), None)


def _example(shipped: ShippedAgenda) -> Example:
    return Example(
        shipped.key,
        shipped.region_name,
        shipped.year,
        shown(shipped.remark),
        shipped.document,
        read(shipped.document),
    )
