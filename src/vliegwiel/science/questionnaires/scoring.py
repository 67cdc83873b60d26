"""Scores of a scan: mean and spread, per question, part and aspect, of groups that may be shown.

A respondent's score on an aspect is the mean of his answers there; a group's is the mean over its
respondents, each counted once. So a question that few answered does not weigh as much as the rest.
The spread is the standard deviation between respondents (n - 1 in the denominator).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from .document import AnswerKind, Instrument, Question
from .reading import Answer

#: The fewest respondents of whom a mean is shown.
LEAST_RESPONDENTS = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """What one respondent answered for a party; the answers were read against the instrument."""

    party: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Score:
    """Mean and spread in points of the scale, over `count` respondents."""

    count: int
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Profile:
    """The scores of a group by key.

    A key is absent where too few answered, or where the answers of few could be worked out from it.
    """

    respondents: int
    aspects: Mapping[str, Score]
    parts: Mapping[str, Score]
    questions: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What may be shown of a scan.

    `total` is None while too few answered. `parties` holds those that are shown; `hidden` the
    others with answers: too few respondents, or another could be worked out from them. `numbers`
    and `counts` are of all respondents together, as is `texts`, in the order of the alphabet, so
    that nothing tells who wrote what.
    """

    total: Profile | None
    parties: Mapping[str, Profile]
    hidden: frozenset[str]
    numbers: Mapping[str, Score]
    counts: Mapping[str, Mapping[str, int]]
    texts: Mapping[str, tuple[str, ...]]


def scan_result(
    instrument: Instrument, answered: Sequence[Answered], *, least: int = LEAST_RESPONDENTS
) -> ScanResult:
    """The scores of everybody and of each party that may be shown.

    Parties are shown so that nobody finds a party below `least` by subtracting those that are shown
    from the total: the counts of respondents are protected as any small count, and a mean is shown
    where its count is. Where not everybody answers everything, the same holds for the counts of
    each question, part and aspect. A question that a few of a group skipped is told of no group:
    beside the mean of its aspect, to which those few came with their other answers alone, it would
    tell what they answered there.

    Raises:
        ValueError: `least` is below two, with which a mean could be one person's answer.
    """
    if least < 2:
        raise ValueError("a group of one is a person")
    counts = Counter(item.party for item in answered)
    if len(answered) < least:
        return ScanResult(None, {}, frozenset(counts), {}, {}, {})
    shown = _shown(counts, least)
    withheld = _withheld(instrument, answered, least)
    of_party = {party: [a for a in answered if a.party == party] for party in sorted(shown)}
    skipped = _skipped_by_few(instrument, [answered, *of_party.values()], least)
    return ScanResult(
        total=_without(profile(instrument, answered, least=least), skipped),
        parties={
            party: _without(
                profile(instrument, given, least=least), withheld.get(party, frozenset()) | skipped
            )
            for party, given in of_party.items()
        },
        hidden=frozenset(counts) - shown,
        numbers=_scores(
            _of_kind(instrument, AnswerKind.NUMBER),
            lambda answers, question: _as_number(answers.get(question.key)),
            answered,
            least,
        ),
        counts=_tallies(instrument, answered, least),
        texts=_texts(instrument, answered, least),
    )


def profile(
    instrument: Instrument, answered: Sequence[Answered], *, least: int = LEAST_RESPONDENTS
) -> Profile:
    """The scores of one group; what fewer than `least` answered is left out."""

    def mean_of(keys: Sequence[str]) -> Callable[[Mapping[str, Answer], str], float | None]:
        def find(answers: Mapping[str, Answer], _key: str) -> float | None:
            points = [float(answers[key]) for key in keys if key in answers]
            return math.fsum(points) / len(points) if points else None

        return find

    def scores(groups: Mapping[str, Sequence[str]]) -> dict[str, Score]:
        found = {
            key: _score([mean_of(keys)(item.answers, key) for item in answered], least)
            for key, keys in groups.items()
        }
        return {key: score for key, score in found.items() if score is not None}

    return Profile(
        respondents=len(answered),
        **{level: scores(groups) for level, groups in _levels(instrument).items()},
    )


def _levels(instrument: Instrument) -> dict[str, dict[str, list[str]]]:
    """Keys of the questions behind each score, by field of a profile and key there."""
    questions = list(instrument.scored())
    return {
        "aspects": {
            a.key: [q.key for q in questions if instrument.aspect_of(q) == a.key]
            for a in instrument.aspects
        },
        "parts": {p.key: [q.key for q in questions if q.part == p.key] for p in instrument.parts},
        "questions": {q.key: [q.key] for q in questions},
    }


