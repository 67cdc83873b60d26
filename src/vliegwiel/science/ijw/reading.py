"""Reading a delivery: every file, every message in it, to records and findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType

from .opening import Limits, NamedBytes, documents_of, members_of
from .pseudonyms import Pseudonyms
from .records import Finding, Record, Severity
from .registry import NAMESPACES, RELEASES
from .releases import ReadMessage, Release
from .rules import RULES
from .sheet import KEPT_PER_RULE, Careful, Element, Ledger, Sheet

_ANY_RELEASE = re.compile(
    r"\{http://www\.istandaarden\.nl/ijw/(\d{1,2})_(\d{1,2})/jw\d{3}/schema\}"
)
#: The namespace of a message with its usual prefix, in the first bytes of a file.
_PLAIN = re.compile(rb'<jw\d{3}:Bericht [^>]{0,300}?xmlns:jw\d{3}="([^"]{1,100})"')
_HEAD = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much came in and what became of it.

    ``messages`` are those read, by kind; ``rules`` counts every finding by the id of its rule, also
    those that were too many to keep. A file is an XML file, whether or not it was in an archive.
    """

    files: int
    files_refused: int
    messages: Mapping[str, int]
    messages_refused: int
    records: Mapping[str, int]
    records_set_aside: int
    rules: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a delivery says: records in the order of the files, findings, and counts of both."""

    records: Sequence[Record]
    findings: Sequence[Finding]
    counts: Counts


class MessageStream:
    """The messages of a delivery, one after the other; made by :func:`read_messages`.

    Iterate it once. What was found and counted so far is in ``findings`` and ``counts``; after
    the last message that is all.
    """

    def __init__(
        self, files: Iterable[NamedBytes], limits: Limits, ledger: Ledger, sheet: partial[Sheet]
    ) -> None:
        self._files = files
        #: A file of more bytes has something to be said of it.
        self._plain_most = min(limits.message, limits.file)
        self._limits = limits
        self._ledger = ledger
        self._sheet = sheet
        self._messages: Counter[str] = Counter()
        self._records: Counter[str] = Counter()
        self._messages_refused = 0
        self._set_aside = 0

    def __iter__(self) -> Iterator[ReadMessage]:
        for file in self._files:
            for member in members_of(file, self._ledger, self._limits):
                plain = self._plain(member)
                if plain is not None:
                    yield self._counted(plain)
                else:
                    yield from self._careful(member)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, of each rule no more than were to be kept."""
        return tuple(self._ledger.findings)

    @property
    def counts(self) -> Counts:
        """How much came in and what became of it."""
        by_rule = self._ledger.counts
        return Counts(
            files=self._ledger.files,
            files_refused=sum(
                count for rule, count in by_rule.items() if RULES[rule].severity is Severity.FILE
            ),
            messages=MappingProxyType(dict(sorted(self._messages.items()))),
            messages_refused=self._messages_refused,
            records=MappingProxyType(dict(sorted(self._records.items()))),
            records_set_aside=self._set_aside,
            rules=MappingProxyType(dict(sorted(by_rule.items()))),
        )

    def _plain(self, file: NamedBytes) -> ReadMessage | None:
        """The message of a file that is nothing but a message in the plainest form."""
        known = _kind_of(file.content)
        if known is None or len(file.content) > self._plain_most:
            return None
        release, kind = known
        try:
            text = file.content.decode("utf-8")
            return release.read_plain(text, self._sheet(kind=kind, root=None, file=file.name))
        except (Careful, UnicodeDecodeError):
            return None

    def _careful(self, file: NamedBytes) -> Iterator[ReadMessage]:
        """The messages of a file by the XML parser, with all that is to be said of them."""
        for root in documents_of(file, self._ledger, self._limits):
            for element in _messages_in(root, file.name, self._ledger):
                release, kind = NAMESPACES[_namespace(element)]
                sheet = self._sheet(kind=kind, root=element, file=file.name)
                message = release.read(sheet)
                self._set_aside += sheet.set_aside
                if message is None:
                    self._messages_refused += 1
                else:
                    yield self._counted(message)

    def _counted(self, message: ReadMessage) -> ReadMessage:
        self._messages[message.envelope.code] += 1
        for record in message.records:
            self._records[type(record).__name__] += 1
        return message


