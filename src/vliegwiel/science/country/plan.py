"""The question about the whole country, and the pieces of work that answer it.

Pieces follow from the question alone. A piece can be made anywhere, from what it carries with it,
and has the same bytes wherever it was made.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from vliegwiel.science.caresystem import (
    CareSystem,
    Chunk,
    ForecastPlan,
    Scenario,
    read_care_system,
    read_scenario,
    run_chunk,
    write_document,
)

from .documents import region_care_system
from .scenarios import scenario_in
from .sizes import CountryRegion, country_regions

#: Replications of a piece: about a second of work, so that stopping is quick and little is lost.
REPLICATIONS_PER_PIECE = 25


@dataclass(frozen=True, slots=True)
class CountryPiece:
    """Replications ``first`` up to, not including, ``last`` of a region."""

    region: str
    first: int
    last: int

    @property
    def name(self) -> str:
        """A name that no other piece of the same question has."""
        return f"{self.region}-{self.first:06d}-{self.last:06d}"


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """The plan of a region, to be sent: its documents as compressed text, and its numbers."""

    system: bytes
    scenario: bytes | None
    months: int
    replications: int
    seed: int
    stream: int

    @classmethod
    def of(cls, plan: ForecastPlan) -> PlanOrder:
        """What another machine needs to have an equal plan."""
        return cls(
            system=_packed(plan.system),
            scenario=_packed(plan.scenario) if plan.scenario is not None else None,
            months=plan.months,
            replications=plan.replications,
            seed=plan.seed,
            stream=plan.stream,
        )


@dataclass(frozen=True, slots=True)
class PieceOrder:
    """A piece with everything that is needed to make it on another machine."""

    piece: CountryPiece
    plan: PlanOrder
    plan_hash: str


class OtherCodeError(Exception):
    """A piece was asked for by another version of the code than the one that is to make it."""


@dataclass(frozen=True)
class CountryPlan:
    """What is to be simulated: equal plans give equal numbers, on whatever machines.

    Attributes:
        plans: the question for each region, by its code; the seed is the same for all, the stream
            the number of the region.
    """

    regions: tuple[CountryRegion, ...]
    plans: Mapping[str, ForecastPlan]
    _orders: dict[str, PlanOrder] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything that decides the numbers."""
        parts = [[region.code, self.plans[region.code].hash] for region in self.regions]
        parts.append(["replications", str(self.replications)])
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def replications(self) -> int:
        """Replications of each region."""
        return next(iter(self.plans.values())).replications

    def pieces(self, region: str) -> Sequence[CountryPiece]:
        """The pieces of a region, in order."""
        size, count = REPLICATIONS_PER_PIECE, self.replications
        return [
            CountryPiece(region, first, min(first + size, count)) for first in range(0, count, size)
        ]

    def order(self, piece: CountryPiece) -> PieceOrder:
        """What somebody else needs to make a piece."""
        code = piece.region
        if code not in self._orders:
            self._orders[code] = PlanOrder.of(self.plans[code])
        return PieceOrder(piece, self._orders[code], self.plans[code].hash)

    def compute(self, piece: CountryPiece) -> bytes:
        """Make a piece here, on one thread."""
        return _bytes_of(self.plans[piece.region], piece)

    def is_piece(self, piece: CountryPiece, data: bytes) -> bool:
        """Whether these bytes are that piece, whole and of this plan."""
        try:
            chunk = Chunk.from_bytes(data)
        except ValueError:
            return False
        asked = (self.plans[piece.region].hash, piece.first, piece.last)
        return (chunk.plan_hash, chunk.first, chunk.last) == asked


def country_plan(
    *,
    scenario: Scenario | None = None,
    made_for: CareSystem | None = None,
    months: int = 120,
    replications: int = 200,
    seed: int = 1,
    systems: Mapping[str, CareSystem] | None = None,
    only: Sequence[str] = (),
) -> CountryPlan:
    """The question about the country, or about some of its regions.

    Args:
        scenario: what changes everywhere; ``made_for`` is the care system that it was made for.
        systems: care systems to use instead of those by size, by code of the region.
        only: codes of the regions to take; all when empty.

    Raises:
        DocumentError: when the scenario cannot be on the care system of a region.
        ValueError: when a number lies outside its bounds, a code is not that of a region, or care
            systems do not start in the same month.
    """
    known = {region.code: region for region in country_regions()}
    unknown = [code for code in (*only, *(systems or {})) if code not in known]
    if unknown:
        raise ValueError(f"no such region: {', '.join(unknown)}")
    if (scenario is None) != (made_for is None):
        raise ValueError("a scenario needs the care system that it was made for, and the reverse")
    regions = tuple(region for code, region in known.items() if not only or code in only)
    plans: dict[str, ForecastPlan] = {}
    for region in regions:
        system = (systems or {}).get(region.code) or region_care_system(region)
        change = None
        if scenario is not None and made_for is not None:
            change = scenario_in(scenario, made_for, system)
        plans[region.code] = ForecastPlan(
            system, change, months, replications, seed, stream=region.number
        )
    if len({plan.system.start for plan in plans.values()}) != 1:
        raise ValueError("the care systems must all start in the same month")
    return CountryPlan(regions, plans)


def make_piece(order: PieceOrder) -> bytes:
    """Make a piece that was ordered, on whatever machine this is.

    Raises:
        OtherCodeError: when this machine has another version of the code, whose numbers would
            differ.
    """
    plan = _plan_of(order.plan)
    if plan.hash != order.plan_hash:
        raise OtherCodeError
    return _bytes_of(plan, order.piece)


def _bytes_of(plan: ForecastPlan, piece: CountryPiece) -> bytes:
    # A piece is thrown away within minutes: not worth the time to make it small.
    return run_chunk(plan, piece.first, piece.last).to_bytes(compressed=False)


# A worker makes many pieces of the same region after each other.
@lru_cache(maxsize=3)
def _plan_of(order: PlanOrder) -> ForecastPlan:
    system = read_care_system(zlib.decompress(order.system))
    change = None
    if order.scenario is not None:
        change = read_scenario(zlib.decompress(order.scenario), system)
    return ForecastPlan(
        system, change, order.months, order.replications, order.seed, stream=order.stream
    )


def _packed(document: CareSystem | Scenario) -> bytes:
    return zlib.compress(write_document(document).encode())
