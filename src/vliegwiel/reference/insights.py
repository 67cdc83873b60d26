"""Insights that a region has published, in our own words."""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from .files import ROOT, read_text
from .texts import BilingualText, Shipped


class ShippedHeard(Shipped):
    """Something heard or read. `cited_as` is the source that the document itself names for it."""

    text: BilingualText
    cited_as: str | None
    cited_source: str | None


class ShippedChance(Shipped):
    title: BilingualText
    summary: BilingualText


class ShippedPriority(Shipped):
    level: Literal["focus", "long_term"]
    basis_for_all_projects: bool
    reason: BilingualText
    decided_by: BilingualText
    decided_on: date
    place: str


class ShippedConsultation(Shipped):
    key: str
    start: date
    end: date
    group: BilingualText
    result: BilingualText
    place: str


class ShippedInsight(Shipped):
    """`related_to` is the list printed with this insight: direction counts, it is not mutual."""

    number: int
    place: str
    title: BilingualText
    summary: BilingualText
    heard: list[ShippedHeard]
    chances: list[ShippedChance]
    chances_note: BilingualText
    related_to: list[int]
    running_initiatives: list[BilingualText]
    running_initiatives_note: BilingualText
    priority: ShippedPriority


class ShippedInsights(Shipped):
    version: int
    region: str
    source: str
    method: BilingualText
    relations_note: BilingualText
    consultations: list[ShippedConsultation]
    insights: list[ShippedInsight]


@cache
def insights_of(region_slug: str) -> ShippedInsights | None:
    """What ships for a region, or None."""
    if not ROOT.joinpath("insights", f"{region_slug}.json").is_file():
        return None
    return TypeAdapter(ShippedInsights).validate_json(read_text("insights", f"{region_slug}.json"))
