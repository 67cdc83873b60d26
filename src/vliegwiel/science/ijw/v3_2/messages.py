"""A message of release 3.2: its header, its records, and the envelope that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeAlias

from vliegwiel.reference import MessageKind, message_kinds
from vliegwiel.science.ijw.grammar import SHARED_PREFIX, Group, compiled
from vliegwiel.science.ijw.municipalities import existed
from vliegwiel.science.ijw.plain import PlainReader, plain_reader
from vliegwiel.science.ijw.records import Envelope, Record, ReturnNote
from vliegwiel.science.ijw.releases import ReadMessage, Release
from vliegwiel.science.ijw.sheet import Careful, Sheet, Values
from vliegwiel.science.ijw.values import written
from vliegwiel.science.ijw.walking import read_message

from .assignments import assignments
from .declarations import declared, refused
from .deliveries import starts, stops
from .drafts import Draft
from .requests import answers, change_requests, requests

NAME = "3.2"
BEGAN = date(2023, 4, 3)
_NAMESPACE = "http://www.istandaarden.nl/ijw/3_2/{}/schema"
SHARED = _NAMESPACE.format("basisschema")

Extractor: TypeAlias = Callable[[Values, Sheet], Iterator[Draft]]

#: What stands in a kind of message; a return message has nothing but its header and codes.
_EXTRACTORS: Mapping[str, Extractor] = {
    "JW301": assignments,
    "JW305": starts,
    "JW307": stops,
    "JW315": requests,
    "JW317": change_requests,
    "JW319": answers,
    "JW323": declared,
    "JW325": refused,
}

#: Return codes that do not refuse: no remark, granted in full.
_NO_REFUSAL = {"0200", "8001"}
_CODE = "RetourCode"
_SCHEMA_VERSIONS = ("XsdVersie", "XsdVersieRetour", "XsdVersieDeclaratie")

_DECLARATION = r'(?:<\?xml version="1\.0" encoding="(?:UTF-8|utf-8)"(?: standalone="yes")? ?\?>)?'


def namespace(kind: str) -> str:
    """The namespace of a kind of message, such as "JW301"."""
    return _NAMESPACE.format(kind.lower())


@cache
def grammar(kind: str) -> Group:
    """The elements of a kind of message."""
    return compiled(NAME, kind, namespace=namespace(kind), shared_namespace=SHARED)


@cache
def whole_grammar(kind: str) -> Group:
    """The elements of a kind of message with those that are never read: for writing alone."""
    names = {"namespace": namespace(kind), "shared_namespace": SHARED}
    return compiled(NAME, kind, **names, whole=True)


@cache
def plain(kind: str) -> PlainReader:
    """The reader of a kind of message as systems usually write it."""
    prefix = kind.lower()
    own = f' xmlns:{prefix}="{re.escape(namespace(kind))}"'
    shared = f' xmlns:{SHARED_PREFIX}="{re.escape(SHARED)}"'
    begin = rf"{_DECLARATION}[ \t\r\n]*<{prefix}:Bericht(?:{shared}{own}|{own}{shared}) ?>"
    return plain_reader(grammar(kind), whole_grammar(kind), root=f"{prefix}:Bericht", begin=begin)


def read(sheet: Sheet) -> ReadMessage | None:
    """The message of a sheet; None if it is refused."""
    values = read_message(sheet.root, grammar(sheet.kind), sheet)
    return None if sheet.refused else _message(values, sheet)


def read_plain(text: str, sheet: Sheet) -> ReadMessage:
    """The message in a text; raises ``Careful`` unless it is plain and nothing is to be said."""
    message = _message(plain(sheet.kind)(text), sheet)
    if message is None:
        raise Careful
    return message


def _message(values: Values, sheet: Sheet) -> ReadMessage | None:
    kind = message_kinds(NAME)[sheet.kind]
    if not _header_believed(values["Header"], kind, sheet):
        return None
    extract = _EXTRACTORS.get(kind.kind)
    drafts = list(extract(values, sheet)) if extract is not None else []
    codes = tuple(_return_codes(values)) if kind.answers else ()
    envelope = _envelope(values["Header"], kind, sheet, drafts, codes)
    records: list[Record] = [draft.record(envelope) for draft in drafts]
    if kind.answers is not None:
        records.append(_return_note(values, kind.answers, envelope, codes))
    if sheet.region and sheet.municipality not in sheet.region:
        sheet.set_aside += len(records)
        records = []
    return ReadMessage(envelope, tuple(records))


def _header_believed(header: Values, kind: MessageKind, sheet: Sheet) -> bool:
    """Parties and date to the sheet; False where the header contradicts the message."""
    if header["BerichtCode"] != kind.code:
        sheet.refuse("other_code", sheet.root, kind=kind.kind)
    if (header["BerichtVersie"], header["BerichtSubversie"]) != (3, 2):
        sheet.refuse("other_version", sheet.root, release=NAME)
    sides = header["Afzender"], header["Ontvanger"]
    sheet.municipality, sheet.provider = sides if kind.sender == "municipality" else sides[::-1]
    sheet.dated = _own_date(header)
    for name in _SCHEMA_VERSIONS:
        if name in header and not all(map(_three_part, header[name].values())):
            sheet.find("schema_version", sheet.root)
    if sheet.dated > sheet.today:
        sheet.find("message_in_future", sheet.root, dated=sheet.dated)
    if sheet.dated < BEGAN:
        sheet.find("before_release", sheet.root, dated=sheet.dated, release=NAME)
    if sheet.region and sheet.municipality not in sheet.region:
        sheet.find("outside_region", sheet.root, municipality=sheet.municipality)
    if not existed(sheet.municipality, sheet.dated) and kind.kind not in {"JW301", "JW315"}:
        told = {"municipality": sheet.municipality, "day": sheet.dated}
        sheet.find("unknown_municipality", sheet.root, **told)
    return not sheet.refused


def _own_date(header: Values) -> date:
    """The date of the message itself; a return message repeats the date of what it answers."""
    own: date = header.get("DagtekeningRetour") or header["BerichtIdentificatie"]["Dagtekening"]
    return own


@lru_cache(maxsize=256)
def _three_part(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts)


def _envelope(
    header: Values, kind: MessageKind, sheet: Sheet, drafts: Sequence[Draft], codes: tuple[str, ...]
) -> Envelope:
    identification = header.get("IdentificatieRetour")
    answered = header.get("DeclaratieIdentificatie") or header["BerichtIdentificatie"]
    content = [
        kind.kind,
        sheet.municipality,
        sheet.provider,
        written(sheet.dated),
        str(answered["Identificatie"]),
        *codes,
        *[draft.content() for draft in drafts],
    ]
    return Envelope(
        code=kind.kind,
        release=NAME,
        municipality=sheet.municipality,
        provider=sheet.provider,
        identification=identification or header["BerichtIdentificatie"]["Identificatie"],
        dated=sheet.dated,
        file=sheet.file,
        digest=sheet.pseudonyms.content("\n".join(content)),
    )


def _return_note(
    values: Values, answers: str, envelope: Envelope, codes: tuple[str, ...]
) -> ReturnNote:
    header = values["Header"]
    answered = header.get("DeclaratieIdentificatie") or header["BerichtIdentificatie"]
    decisive: Iterable[str] = codes
    if "DeclaratieIdentificatie" in header:
        # A declaration may be refused line by line; as a whole it is by the codes above the lines.
        above = [header, values.get("DeclaratieAntwoord", {})]
        decisive = [code for part in above for code in part.get("RetourCodes", {}).get(_CODE, [])]
    return ReturnNote(
        message=envelope._replace(
            code=answers,
            identification=answered["Identificatie"],
            dated=answered["Dagtekening"],
            digest="",
        ),
        codes=codes,
        accepted=_NO_REFUSAL.issuperset(decisive),
        answer=envelope,
    )


def _return_codes(values: Any) -> list[str]:
    """Every return code of a message in the order of the message."""
    found: list[str] = []
    _gather_codes(values, found)
    return found


def _gather_codes(values: Any, found: list[str]) -> None:
    if isinstance(values, dict):
        for name, item in values.items():
            if name == _CODE:
                found += [code for code in item if code is not None]
            elif isinstance(item, (dict, list)):
                _gather_codes(item, found)
    else:
        for item in values:
            if isinstance(item, (dict, list)):
                _gather_codes(item, found)


RELEASE = Release(
    name=NAME,
    kinds={namespace(kind): kind for kind in message_kinds(NAME)},
    read=read,
    read_plain=read_plain,
)
