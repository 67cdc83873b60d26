"""The messages in delivered files, one after the other, with what was found in them.

Between the reader of science and the tables: which messages a region may keep, how far it is, and
whether somebody stopped it. Nothing here touches a table.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from vliegwiel.science.casetables import Before, Choose, TableStream, is_table
from vliegwiel.science.ijw import (
    Counts,
    Envelope,
    Finding,
    NamedBytes,
    ReadMessage,
    Severity,
    read_messages,
    shown_name,
)

from .errors import DeliveryCancelled
from .keys import RegionKey
from .rules import finding, severity_of

#: The Youth Act (Jeugdwet) began then; a message from before cannot be about it.
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2099, 12, 31)
#: Messages are read in less than a millisecond; nobody needs to know of each.
_BETWEEN_LOOKS = 50

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a delivery is: bytes that were begun of those there are, and messages read."""

    read: int
    total: int
    messages: int


Report = Callable[[Progress], None]


def unseen(_progress: Progress) -> None:
    """For who does not look how far it is."""


def never() -> bool:
    """For who does not stop it."""
    return False


@dataclass(frozen=True, slots=True)
class Source:
    """A file to deliver: its bytes are read when they are needed, and let go."""

    name: str
    size: int
    read: Callable[[], bytes]

    @classmethod
    def of_bytes(cls, name: str, content: bytes) -> "Source":
        return cls(name, len(content), lambda: content)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is kept of a file."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who looks how far a delivery is, and who may stop it."""

    report: Report = unseen
    cancelled: Cancelled = never


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known before tables are read: what columns mean, and what there is of a row."""

    choose: Choose
    before: Before


class Reader:
    """Reads files for a region; what it found is complete after the last message."""

    def __init__(
        self,
        sources: Sequence[Source],
        municipalities: frozenset[str],
        *,
        key: RegionKey,
        today: date,
        watch: Watch,
        tables: Tables,
    ) -> None:
        self.own: list[Finding] = []
        self.files: list[FileFacts] = []
        self._municipalities = municipalities
        self._key = key
        self._watch = watch
        self._total = sum(source.size for source in sources)
        self._begun = self._messages = self._outside = 0
        self._gave_up = False
        names = key.pseudonyms()
        marked = [source for source in sources if not is_table(source.name)]
        self._messages_read = read_messages(
            self._each(marked), names, today=today, region=municipalities
        )
        self._tables_read = TableStream(
            self._each([source for source in sources if is_table(source.name)]),
            tables.choose,
            names,
            today=today,
            region=municipalities,
            before=tables.before,
        )

    def messages(self) -> Iterator[ReadMessage]:
        """The messages that the region may keep; none any more soon after a file was refused.

        Raises DeliveryCancelled when it was stopped.
        """
        for message in chain(self._messages_read, self._tables_read):
            if self._messages % _BETWEEN_LOOKS == 0:
                self._look()
            self._messages += 1
            if self._may_be_kept(message.envelope) and not self._gave_up:
                yield message
        self._look()

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found, with its place; of each rule no more than the reader keeps."""
        return (*self._messages_read.findings, *self._tables_read.findings, *self.own)

    @property
    def by_rule(self) -> Mapping[str, int]:
        """How often each rule was broken, also where the place was not kept."""
        rules: Counter[str] = Counter(found.rule for found in self.own)
        for counts in self._counts:
            rules.update(counts.rules)
        return rules

    @property
    def by_severity(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for rule, count in self.by_rule.items():
            found[severity_of(rule).value] += count
        return found

    @property
    def refused(self) -> bool:
        return self.by_severity.get(Severity.FILE.value, 0) > 0

    @property
    def left_out(self) -> tuple[int, int]:
        """Messages that were refused, and records that were set aside."""
        impossible = sum(found.rule == "message_day_impossible" for found in self.own)
        refused = sum(counts.messages_refused for counts in self._counts)
        aside = sum(counts.records_set_aside for counts in self._counts)
        return refused + self._outside + impossible, aside

    @property
    def _counts(self) -> Sequence[Counts]:
        return self._messages_read.counts, self._tables_read.counts

    def _each(self, sources: Sequence[Source]) -> Iterator[NamedBytes]:
        for source in sources:
            self._look()
            content = source.read()
            # Hashed here again: what is kept of a file is about the very bytes that were read.
            digest = self._key.file_digest(content)
            self.files.append(FileFacts(shown_name(source.name), digest, len(content)))
            yield NamedBytes(source.name, content)
            self._begun += source.size

    def _look(self) -> None:
        if self._watch.cancelled():
            raise DeliveryCancelled
        self._gave_up = any(counts.files_refused for counts in self._counts)
        self._watch.report(Progress(self._begun, self._total, self._messages))

    def _may_be_kept(self, envelope: Envelope) -> bool:
        if envelope.municipality not in self._municipalities:
            self._outside += 1
            return False
        if FIRST_DAY <= envelope.dated <= LAST_DAY:
            return True
        dated = {"dated": envelope.dated.isoformat()}
        self.own.append(finding("message_day_impossible", envelope, dated))
        return False
