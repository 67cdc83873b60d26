"""The checklist of what must stand so that care goes on, in our own words after its source."""

from functools import cache

from pydantic import TypeAdapter

from .files import read_text
from .texts import BilingualText, Shipped


class ShippedCheckItem(Shipped):
    """`evidence` says what would show that it stands."""

    key: str
    title: BilingualText
    why: BilingualText
    evidence: BilingualText


class ShippedChecklist(Shipped):
    """`source` is a key of the bibliography, `place` where in it. A new version renews words."""

    version: int
    source: str
    place: str
    items: list[ShippedCheckItem]


@cache
def continuity_checklist() -> ShippedChecklist:
    """The checklist that ships, the same for every region."""
    return TypeAdapter(ShippedChecklist).validate_json(read_text("continuity", "checklist.json"))
