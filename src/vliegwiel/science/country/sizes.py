"""The youth-care regions of the country, and how many youths with care each has.

Published per province, and for two regions apart. A province is divided over its municipalities by
an assumption: no published number per municipality was at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from vliegwiel.reference import (
    MunicipalityRow,
    YouthNumber,
    municipality_rows,
    municipality_weights,
    youth_numbers,
)

#: How far the assumed share of a municipality or region may lie from its value, in parts of it.
SPREAD = 0.5
#: One region by law from 2026 (Staatsblad 2025, 357); the figures still tell them apart.
_JOINED = {"JZ43": "JZ42"}
_NAMES = {"JZ42": "Midden-Limburg"}


@dataclass(frozen=True, slots=True)
class ProvincePart:
    """The youths with care of a region who live in one province.

    ``share`` is their part of the province: 1 when the province lies in the region as a whole, and
    assumed otherwise.
    """

    province: YouthNumber
    share: float

    @property
    def whole(self) -> bool:
        """Whether the province is not divided, so that its number is as published."""
        return self.share == 1.0


@dataclass(frozen=True, slots=True)
class CountryRegion:
    """A youth-care region (jeugdregio) of the country.

    ``printed`` is its own published number of youths with care, where there is one; ``parts`` are
    what it has of provinces otherwise.
    """

    code: str
    name: str
    municipalities: tuple[MunicipalityRow, ...]
    printed: YouthNumber | None
    parts: tuple[ProvincePart, ...]

    @property
    def youths(self) -> float:
        """Youths with youth care in 2020."""
        if self.printed is not None:
            return float(self.printed.youths)
        return sum(part.province.youths * part.share for part in self.parts)

    @property
    def published(self) -> bool:
        """Whether its size is published, not divided by an assumption."""
        return self.printed is not None or all(part.whole for part in self.parts)

    @property
    def number(self) -> int:
        """Number of its code, which gives the region a stream of random numbers of its own."""
        return int(self.code.removeprefix("JZ"))

    @property
    def slug(self) -> str:
        """The name in file names and documents: lower case, without spaces."""
        return self.name.lower().replace("/", "-").replace(" ", "-")


def weight(code: str) -> int:
    """For how many ordinary municipalities a municipality is assumed to count."""
    return municipality_weights().get(code, 1)


def national_number() -> YouthNumber:
    """Youths with youth care in the Netherlands, in the year of the numbers of the regions."""
    return next(number for number in youth_numbers() if number.area == "NL")


@cache
def country_regions() -> Sequence[CountryRegion]:
    """The 41 youth-care regions in the order of their codes.

    The regions of 1 January 2026: Midden-Limburg Oost and West are one, under the code of the
    first. Other changes of that year are not in the published division of municipalities.
    """
    by_region: dict[str, list[MunicipalityRow]] = {}
    for row in municipality_rows():
        by_region.setdefault(_JOINED.get(row.region_code, row.region_code), []).append(row)
    printed = {number.area: number for number in youth_numbers()}
    return tuple(
        CountryRegion(
            code=code,
            name=_NAMES.get(code, rows[0].region),
            municipalities=tuple(rows),
            printed=printed.get(code),
            parts=() if code in printed else _parts(rows),
        )
        for code, rows in sorted(by_region.items())
    )


def _parts(rows: Sequence[MunicipalityRow]) -> tuple[ProvincePart, ...]:
    provinces = {n.name: n for n in youth_numbers() if n.area == "province"}
    found = []
    for name in sorted({row.province for row in rows}):
        mine = sum(weight(row.code) for row in rows if row.province == name)
        whole = sum(weight(row.code) for row in municipality_rows() if row.province == name)
        found.append(ProvincePart(provinces[name], mine / whole))
    return tuple(found)
