"""The division of the Netherlands into youth-care regions."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .files import read_text


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality in its youth-care region (jeugdregio), with CBS codes and how sure that is.

    `confidence` is "high" (several sources agree), "good" or "check" (a decree may have moved it).
    """

    region_code: str
    region: str
    code: str
    name: str
    province: str
    source: str
    confidence: str
    note: str


@cache
def municipality_rows() -> Sequence[MunicipalityRow]:
    """All 342 municipalities of 1 January 2026 in 42 regions."""
    return tuple(
        MunicipalityRow(
            region_code=row["region_code"],
            region=row["jeugdregio"],
            code=row["municipality_code"],
            name=row["municipality"],
            province=row["province"],
            source=row["source"],
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in csv.DictReader(io.StringIO(read_text("regions.csv")))
    )


@cache
def place_rows() -> Mapping[str, str]:
    """Towns and villages that are not a municipality themselves: name to municipality code."""
    return {
        row["place"]: row["municipality_code"]
        for row in csv.DictReader(io.StringIO(read_text("places.csv")))
    }


@cache
def municipality_weights() -> Mapping[str, int]:
    """For how many ordinary municipalities each large one counts, by municipality code.

    An assumption: the makers' rough order of size of municipalities of more than some hundred
    thousand inhabitants, without a source. Those not named count for one.
    """
    return {
        row["municipality_code"]: int(row["counts_for"])
        for row in csv.DictReader(io.StringIO(read_text("large_municipalities.csv")))
    }
