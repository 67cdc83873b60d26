"""Where every number of a forecast comes from, and which of them are assumed or fitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .derivation import Derivations, derive
from .model import CareSystem, CareType
from .quantity import Provenance, Text
from .scenario import Scenario, extended
from .scenario_validation import all_entries

_STAYS = Text(nl="duurt hoogstens zo lang", en="lasts at most so long")
_WAITED = Text(nl="wachtte bij de start hoogstens", en="at the start had waited at most")
_IN_CARE_SINCE = Text(nl="was bij de start in zorg hoogstens", en="at the start had care at most")


@dataclass(frozen=True, slots=True)
class Assumption:
    """An assumed or fitted number: ``low`` to ``high`` with ``value`` the likeliest."""

    address: str
    path: str
    label: Text
    value: float
    low: float
    high: float
    unit: str
    why: Text


@dataclass(frozen=True, slots=True)
class NumberOrigin:
    """A number of the document, and where it comes from."""

    address: str
    path: str
    label: Text
    value: float
    unit: str
    provenance: Provenance

    @property
    def kind(self) -> str:
        """``printed``, ``derived``, ``assumed`` or ``fitted``."""
        return self.provenance.kind


def derivations(system: CareSystem, scenario: Scenario | None = None) -> Derivations:
    """The formulas and ranges of documents that have been checked."""
    sources = frozenset(source.id for source in extended(system, scenario).sources)
    return derive(all_entries(system, scenario), sources)[0]


def assumptions(system: CareSystem, scenario: Scenario | None = None) -> tuple[Assumption, ...]:
    """Every number drawn from a range, inputs of derivations included, in document order."""
    return tuple(
        Assumption(r.address, r.path, r.label, r.value, r.low, r.high, r.unit, r.why)
        for r in derivations(system, scenario).ranges
    )


def quantities(system: CareSystem, scenario: Scenario | None = None) -> tuple[NumberOrigin, ...]:
    """Every number of the documents with its unit and provenance, in document order."""
    found = [
        NumberOrigin(e.address, e.path, e.label, e.quantity.value, e.quantity.unit,
                     e.quantity.provenance)
        for e in all_entries(system, scenario)
    ]  # fmt: skip
    for i, referrer in enumerate(system.referrers):
        if referrer.season is None:
            continue
        for month, factor in enumerate(referrer.season.values):
            label = Text(
                nl=f"{referrer.label.nl}: seizoen, maand {month + 1}",
                en=f"{referrer.label.en}: season, month {month + 1}",
            )
            found.append(
                NumberOrigin(
                    f"referrers.{referrer.id}.season.{month + 1}",
                    f"referrers[{i}].season.values[{month}]",
                    label, factor, "ratio", referrer.season.provenance,
                )
            )  # fmt: skip
    for i, care in enumerate(system.care_types):
        found += _observed(i, care)
    return tuple(found)


def _observed(i: int, care: CareType) -> Iterator[NumberOrigin]:
    """The points of what was observed, each a number of days at a share."""
    for name, points, label in (
        ("stay.observed", care.stay.observed, _STAYS),
        ("waited_at_start", care.waited_at_start, _WAITED),
        ("in_care_since_at_start", care.in_care_since_at_start, _IN_CARE_SINCE),
    ):
        if points is None:
            continue
        for j, point in enumerate(points.points):
            part = round(100 * point.share, 2)
            yield NumberOrigin(
                f"care_types.{care.id}.{name}.{j + 1}",
                f"care_types[{i}].{name}.points[{j}].days",
                Text(
                    nl=f"{care.label.nl}: {label.nl}, {part:g} procent",
                    en=f"{care.label.en}: {label.en}, {part:g} per cent",
                ),
                point.days, "days", points.provenance,
            )  # fmt: skip
