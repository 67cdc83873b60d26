"""Facts of the iJw standard: which elements a message has, in which form, with which codes."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

from .files import read_text

Use: TypeAlias = Literal["", "record", "never"]


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message (bericht). A return message `answers` a kind and repeats its sender."""

    kind: str
    code: str
    sender: Literal["municipality", "provider"]
    answers: str | None
    one_youth: bool


@dataclass(frozen=True, slots=True)
class MessageElement:
    """An element of a group; `form` names a form of values or another group.

    `shared` elements are in the namespace of the shared types. `most` is None without a limit.
    """

    group: str
    name: str
    shared: bool
    least: int
    most: int | None
    form: str
    use: Use


@dataclass(frozen=True, slots=True)
class ValueForm:
    """How a value is written: characters or digits from least to most, an amount, or a code."""

    name: str
    kind: Literal["code", "date", "digits", "letters", "letters_digits", "number", "text", "time"]
    least: int | None
    most: int | None
    codes: str | None


@dataclass(frozen=True, slots=True)
class MessageCode:
    """A code of a list with its meaning, and between which days it is in use (None: no limit)."""

    list_name: str
    code: str
    since: date | None
    until: date | None
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class MunicipalityChange:
    """A municipality code that began or ended since 2021, with the code that took its place."""

    code: str
    name: str
    since: date | None
    until: date | None
    successor: str | None


@cache
def message_kinds(release: str) -> Mapping[str, MessageKind]:
    """The kinds of message of a release, by their name ("JW301")."""
    return {
        row["kind"]: MessageKind(
            kind=row["kind"],
            code=row["code"],
            sender="municipality" if row["sender"] == "municipality" else "provider",
            answers=row["answers"] or None,
            one_youth=row["one_youth"] == "yes",
        )
        for row in _rows(f"messages-{release}.csv")
    }


@cache
def message_elements(release: str) -> Mapping[str, Sequence[MessageElement]]:
    """The elements of every group in their order, by the name of the group."""
    groups: dict[str, list[MessageElement]] = {}
    for row in _rows(f"elements-{release}.csv"):
        use: Use = "never" if row["use"] == "never" else "record" if row["use"] else ""
        element = MessageElement(
            group=row["group"],
            name=row["element"],
            shared=row["shared"] == "yes",
            least=int(row["least"]),
            most=_number(row["most"]),
            form=row["form"],
            use=use,
        )
        groups.setdefault(element.group, []).append(element)
    return groups


@cache
def value_forms(release: str) -> Mapping[str, ValueForm]:
    """The forms of values, by their name."""
    return {
        row["form"]: ValueForm(
            name=row["form"],
            kind=row["kind"],  # type: ignore[arg-type]  # the tests hold the file to the kinds
            least=_number(row["least"]),
            most=_number(row["most"]),
            codes=row["list"] or None,
        )
        for row in _rows(f"forms-{release}.csv")
    }


@cache
def message_codes(release: str) -> Mapping[str, Mapping[str, MessageCode]]:
    """The codes of every list: list, then code."""
    lists: dict[str, dict[str, MessageCode]] = {}
    for row in _rows(f"codes-{release}.csv"):
        code = MessageCode(
            list_name=row["list"],
            code=row["code"],
            since=_day(row["since"]),
            until=_day(row["until"]),
            nl=row["nl"],
            en=row["en"],
        )
        lists.setdefault(code.list_name, {})[code.code] = code
    return lists


@cache
def municipality_changes() -> Mapping[str, MunicipalityChange]:
    """Municipality codes that began or ended since 2021, by their code."""
    return {
        row["code"]: MunicipalityChange(
            code=row["code"],
            name=row["name"],
            since=_day(row["since"]),
            until=_day(row["until"]),
            successor=row["successor"] or None,
        )
        for row in _rows("municipality_codes.csv")
    }


def _rows(name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(read_text("ijw", name)))


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
