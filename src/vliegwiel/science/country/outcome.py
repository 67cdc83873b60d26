"""From the pieces of a region to its forecast, and from all regions to the country."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.science.caresystem import (
    ALL,
    YEAR_MEASURES,
    Band,
    Chunk,
    YearCounts,
    count_years,
    kept_chunks,
    summarise,
)

from .plan import CountryPlan

#: Name of all regions together, where a region has its code.
COUNTRY = "NL"
#: The columns of a line of the table of the country.
COLUMNS = (
    "region", "name", "year", "care_type", "measure", "unit",
    "baseline_median", "baseline_low", "baseline_high",
    "scenario_median", "scenario_low", "scenario_high",
    "difference_median", "difference_low", "difference_high",
)  # fmt: skip

Line = dict[str, str | int | float | None]


@dataclass(frozen=True)
class RegionOutcome:
    """What remains of a region: its forecast as JSON, and its counts by year and replication."""

    forecast: str
    years: YearCounts

    def to_bytes(self) -> bytes:
        """The counts by year, sealed with the digest of the forecast they belong to."""
        return _digest(self.forecast) + self.years.to_bytes()


def region_outcome(plan: CountryPlan, region: str, pieces: Iterable[bytes]) -> RegionOutcome:
    """The outcome of a region from all its pieces.

    Replications beyond the first are kept in files, so memory does not grow with their number.

    Raises:
        ValueError: when a piece is missing, damaged or of another plan.
    """
    asked = plan.plans[region]
    with kept_chunks() as chunks:
        for data in pieces:
            chunks.add(Chunk.from_bytes(data))
        return RegionOutcome(summarise(asked, chunks).to_json(), count_years(asked, chunks))


def years_of(plan: CountryPlan, region: str, sealed: bytes, forecast: str) -> YearCounts | None:
    """The counts by year of a finished region; None when they or its forecast are not sound."""
    length = hashlib.sha256().digest_size
    if sealed[:length] != _digest(forecast):
        return None
    try:
        years = YearCounts.from_bytes(sealed[length:])
    except ValueError:
        return None
    return years if years.plan == plan.plans[region].hash else None


def country_lines(plan: CountryPlan, finished: Iterator[tuple[str, YearCounts]]) -> Iterator[Line]:
    """The table of the country: of each region all care together, and of all regions also each
    care type. Replication r of all regions is added up, then the bands are taken.

    Args:
        finished: code and counts of each region, one at a time, in the order of the plan; only one
            of them and the sum are in memory.
    """
    names = {region.code: region.name for region in plan.regions}
    total: YearCounts | None = None
    for code, years in finished:
        yield from _lines(code, names[code], years, (ALL,))
        total = years if total is None else total.plus(years)
    if total is not None:
        yield from _lines(COUNTRY, "Nederland", total, (ALL, *total.names[:-1]))


def _lines(code: str, name: str, years: YearCounts, shown: Sequence[str]) -> Iterator[Line]:
    for measure, unit in YEAR_MEASURES.items():
        arms = dict(zip(("baseline", "scenario", "difference"), years.bands(measure), strict=False))
        for care_type in shown:
            for k, year in enumerate(years.years):
                line: Line = {
                    "region": code, "name": name, "year": year, "care_type": care_type,
                    "measure": measure, "unit": unit,
                }  # fmt: skip
                for arm in ("baseline", "scenario", "difference"):
                    line |= _numbers(arm, arms.get(arm, {}), care_type, k)
                yield line


def _numbers(arm: str, bands: Mapping[str, Band], care_type: str, k: int) -> Line:
    band = bands.get(care_type)
    return {
        f"{arm}_{limit}": getattr(band, limit)[k] if band is not None else None
        for limit in ("median", "low", "high")
    }


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
