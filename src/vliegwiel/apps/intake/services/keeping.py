"""Puts messages and what they say into the tables, in batches, leaving out what is known."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from vliegwiel.apps.intake.models import Carried, Delivery, KeptMessage
from vliegwiel.apps.intake.rules import finding
from vliegwiel.apps.intake.tables import (
    copy_in,
    new_numbers,
    rows_by_kind,
    sender_of,
)
from vliegwiel.science.casetables import TABLE_RELEASE
from vliegwiel.science.ijw import Envelope, Finding, ReadMessage, Record

from .counting import Key, choose_which_count

#: Messages and records that are held in memory before they are written.
BATCH_MESSAGES, BATCH_RECORDS = 5_000, 50_000
_COLUMNS = (
    *("id", "region", "code", "release", "municipality", "provider", "sender", "identification"),
    *("dated", "file", "digest", "set_aside"),
)


class Keeper:
    """Keeps the messages of one delivery. It must be in a transaction, with the region locked."""

    def __init__(self, delivery: Delivery) -> None:
        self.new = self.known = self.differing = 0
        self.known_until: date | None = None
        self._delivery = delivery
        self._batch: list[ReadMessage] = []
        self._batch_records = 0
        self._records: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._carried: set[int] = set()
        self._conflicts: dict[Key, Envelope] = {}

    def add(self, message: ReadMessage) -> None:
        """Takes a message; it is written with the others of its batch."""
        dated = message.envelope.dated
        self.known_until = max(self.known_until or dated, dated)
        self._batch.append(message)
        self._batch_records += len(message.records)
        if len(self._batch) >= BATCH_MESSAGES or self._batch_records >= BATCH_RECORDS:
            self._write()

    def finish(self) -> Sequence[Finding]:
        """Writes what is left, and chooses among messages that contradict each other."""
        self._write()
        choose_which_count(self._delivery.region, self._conflicts)
        return [
            finding("message_differs", found, {})
            for found in self._conflicts.values()
            # Of a table another file is the way in which rows are corrected.
            if found.release != TABLE_RELEASE
        ]

    def counts(self) -> dict[str, Any]:
        """New messages and records by kind, and messages that were known or differ."""
        return {
            "new": self.new,
            "known": self.known,
            "differing": self.differing,
            "messages": dict(sorted(self._kinds.items())),
            "records": dict(sorted(self._records.items())),
        }

    def _write(self) -> None:
        batch, self._batch, self._batch_records = self._batch, [], 0
        if not batch:
            return
        there = self._there(batch)
        fresh: list[ReadMessage] = []
        carried: list[int] = []
        for message in batch:
            digests = there.setdefault(_key(message.envelope), {})
            number = digests.get(message.envelope.digest)
            if number is None:
                if digests:
                    self.differing += 1
                    self._conflicts[_key(message.envelope)] = message.envelope
                # Its number follows; until then it is known by a number that is none.
                digests[message.envelope.digest] = 0
                fresh.append(message)
            else:
                self.known += 1
                carried.append(number)
                if message.envelope.release == TABLE_RELEASE and len(digests) > 1:
                    # What was said before is said again: it counts once more.
                    self._conflicts[_key(message.envelope)] = message.envelope
        numbers = new_numbers(KeptMessage, len(fresh))
        self._write_messages(fresh, numbers)
        self._write_records(fresh, numbers)
        self._carry([*carried, *numbers])
        self.new += len(fresh)

    def _there(self, batch: Sequence[ReadMessage]) -> dict[Key, dict[str, int]]:
        """Of the keys in a batch: the contents that are there, each with its number."""
        found: dict[Key, dict[str, int]] = {}
        rows = KeptMessage.objects.filter(
            region_id=self._delivery.region_id,
            identification__in={message.envelope.identification for message in batch},
        ).values_list("pk", "identification", "sender", "code", "digest")
        for number, identification, sender, code, digest in rows:
            found.setdefault((identification, sender, code), {})[digest] = number
        return found

    def _write_messages(self, fresh: Sequence[ReadMessage], numbers: Sequence[int]) -> None:
        copy_in(
            KeptMessage,
            _COLUMNS,
            (
                (
                    number,
                    self._delivery.region_id,
                    envelope.code,
                    envelope.release,
                    envelope.municipality,
                    envelope.provider,
                    sender_of(envelope),
                    envelope.identification,
                    envelope.dated,
                    envelope.file,
                    envelope.digest,
                    # Until it is chosen, if there is something to choose.
                    _key(envelope) in self._conflicts,
                )
                for number, envelope in zip(
                    numbers, (message.envelope for message in fresh), strict=True
                )
            ),
        )
        self._kinds.update(message.envelope.code for message in fresh)

    def _write_records(self, fresh: Sequence[ReadMessage], numbers: Sequence[int]) -> None:
        records: list[tuple[int, Record]] = [
            (number, record)
            for number, message in zip(numbers, fresh, strict=True)
            for record in message.records
        ]
        for table, rows in rows_by_kind(records):
            copy_in(table.model, ("message", *table.columns), rows)
            self._records[table.name] += len(rows)

    def _carry(self, numbers: Sequence[int]) -> None:
        fresh = [
            number for number in dict.fromkeys(numbers) if number and number not in self._carried
        ]
        self._carried.update(fresh)
        copy_in(Carried, ("delivery", "message"), ((self._delivery.pk, number) for number in fresh))


def _key(envelope: Envelope) -> Key:
    return envelope.identification, sender_of(envelope), envelope.code
