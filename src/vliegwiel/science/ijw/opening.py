"""From the bytes of a file to the documents in it, with limits on all that can be made large.

Nothing is fetched: no document type, no entity, no network. An archive is opened file by file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .sheet import Element, Ledger
from .values import passes_eleven_test

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """A file as it was delivered: XML with one or more messages, or a zip archive of such files."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a delivery may hold; sizes in bytes. ``density``: how much larger a file may become."""

    file: int = 256 * MEGABYTE
    message: int = 25 * MEGABYTE
    archive_files: int = 500_000
    archive_total: int = 8192 * MEGABYTE
    density: int = 100


#: Encodings that a declaration may name; all of them write the signs of XML as ASCII does.
_ENCODINGS = {"utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
_DECLARED = re.compile(rb"""<\?xml[^>]{1,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_START = re.compile(rb"<\?xml\s")
_ARCHIVES = {b"PK\x03\x04", b"PK\x05\x06"}
_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)", re.ASCII)
#: Below this a file may become as much larger as it likes.
_SMALL = MEGABYTE
_CHUNK = MEGABYTE

#: What reads all XML here; also the floor that the speed of reading is held against.
PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    attribute_defaults=False,
    huge_tree=False,
    recover=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
    collect_ids=False,
)


class _Refused(Exception):
    """A file cannot be read; its rule and parameters say why."""

    def __init__(self, rule: str, **params: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.params = params


def shown_name(name: str) -> str:
    """The name of a file as findings show it: without control signs and citizen service numbers."""
    plain = name
    if not name.isprintable():
        plain = "".join(sign if sign.isprintable() else "·" for sign in name)
    plain = plain[-200:]
    return _NINE_DIGITS.sub(lambda nine: _hidden(nine[0]), plain)


def members_of(file: NamedBytes, ledger: Ledger, limits: Limits) -> Iterator[NamedBytes]:
    """The file itself, or the files in it if it is an archive, under the names that are shown.

    What cannot be opened gives a finding.
    """
    name = shown_name(file.name)
    if file.content[:4] not in _ARCHIVES:
        ledger.files += 1
        yield file if name == file.name else NamedBytes(name, file.content)
        return
    try:
        for inner in _archive(file.content, limits):
            ledger.files += 1
            yield NamedBytes(f"{name}/{shown_name(inner.name)}", inner.content)
    except _Refused as refused:
        ledger.add(refused.rule, name, "", **refused.params)


def documents_of(file: NamedBytes, ledger: Ledger, limits: Limits) -> Iterator[Element]:
    """The outermost elements of the XML in a file: mostly one, sometimes several pasted together.

    What cannot be read gives a finding.
    """
    try:
        yield from _documents(file.content, file.name, ledger, limits)
    except _Refused as refused:
        ledger.add(refused.rule, file.name, "", **refused.params)


def _hidden(digits: str) -> str:
    return "•" * len(digits) if passes_eleven_test(digits) else digits


def _archive(content: bytes, limits: Limits) -> Iterator[NamedBytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if _wanted(member)]
            if not members:
                raise _Refused("archive_empty")
            if len(members) > limits.archive_files:
                raise _Refused("archive_too_many", most=limits.archive_files)
            total = 0
            for member in members:
                inner = NamedBytes(member.filename, _unpacked(archive, member, limits))
                total += len(inner.content)
                if total > limits.archive_total:
                    raise _Refused("archive_too_large", most=limits.archive_total // MEGABYTE)
                yield inner
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _Refused("archive_broken") from error
    except (ValueError, RuntimeError) as error:
        raise _Refused("archive_broken") from error


def _wanted(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file of the delivery; folders and what systems leave behind are not."""
    parts = member.filename.split("/")
    return not member.is_dir() and "__MACOSX" not in parts and not parts[-1].startswith(".")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a member, piece by piece: what its header says of its size is not believed."""
    if member.flag_bits & 0x1:
        raise _Refused("archive_locked")
    most = max(_SMALL, member.compress_size * limits.density)
    out = io.BytesIO()
    with archive.open(member) as packed:
        while piece := packed.read(_CHUNK):
            out.write(piece)
            if out.tell() > most:
                raise _Refused("archive_too_dense", most=limits.density)
            if out.tell() > limits.file:
                raise _too_large(out.tell(), limits)
    return out.getvalue()


def _documents(content: bytes, name: str, ledger: Ledger, limits: Limits) -> Iterator[Element]:
    if len(content) > limits.file:
        raise _too_large(len(content), limits)
    if content[:2] == b"PK":
        raise _Refused("archive_nested")
    if content[:4].startswith(_OTHER_MARKS) or b"\x00" in content[:4]:
        raise _Refused("encoding_refused")
    if content.startswith(_MARK):
        ledger.add("byte_order_mark", name)
        content = content[len(_MARK) :]
    begin = content[:_CHUNK].lstrip()
    if not begin:
        raise _Refused("empty_file")
    if not begin.startswith(b"<"):
        raise _Refused("not_xml")
    try:
        yield _parsed(content, name, ledger, limits)
    except _Refused as refused:
        starts = [found.start() for found in _START.finditer(content)]
        if refused.rule != "not_well_formed" or len(starts) < 2 or starts[0] != 0:
            raise
        ledger.add("several_messages", name, "", count=len(starts))
        for first, end in zip(starts, [*starts[1:], len(content)], strict=True):
            yield _parsed(content[first:end].rstrip(), name, ledger, limits)


def _parsed(content: bytes, name: str, ledger: Ledger, limits: Limits) -> Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _Refused("has_dtd")
    declared = _DECLARED.match(content)
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if encoding not in _ENCODINGS:
        raise _Refused("encoding_refused")
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError as error:
        # The message of the parser repeats what stands in the file: only its line goes on.
        raise _Refused("not_well_formed", line=error.lineno or 1) from None
    except ValueError:
        raise _Refused("not_well_formed", line=1) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _Refused("has_dtd")
    if encoding not in {"utf-8", "us-ascii"}:
        ledger.add("other_encoding", name)
    if len(content) > limits.message:
        sizes = {"size": len(content) // MEGABYTE, "most": limits.message // MEGABYTE}
        ledger.add("message_large", name, "", **sizes)
    return root


def _too_large(size: int, limits: Limits) -> _Refused:
    return _Refused("too_large", size=size // MEGABYTE, most=limits.file // MEGABYTE)
