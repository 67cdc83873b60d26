"""The library of indicators that ships: one definition each, with its source."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from .files import read_text
from .texts import BilingualText, Shipped


class ShippedBreakdown(Shipped):
    """A way in which an indicator may be split."""

    key: str
    name: BilingualText


class ShippedIndicator(Shipped):
    """An indicator as the library defines it; `place` is where its source names it.

    `lowest` and `highest` bound what one measurement can be. An empty denominator is a count.
    """

    key: str
    role: Literal["outcome", "performance"]
    name: BilingualText
    definition: BilingualText
    kind: Literal["share", "count", "rate", "mean", "time", "money"]
    unit: BilingualText
    better: Literal["higher", "lower", "unknown"]
    level: Literal["youth", "provider", "municipality", "region"]
    numerator: BilingualText
    denominator: BilingualText
    lowest: float | None
    highest: float | None
    breakdowns: list[str]
    source: str
    place: str


class IndicatorLibrary(Shipped):
    version: int
    breakdowns: Sequence[ShippedBreakdown]
    indicators: Sequence[ShippedIndicator]


@cache
def indicator_library() -> IndicatorLibrary:
    """The indicators that ship, the same for every region."""
    return TypeAdapter(IndicatorLibrary).validate_json(read_text("indicators", "indicators.json"))