def _withheld(
    instrument: Instrument, answered: Sequence[Answered], least: int
) -> dict[str, frozenset[tuple[str, str]]]:
    """Level and key of the scores that may not stand beside those of everybody, by party.

    Answers to a question are counted as respondents are: also of parties that are hidden. A part
    or aspect goes where a question in it goes that the party answered, for from the mean of two
    questions and one of them follows the other.
    """
    levels = _levels(instrument)
    counts = {
        (level, key): Counter(a.party for a in answered if any(q in a.answers for q in keys))
        for level, groups in levels.items()
        for key, keys in groups.items()
    }
    # Mostly everybody answers everything: then there is one table to protect, not fifty.
    tables = {frozenset(found.items()): found for found in counts.values()}
    safe = {cells: _shown(found, least) for cells, found in tables.items()}
    told = {place: safe[frozenset(found.items())] for place, found in counts.items()}
    withheld: dict[str, set[tuple[str, str]]] = {}
    for (level, key), found in counts.items():
        behind = [("questions", question) for question in levels[level][key]]
        for party in found:
            if any(counts[place][party] and party not in told[place] for place in behind) or (
                party not in told[level, key]
            ):
                withheld.setdefault(party, set()).add((level, key))
    return {party: frozenset(places) for party, places in withheld.items()}


def _skipped_by_few(
    instrument: Instrument, groups: Sequence[Sequence[Answered]], least: int
) -> frozenset[tuple[str, str]]:
    """Level and key of questions that in some group one to `least` - 1 skipped who answered others.

    Of two questions, `2 n` times the mean of the aspect less the sums of both leaves what who
    skipped one answered to the other. A part or aspect of that one question goes with it.
    """
    levels = _levels(instrument)
    few = set()
    for keys in levels["aspects"].values():
        for group in groups:
            there = [given.answers for given in group if any(key in given.answers for key in keys)]
            skipped = {key: sum(key not in answers for answers in there) for key in keys}
            few |= {key for key, count in skipped.items() if 0 < count < least}
    return frozenset(
        (level, key)
        for level, questions in levels.items()
        for key, behind in questions.items()
        if len(behind) == 1 and few.issuperset(behind)
    )


def _without(found: Profile, withheld: frozenset[tuple[str, str]]) -> Profile:
    def left(level: str, scores: Mapping[str, Score]) -> dict[str, Score]:
        return {key: score for key, score in scores.items() if (level, key) not in withheld}

    return replace(
        found,
        aspects=left("aspects", found.aspects),
        parts=left("parts", found.parts),
        questions=left("questions", found.questions),
    )


def _shown(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """The parties whose means may stand beside that of everybody.

    What :func:`vliegwiel.science.yardstick.protect` finds for the one sum of parties and total, at
    once: hidden parties protect each other when they are two or more and together enough; else
    the smallest of the others goes with them.
    """
    if sum(counts.values()) < least:
        return frozenset()
    hidden = {party for party, count in counts.items() if count < least}
    rest = sorted(counts.keys() - hidden, key=lambda party: (counts[party], party))
    alone = len(hidden) == 1 or sum(counts[party] for party in hidden) < least
    return frozenset(rest[1:] if hidden and alone else rest)


def _score(values: Sequence[float | None], least: int) -> Score | None:
    known = [value for value in values if value is not None]
    if len(known) < least:
        return None
    mean = math.fsum(known) / len(known)
    squares = math.fsum((value - mean) ** 2 for value in known)
    return Score(len(known), mean, math.sqrt(squares / (len(known) - 1)))


def _scores(
    questions: Sequence[Question],
    value: Callable[[Mapping[str, Answer], Question], float | None],
    answered: Sequence[Answered],
    least: int,
) -> dict[str, Score]:
    found = {
        question.key: _score([value(item.answers, question) for item in answered], least)
        for question in questions
    }
    return {key: score for key, score in found.items() if score is not None}


def _as_number(answer: Answer | None) -> float | None:
    return None if answer is None else float(answer)


def _of_kind(instrument: Instrument, *kinds: AnswerKind) -> list[Question]:
    return [question for question in instrument.questions if question.kind in kinds]


def _tallies(
    instrument: Instrument, answered: Sequence[Answered], least: int
) -> dict[str, dict[str, int]]:
    """How many gave each answer, of all respondents together."""
    found: dict[str, dict[str, int]] = {}
    for question in _of_kind(instrument, AnswerKind.CHOICE, AnswerKind.YES_NO):
        given = [str(a.answers[question.key]) for a in answered if question.key in a.answers]
        if len(given) >= least:
            keys = [choice.key for choice in question.choices] or ["yes", "no"]
            found[question.key] = {key: given.count(key) for key in keys}
    return found


def _texts(
    instrument: Instrument, answered: Sequence[Answered], least: int
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for question in _of_kind(instrument, AnswerKind.TEXT):
        given = [str(a.answers[question.key]) for a in answered if question.key in a.answers]
        if len(given) >= least:
            found[question.key] = tuple(sorted(given, key=str.casefold))
    return found
