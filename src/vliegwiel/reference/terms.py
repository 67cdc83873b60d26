"""Words that parties use differently, as the source documents name them."""

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter

from .files import read_text
from .texts import BilingualText, Shipped


class ShippedMeaning(Shipped):
    """What `party` means by the word. `source` is a key of the bibliography, `place` in it."""

    party: BilingualText
    text: BilingualText
    source: str
    place: str


class ShippedOtherWord(Shipped):
    """Another word with which the same is meant, or another form of the word."""

    word: str
    source: str
    place: str


class ShippedTerm(Shipped):
    """A word is Dutch: it is what parties say to each other."""

    word: str
    meanings: list[ShippedMeaning]
    same: list[ShippedOtherWord]


class _ShippedTerms(Shipped):
    version: int
    terms: list[ShippedTerm]


@cache
def terms() -> Sequence[ShippedTerm]:
    """The terms that ship, the same for every region."""
    return TypeAdapter(_ShippedTerms).validate_json(read_text("terms", "terms.json")).terms
