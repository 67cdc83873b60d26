"""Which messages count on a day of knowledge: once each, not rejected, not from later.

The order of arrival and the division over files have no meaning; what comes out does not depend
on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, TypeAlias

from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    ChangeRequest,
    DeclaredLine,
    Envelope,
    Finding,
    Record,
    RefusedLine,
    RequestAnswer,
    ReturnNote,
    StartRecord,
    StopRecord,
)

from .choices import Choices
from .rules import finding
from .working_days import after_working_days

#: Kind, sender and number: what a message is known by.
MessageKey: TypeAlias = tuple[str, str, str]

#: A record that stands for something that happened, as against an answer to a message.
Told: TypeAlias = (
    AssignmentVersion
    | StartRecord
    | StopRecord
    | AssignmentRequest
    | ChangeRequest
    | RequestAnswer
    | DeclaredLine
    | RefusedLine
)

_SENT_BY_MUNICIPALITIES = frozenset({"JW301", "JW319", "JW325"})
_KINDS: tuple[type[Any], ...] = (
    AssignmentVersion,
    StartRecord,
    StopRecord,
    AssignmentRequest,
    ChangeRequest,
    RequestAnswer,
    DeclaredLine,
    RefusedLine,
)
_CONTENT: Mapping[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*(name for name in kind._fields if name != "message")) for kind in _KINDS
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCounts:
    """What became of the messages, in messages: counted, and not counted by why."""

    counted: int
    repeated: int
    conflicting: int
    rejected: int
    pending: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """The records of the messages that count, by kind, in no particular order."""

    versions: tuple[AssignmentVersion, ...]
    starts: tuple[StartRecord, ...]
    stops: tuple[StopRecord, ...]
    requests: tuple[AssignmentRequest, ...]
    changes: tuple[ChangeRequest, ...]
    answers: tuple[RequestAnswer, ...]
    lines: tuple[DeclaredLine, ...]
    refused: tuple[RefusedLine, ...]
    counts: MessageCounts
    findings: tuple[Finding, ...]


def key_of(message: Envelope) -> MessageKey:
    """The key of a message; its sender follows from its kind, since answers copy the header."""
    by_municipality = message.code in _SENT_BY_MUNICIPALITIES
    sender = message.municipality if by_municipality else message.provider
    return message.code, sender, message.identification


class _Copies:
    """All copies of a message with the same content, in one file or several."""

    __slots__ = ("message", "told")

    def __init__(self, record: Told) -> None:
        self.message = record.message
        self.told = [record]

    def add(self, record: Told) -> None:
        self.told.append(record)
        if record.message.file < self.message.file:
            self.message = record.message

    @property
    def repeated(self) -> int:
        """In how many files it stands beside the first."""
        if len(self.told) == 1:
            return 0
        return len({record.message.file for record in self.told}) - 1

    def records(self) -> list[Told]:
        """Each record once, with the first file that holds it."""
        if len(self.told) == 1:
            return self.told
        found: dict[tuple[Any, ...], Told] = {}
        for record in self.told:
            content = (type(record).__name__, *_CONTENT[type(record)](record))
            known = found.get(content)
            if known is None or record.message.file < known.message.file:
                found[content] = record
        return list(found.values())


@dataclass(frozen=True, slots=True)
class _Answers:
    """Which messages were accepted, and which rejected; nothing else of an answer matters."""

    accepted: set[MessageKey]
    rejected: set[MessageKey]

    def add(self, note: ReturnNote) -> None:
        (self.accepted if note.accepted else self.rejected).add(key_of(note.message))


def effective(records: Iterable[Record], *, known: date, choices: Choices) -> Effective:
    """The records of the messages that count on the day ``known``.

    A message counts once, however often it was delivered. The same number with another content is
    reported; the earliest counts. A rejected message counts as not sent. One without an answer
    counts ``acceptance_working_days`` after it was dated, because deliveries often hold one
    direction only.
    """
    copies: dict[MessageKey, _Copies] = {}
    others: dict[MessageKey, dict[str, _Copies]] = defaultdict(dict)
    answers = _Answers(set(), set())
    later: set[MessageKey] = set()
    for record in records:
        if isinstance(record, ReturnNote):
            if record.answer.dated <= known:
                answers.add(record)
            continue
        message = record.message
        key = key_of(message)
        if message.dated > known:
            later.add(key)
        elif (first := copies.get(key)) is None:
            copies[key] = _Copies(record)
        elif first.message.digest == message.digest:
            first.add(record)
        elif message.digest in others[key]:
            others[key][message.digest].add(record)
        else:
            others[key][message.digest] = _Copies(record)
    return _counted(copies, others, answers, known=known, later=len(later), choices=choices)


def _earliest(same: Iterable[_Copies], findings: list[Finding]) -> _Copies:
    """The first of the contents under one number; the others are reported."""
    first, *others = sorted(same, key=lambda item: (item.message.dated, item.message.digest))
    findings += [finding("message_conflict", item.message) for item in others]
    return first


def _counted(
    copies: Mapping[MessageKey, _Copies],
    others: Mapping[MessageKey, Mapping[str, _Copies]],
    answers: _Answers,
    *,
    known: date,
    later: int,
    choices: Choices,
) -> Effective:
    findings: list[Finding] = []
    kept: dict[type[Any], list[Any]] = {kind: [] for kind in _KINDS}
    repeated = conflicting = rejected = pending = counted = 0
    for key, met in copies.items():
        more = others.get(key, {})
        first = _earliest([met, *more.values()], findings) if more else met
        conflicting += len(more)
        message = first.message
        repeated += first.repeated
        if key in answers.accepted and key in answers.rejected:
            findings.append(finding("return_conflict", message))
        if key in answers.rejected:
            rejected += 1
        elif (
            key not in answers.accepted
            and after_working_days(message.dated, choices.acceptance_working_days) > known
        ):
            pending += 1
        else:
            counted += 1
            for record in first.records():
                kept[type(record)].append(record)
    return Effective(
        versions=tuple(kept[AssignmentVersion]),
        starts=tuple(kept[StartRecord]),
        stops=tuple(kept[StopRecord]),
        requests=tuple(kept[AssignmentRequest]),
        changes=tuple(kept[ChangeRequest]),
        answers=tuple(kept[RequestAnswer]),
        lines=tuple(kept[DeclaredLine]),
        refused=tuple(kept[RefusedLine]),
        counts=MessageCounts(
            counted=counted,
            repeated=repeated,
            conflicting=conflicting,
            rejected=rejected,
            pending=pending,
            later=later,
        ),
        findings=tuple(findings),
    )