def read_messages(
    files: Iterable[NamedBytes],
    pseudonyms: Pseudonyms,
    *,
    today: date,
    region: frozenset[str] = frozenset(),
    limits: Limits | None = None,
    kept_findings: int = KEPT_PER_RULE,
) -> MessageStream:
    """Read a delivery message by message, so that it need not fit in memory.

    ``today`` is the day of delivery. ``region`` holds the codes of the municipalities that may
    deliver; records of others are set aside. Empty: no such check. Of each rule the first
    ``kept_findings`` findings are kept and all are counted.

    What is wrong is a finding, never an error: a file that cannot be read is refused, so is a
    message that is not as its schema says, and a record with an impossible value is set aside.
    Rules: the iJw standard, release by release (Zorginstituut Nederland).
    """
    ledger = Ledger(kept_per_rule=kept_findings)
    sheet = partial(Sheet, today=today, pseudonyms=pseudonyms, ledger=ledger, region=region)
    return MessageStream(files, limits or Limits(), ledger, sheet)


def read_files(
    files: Iterable[NamedBytes],
    pseudonyms: Pseudonyms,
    *,
    today: date,
    region: frozenset[str] = frozenset(),
    limits: Limits | None = None,
    kept_findings: int = KEPT_PER_RULE,
) -> Reading:
    """Read a whole delivery into memory; see :func:`read_messages` for what the parameters mean."""
    stream = read_messages(
        files,
        pseudonyms,
        today=today,
        region=region,
        limits=limits,
        kept_findings=kept_findings,
    )
    records = tuple(record for message in stream for record in message.records)
    return Reading(records=records, findings=stream.findings, counts=stream.counts)


def _kind_of(content: bytes) -> tuple[Release, str] | None:
    """The kind of the message that a file begins with, in the plainest form."""
    root = content.find(b":Bericht ", 0, _HEAD)
    end = content.find(b">", root, _HEAD)
    return _kind_after(content[:end]) if 0 < root < end else None


@lru_cache(maxsize=256)
def _kind_after(head: bytes) -> tuple[Release, str] | None:
    """The same, from all that stands before its content: the same in most files of a system."""
    found = _PLAIN.search(head)
    return NAMESPACES.get(found[1].decode("ascii", "replace")) if found else None


def _messages_in(root: Element, file: str, ledger: Ledger) -> Iterator[Element]:
    """The messages in a document: the document itself, or what stands in an envelope."""
    if _namespace(root) in NAMESPACES and _name(root) == "Bericht":
        yield root
        return
    if _ANY_RELEASE.match(root.tag):
        _unknown_release(root, file, ledger)
        return
    found = []
    for element in root.iter("{*}Bericht"):
        if any(_name(parent) == "Bericht" for parent in element.iterancestors()):
            continue
        if _namespace(element) in NAMESPACES:
            found.append(element)
        elif _ANY_RELEASE.match(element.tag):
            _unknown_release(element, file, ledger)
    if not found:
        ledger.add("unknown_root", file)
        return
    ledger.add("envelope", file)
    if len(found) > 1:
        ledger.add("several_messages", file, "", count=len(found))
    yield from found


def _unknown_release(element: Element, file: str, ledger: Ledger) -> None:
    found = _ANY_RELEASE.match(element.tag)
    release = ".".join(found.groups()) if found else "?"
    known = ", ".join(release.name for release in RELEASES)
    place = f"line {element.sourceline}"
    ledger.add("unknown_release", file, place, release=release, known=known)


def _namespace(element: Element) -> str:
    tag: str = element.tag
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _name(element: Element) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]
