"""What care types, referrers and providers are called in messages.

Categories are those of the standard; the care types of the shipped regions have theirs by name,
others by their group. Product codes and providers are made up: no product list of the country is
theirs, and no provider has a number (AGB) that begins with 99.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import CareSystem, Histories

from .chances import Chances, Draw, Owner
from .errors import BoxError

Ints = NDArray[np.int64]

#: Care type -> category (JZ020), each with a form of its own.
_CATEGORIES: Mapping[str, str] = {
    "local_team": "31", "team": "31", "outpatient": "45", "mental_health": "54", "day_help": "41",
    "home_based": "34", "foster_care": "35", "family_home": "36", "secure": "37",
    "residential": "38", "crisis": "46", "probation": "47", "protection": "48",
}  # fmt: skip
#: Group of care types -> categories for those that are not named above.
_BY_GROUP: Mapping[str, tuple[str, ...]] = {
    "light": ("50", "31", "34"),
    "ambulant": ("45", "54", "34", "41"),
    "residential": ("43", "38", "36", "35", "37"),
    "crisis": ("46",),
    "protection": ("48", "47", "49"),
}
#: Unit (WJ756), frequency (WMO757) and tariff in cents: by the hour a week, or by the day a month.
_HOURS, _DAYS = ("04", "2", 9_500), ("14", "4", 24_000)
#: Referrer -> type in a request (COD327); others come by the municipality, without a request.
REFERRERS: Mapping[str, str] = {
    "gp": "02", "youth_doctor": "03", "gi": "04", "specialist": "05", "none": "06", "judge": "08",
}  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Product:
    """What is assigned for a care type: ``code`` after so many new contracts."""

    category: str
    number: int
    unit: str
    frequency: str
    tariff: int

    def code(self, contract: int) -> str:
        """Five characters: category, a letter for the contract, number of the care type."""
        return f"{self.category}{_LETTERS[contract % len(_LETTERS)]}{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Products by care type, providers by number, and which provider a visit has.

    ``agb`` and ``names`` are of the providers; ``of_visit`` has shape (V,).
    """

    products: tuple[Product, ...]
    agb: tuple[str, ...]
    names: tuple[str, ...]
    of_visit: Ints


def catalogue_of(system: CareSystem, found: Histories, *, providers: int, seed: int) -> Catalogue:
    """Products and providers of a region.

    Care types of one group that tell no providers apart are given by the same ``providers``, the
    first the largest. Raises :class:`.errors.BoxError` when there is no category left for one.
    """
    names: list[str] = []
    chosen = np.full(len(found), -1)
    drawn = Chances.of(seed, Owner.VISIT, len(found)).uniform(Draw.PROVIDER)
    sizes = np.cumsum(1.0 / np.arange(1, providers + 1))
    nth = np.searchsorted(sizes / sizes[-1], drawn, side="right")
    for station, (care_type, provider) in enumerate(found.stations):
        mine = found.station == station
        if provider is not None:
            chosen[mine] = _number(names, provider)
            continue
        group = next(care.group for care in system.care_types if care.id == care_type)
        known = np.array([_number(names, f"{group}-{n + 1}") for n in range(providers)])
        chosen[mine] = known[nth[mine]]
    return Catalogue(
        products=_products(system),
        agb=tuple(f"99{number + 1:06d}" for number in range(len(names))),
        names=tuple(names),
        of_visit=chosen,
    )


def _number(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


def _products(system: CareSystem) -> tuple[Product, ...]:
    named = {care.id: _CATEGORIES[care.id] for care in system.care_types if care.id in _CATEGORIES}
    for care in system.care_types:
        if care.id not in named:
            free = [c for c in _BY_GROUP[care.group] if c not in named.values()]
            if not free:
                raise BoxError("no_category", care_type=care.id)
            named[care.id] = free[0]
    return tuple(
        Product(named[care.id], number, *(_DAYS if care.group == "residential" else _HOURS))
        for number, care in enumerate(system.care_types)
    )
