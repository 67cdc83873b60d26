"""Answers of parties beside each other: what is alike, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .document import AnswerKind, Instrument
from .reading import Answer


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question over the parties; `answers` holds those that gave one.

    `groups` are the parties by answer, the largest group first; of words and numbers there are no
    groups, for they are not chosen from a list. `alike` is None while fewer than two parties
    answered, or where there are no groups.
    """

    key: str
    answers: Mapping[str, Answer]
    groups: tuple[tuple[Answer, tuple[str, ...]], ...]
    alike: bool | None


def compare(
    instrument: Instrument, answers: Mapping[str, Mapping[str, Answer]]
) -> Sequence[ComparedQuestion]:
    """Every question in the order of the document, over the answers by party."""
    return [_compared(instrument, number, answers) for number in range(len(instrument.questions))]


def _compared(
    instrument: Instrument, number: int, answers: Mapping[str, Mapping[str, Answer]]
) -> ComparedQuestion:
    question = instrument.questions[number]
    given = {
        party: found[question.key] for party, found in answers.items() if question.key in found
    }
    if question.kind in (AnswerKind.TEXT, AnswerKind.NUMBER):
        return ComparedQuestion(question.key, given, (), None)
    by_answer: dict[Answer, list[str]] = {}
    for party, answer in given.items():
        by_answer.setdefault(answer, []).append(party)
    ordered = sorted(by_answer.items(), key=lambda item: (-len(item[1]), str(item[0])))
    groups = tuple((answer, tuple(parties)) for answer, parties in ordered)
    alike = None if len(given) < 2 else len(groups) == 1
    return ComparedQuestion(question.key, given, groups, alike)
