"""Tables of CBS StatLine, and what the words in them mean."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from .files import read_text

StatlineKind: TypeAlias = Literal["measure", "form", "person", "referrer"]
# The number that CBS prints before a form ("JH 1212"), and the marks of provisional figures.
_NUMBER = re.compile(r"^j[zhbr](\s\d+)?\s+(?=\S)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class StatlineTable:
    """A table that is read; `source` is its key in the bibliography.

    `replaced_by` is the table that took its place.
    """

    table: str
    source: str
    replaced_by: str | None
    content: str


@dataclass(frozen=True, slots=True)
class StatlineWord:
    """What a title means in the words of a figure; `unit` of a measure only."""

    means: str
    unit: str


@cache
def statline_tables() -> Mapping[str, StatlineTable]:
    """The tables that are read, by their id ("85099NED")."""
    rows = csv.DictReader(io.StringIO(read_text("statline", "tables.csv")))
    return {
        row["table"]: StatlineTable(
            row["table"], row["source"], row["replaced_by"] or None, row["content"]
        )
        for row in rows
    }


@cache
def statline_words() -> Mapping[tuple[StatlineKind, str], StatlineWord]:
    """What a title means, by its kind and the title as `statline_title` writes it."""
    found: dict[tuple[StatlineKind, str], StatlineWord] = {}
    for row in csv.DictReader(io.StringIO(read_text("statline", "words.csv"))):
        kind: StatlineKind = row["kind"]  # type: ignore[assignment]  # held by a test
        found[kind, statline_title(row["title"])] = StatlineWord(row["means"], row["unit"])
    return found


def statline_title(printed: str) -> str:
    """A title without what differs between two printings of the same one."""
    plain = _SPACE.sub(" ", printed.replace("*", " ")).strip().casefold()
    # "JH in het netwerk" begins with a word, "JH 1212 Niet uitgevoerd" with a number.
    shortened = _NUMBER.sub("", plain)
    return shortened if re.match(r"^j[zhbr]\s\d|^jz\s", plain) else plain
