"""The bibliography: every source that a figure, an insight or the care system refers to."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from .files import read_text
from .texts import BilingualText, Shipped


class ShippedSource(Shipped):
    """A document or table. `year` is None where the source prints none; `note` warns the reader."""

    id: str
    title: str
    publisher: str
    year: int | None
    kind: Literal[
        "law",
        "norm",
        "official_statistics",
        "policy_document",
        "provider_statement",
        "report",
        "research",
    ]
    address: str | None
    note: BilingualText


class _Bibliography(Shipped):
    version: int
    sources: list[ShippedSource]


@cache
def sources() -> Mapping[str, ShippedSource]:
    """Every source by its key."""
    shipped = TypeAdapter(_Bibliography).validate_json(read_text("sources.json"))
    return {source.id: source for source in shipped.sources}
