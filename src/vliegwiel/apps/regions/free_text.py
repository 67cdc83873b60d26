"""What in a free text could lead to a person: a text with such a trace is not kept.

It errs on the safe side. A word with a capital in the middle of a sentence may be a name, unless it
is a place of the region or a word of the field; who is stopped for nothing writes it otherwise.
"""

import re
from collections.abc import Collection
from enum import StrEnum


class Trace(StrEnum):
    """A kind of thing that can lead to a person."""

    NUMBER = "number"
    EMAIL = "email"
    DATE = "date"
    ADDRESS = "address"
    NAME = "name"


_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
_PATTERNS: tuple[tuple[Trace, re.Pattern[str]], ...] = (
    (Trace.EMAIL, re.compile(r"\S@\S")),
    # Day and month: as figures, or with the month in letters on either side.
    (
        Trace.DATE,
        re.compile(
            r"\b\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b"
            rf"|\b\d{{1,2}}(?:e|de|ste)?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d{{1,2}}\b(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (Trace.ADDRESS, re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b|\b\w+(?:straat|laan|weg|plein)\s+\d+")),
    # A citizen service number or a telephone number, also with spaces, dots or dashes in it.
    (Trace.NUMBER, re.compile(r"(?:\d[\s.\-]?){7,}\d")),
)

_FIELD = """
    Act Dutch Engels English Halt I Jeugdbescherming Jeugdhulp Jeugdwet Jeugdzorg Kamer
    Kinderbescherming Nederland Nederlands Nederlandse Nederlandstalig Raad Thuis Veilig Wlz Wmo
    Youth Zorgkantoor Zvw
"""
_FIRST = """
    Aisha Ali Amira Anna Anne Bas Bram Daan Emma Eva Fatima Femke Finn Fleur Ibrahim Isa Jan Jayden
    Jesse Jochem Joris Julia Kevin Kim Lars Lieke Lisa Lotte Lucas Luuk Maria Mark Max Mehmet Mees
    Milan Mila Mohamed Mohammed Nina Noah Noor Omar Piet Ruben Sam Sanne Sara Sem Sophie Stijn Thijs
    Thomas Tim Tom Yara Youssef Yusuf Zoë
"""
#: Words with a capital that name no person.
_KNOWN = frozenset(_FIELD.split())
#: First names that often stand at the begin of a sentence, where every word has a capital.
_FIRST_NAMES = frozenset(_FIRST.split())
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"[.!?:;\n•]\s*$")
_INITIALS = re.compile(r"\b[A-Z]\.\s?(?:[A-Z]\.|[A-Z][a-z]+)")


def traces_of(text: str, *, places: Collection[str] = ()) -> tuple[tuple[Trace, str], ...]:
    """Every trace with the piece of text that it is, by kind; empty when the text may be kept.

    `places` are names that may be there, such as the municipalities of the region.
    """
    found: list[tuple[Trace, str]] = []
    for kind, pattern in _PATTERNS:
        found += [(kind, match.group().strip()) for match in pattern.finditer(text)]
    found += [(Trace.NAME, name) for name in _names(text, places)]
    return tuple(dict.fromkeys(found))


def _names(text: str, places: Collection[str]) -> list[str]:
    allowed = _KNOWN | {part for place in places for part in _WORD.findall(place)}
    found = [match.group() for match in _INITIALS.finditer(text)]
    for match in _WORD.finditer(text):
        word = match.group()
        before = text[: match.start()].rstrip(" \t\"'(“‘-")
        begins = not before or _SENTENCE.search(before) is not None
        plain = word.removesuffix("'s").removesuffix("’s")
        # What is all capitals is an abbreviation, as GGZ.
        if not word[0].isupper() or plain in allowed or (len(plain) > 1 and plain.isupper()):
            continue
        if plain in _FIRST_NAMES or not begins:
            found.append(word)
    return found
