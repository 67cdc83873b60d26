"""Writing messages that a reader of the standard accepts: for practice regions and for tests.

The order of elements comes from the same table as the reader's, so a writer gives content only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from html import escape
from typing import TypeAlias

from vliegwiel.reference import message_kinds
from vliegwiel.science.kernel import ScienceError

from .grammar import Group, Particle
from .v3_2 import messages as v3_2

#: What an element holds: a value, elements, or several of either.
Content: TypeAlias = (
    "str | int | date | time | Mapping[str, Content] | Sequence[Mapping[str, Content] | str]"
)

_LINE_END = "\r\n"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MessageFormatError(ScienceError):
    """Content cannot be written as a message; says at which element."""


def message_header(
    kind: str, *, municipality: str, provider: str, identification: str, dated: date
) -> dict[str, Content]:
    """The header of a message that answers nothing, of release 3.2.

    Raises :class:`MessageFormatError` for a return message or a kind that does not exist.
    """
    found = message_kinds(v3_2.NAME).get(kind)
    if found is None or found.answers is not None:
        raise MessageFormatError(f"{kind} is not a message that answers nothing")
    sides = (municipality, provider)
    sender, receiver = sides if found.sender == "municipality" else sides[::-1]
    return {
        "BerichtCode": found.code,
        "BerichtVersie": 3,
        "BerichtSubversie": 2,
        "Afzender": sender,
        "Ontvanger": receiver,
        "BerichtIdentificatie": {"Identificatie": identification, "Dagtekening": dated},
        "XsdVersie": {"BasisschemaXsdVersie": "1.0.0", "BerichtXsdVersie": "1.0.0"},
    }


def return_header(
    header: Mapping[str, Content],
    kind: str,
    *,
    identification: str,
    dated: date,
    codes: Sequence[str] = (),
) -> dict[str, Content]:
    """The header of the return message of a kind, from the header of what it answers.

    ``codes`` are return codes; none accepts the message. For a JW325 the own identification comes
    first and that of the declaration after it, as the standard has it.
    """
    found = message_kinds(v3_2.NAME).get(kind)
    if found is None or found.answers is None:
        raise MessageFormatError(f"{kind} is not a return message")
    coded: dict[str, Content] = {"RetourCodes": {"RetourCode": list(codes)}} if codes else {}
    if kind == "JW325":
        return {
            **header,
            "BerichtCode": found.code,
            "Afzender": header["Ontvanger"],
            "Ontvanger": header["Afzender"],
            "BerichtIdentificatie": {"Identificatie": identification, "Dagtekening": dated},
            "DeclaratieIdentificatie": header["BerichtIdentificatie"],
            "XsdVersieDeclaratie": header["XsdVersie"],
            **coded,
        }
    return {
        **header,
        "BerichtCode": found.code,
        "IdentificatieRetour": identification,
        "DagtekeningRetour": dated,
        "XsdVersieRetour": header["XsdVersie"],
        **coded,
    }


def write_message(kind: str, content: Mapping[str, Content]) -> bytes:
    """A message of release 3.2 as UTF-8 with line ends CR LF.

    ``content`` maps names of elements to values, to further elements, or to a list of them; the
    order in which it is given does not matter. Raises :class:`MessageFormatError` where an element
    is missing, unknown, too often there, or not in its form.
    """
    if kind not in message_kinds(v3_2.NAME):
        raise MessageFormatError(f"there is no message {kind}")
    prefix = kind.lower()
    spaces = f'xmlns:ijw="{v3_2.SHARED}" xmlns:{prefix}="{v3_2.namespace(kind)}"'
    inner = _group(content, v3_2.whole_grammar(kind), prefix, "\t", "Bericht")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<{prefix}:Bericht {spaces}>",
        *inner,
        f"</{prefix}:Bericht>",
        "",
    ]
    return _LINE_END.join(lines).encode("utf-8")


def _group(content: Content, group: Group, prefix: str, indent: str, path: str) -> Iterator[str]:
    if not isinstance(content, Mapping):
        raise MessageFormatError(f"{path} holds elements, not a value")
    unknown = content.keys() - {particle.name for particle in group.particles}
    if unknown:
        raise MessageFormatError(f"{path} has no element {min(unknown)}")
    for particle in group.particles:
        given = content.get(particle.name)
        several = _several(given)
        if not particle.least <= len(several) <= (particle.most or len(several)):
            raise MessageFormatError(f"{path}/{particle.name} occurs {len(several)} times")
        for item in several:
            yield from _element(item, particle, prefix, indent, f"{path}/{particle.name}")


def _several(given: Content | None) -> Sequence[Content]:
    if given is None:
        return ()
    if isinstance(given, Sequence) and not isinstance(given, str):
        return given
    return (given,)


def _element(
    content: Content, particle: Particle, prefix: str, indent: str, path: str
) -> Iterator[str]:
    tag = particle.written
    if particle.group is not None:
        yield f"{indent}<{tag}>"
        yield from _group(content, particle.group, prefix, f"{indent}\t", path)
        yield f"{indent}</{tag}>"
        return
    text = _written(content)
    if particle.parse is None or particle.parse(text) is None or _FORBIDDEN.search(text):
        raise MessageFormatError(f"the value of {path} is not in its form")
    yield f"{indent}<{tag}>{escape(text, quote=False)}</{tag}>"


def _written(content: Content) -> str:
    if isinstance(content, time):
        return content.isoformat("seconds")
    return content.isoformat() if isinstance(content, date) else str(content)
