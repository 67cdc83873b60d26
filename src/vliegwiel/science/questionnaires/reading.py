"""Documents and answers at the edge: checked as a whole, with every fault at once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from vliegwiel.reference import BilingualText
from vliegwiel.science.kernel import (
    SHAPE_MESSAGES,
    DocumentError,
    Fault,
    load_json,
    shape_faults,
)

from .document import AnswerKind, Frozen, Instrument, Question

#: What an answer is: a point on the scale, a number, or the key or words that were given.
Answer = int | float | str

#: Code of a fault -> English sentence, beside those that every document shares.
QUESTIONNAIRE_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "key_twice": "“%(key)s” occurs more than once.",
        "unknown_part": "There is no part “%(key)s”.",
        "unknown_aspect": "There is no aspect “%(key)s”.",
        "two_homes": "A question belongs to a part or to an aspect, not to both.",
        "no_choices": "A choice has at least two answers to choose from.",
        "needless_choices": "Only a choice has answers to choose from.",
        "no_scale": "There are questions on a scale, but the document has none.",
        "empty_scale": "The highest point of the scale must lie above the lowest.",
        "no_scan": "A scan has at least one question on a scale.",
        "off_scale": "The mean lies outside the scale.",
        "unknown_level": "There is no layer “%(key)s”.",
        "blank": "This may not be empty.",
        "long_words": "The text has %(count)s characters; it may have at most %(most)s.",
        "unanswered": "Answer this question.",
        "no_point": "Choose a point from %(low)s to %(high)s.",
        "no_choice": "Choose one of the answers.",
        "no_number": "Give a number, such as 12 or 1.5.",
        "unknown_question": "This question does not exist.",
        "nul": "The text holds the character NUL, which no text has.",
    }
)
#: Most characters of an answer in words, of a title, and of any other text of a document.
LONGEST_ANSWER, LONGEST_TITLE, LONGEST_TEXT = 2_000, 160, 1_000
_LARGEST_NUMBER = 1e12
_YES_NO = ("yes", "no")

Document = TypeVar("Document", bound=Frozen)


def read_instrument(text: str | bytes) -> Instrument:
    """The questionnaire in a JSON document.

    Raises:
        DocumentError: with all faults of the first step that fails: the text, the shape, or what
            must hold between its parts.
    """
    found = read_shape(Instrument, text)
    faults = tuple(_faults(found))
    if faults:
        raise DocumentError(faults)
    return found


def write_instrument(instrument: Instrument) -> str:
    """The document as JSON text; reading it gives an equal object."""
    return json.dumps(
        instrument.model_dump(mode="json", exclude_defaults=True),
        ensure_ascii=False,
        sort_keys=True,
    )


def read_answers(
    instrument: Instrument, given: Mapping[str, str], *, complete: bool
) -> Mapping[str, Answer]:
    """Answers by key of the question, from what somebody typed; an empty text is no answer.

    With `complete` every required question must have an answer.

    Raises:
        DocumentError: with a fault for each question; its path is the key of the question.
    """
    known = {question.key for question in instrument.questions}
    faults = [fault(key, "unknown_question") for key in sorted(given.keys() - known)]
    found: dict[str, Answer] = {}
    for question in instrument.questions:
        typed = given.get(question.key, "").strip()
        if not typed:
            if complete and question.required:
                faults.append(fault(question.key, "unanswered"))
            continue
        answer = _answer(instrument, question, typed)
        if isinstance(answer, Fault):
            faults.append(answer)
        else:
            found[question.key] = answer
    if faults:
        raise DocumentError(faults)
    return found


def read_shape(kind: type[Document], text: str | bytes) -> Document:
    """A document of a kind, with the faults of its text or shape."""
    loaded = load_json(text)
    if not isinstance(loaded, dict):
        raise DocumentError([fault("", "not_an_object")])
    try:
        return kind.model_validate_json(
            text.removeprefix(b"\xef\xbb\xbf") if isinstance(text, bytes) else text
        )
    except ValidationError as error:
        raise DocumentError(shape_faults(error, loaded)) from error


def fault(path: str, code: str, **params: object) -> Fault:
    """A fault of a questionnaire, with its sentence."""
    words = {name: str(value) for name, value in params.items()}
    return Fault(path, code, {**SHAPE_MESSAGES, **QUESTIONNAIRE_MESSAGES}[code], words)


def keys_twice(path: str, keys: Sequence[str]) -> Iterator[Fault]:
    """A fault for each key that stood before."""
    for i, key in enumerate(keys):
        if key in keys[:i]:
            yield fault(f"{path}[{i}].key", "key_twice", key=key)


def words_of(path: str, text: BilingualText | None, most: int = LONGEST_TEXT) -> Iterator[Fault]:
    """Faults of a text in both languages."""
    if text is None:
        return
    for name, words in (("nl", text.nl), ("en", text.en)):
        if not words.strip():
            yield fault(f"{path}.{name}", "blank")
        if len(words) > most:
            yield fault(f"{path}.{name}", "long_words", count=len(words), most=most)
        if "\0" in words:
            yield fault(f"{path}.{name}", "nul")


def _faults(found: Instrument) -> Iterator[Fault]:
    yield from words_of("title", found.title, LONGEST_TITLE)
    for name in ("intro", "note", "compared"):
        yield from words_of(name, getattr(found, name))
    yield from keys_twice("aspects", [item.key for item in found.aspects])
    yield from keys_twice("parts", [item.key for item in found.parts])
    yield from keys_twice("questions", [item.key for item in found.questions])
    yield from _scale_faults(found)
    aspects = {item.key for item in found.aspects}
    for i, aspect in enumerate(found.aspects):
        yield from words_of(f"aspects[{i}].title", aspect.title, LONGEST_TITLE)
    for i, part in enumerate(found.parts):
        yield from words_of(f"parts[{i}].title", part.title, LONGEST_TITLE)
        if part.aspect not in aspects:
            yield fault(f"parts[{i}].aspect", "unknown_aspect", key=part.aspect)
    parts = {item.key for item in found.parts}
    for i, question in enumerate(found.questions):
        yield from _question_faults(f"questions[{i}]", question, parts, aspects)


def _scale_faults(found: Instrument) -> Iterator[Fault]:
    scale = found.scale
    if scale is None:
        if found.scored():
            yield fault("scale", "no_scale")
        if found.use == "scan" and not found.scored():
            yield fault("questions", "no_scan")
        return
    if scale.low >= scale.high:
        yield fault("scale.high", "empty_scale")
    if found.use == "scan" and not found.scored():
        yield fault("questions", "no_scan")
    for i, aspect in enumerate(found.aspects):
        if aspect.compare is not None and not scale.low <= aspect.compare <= scale.high:
            yield fault(f"aspects[{i}].compare", "off_scale")
    yield from words_of("scale.lowest", scale.lowest)
    yield from words_of("scale.highest", scale.highest)


def _question_faults(
    path: str, question: Question, parts: Iterable[str], aspects: Iterable[str]
) -> Iterator[Fault]:
    yield from words_of(f"{path}.text", question.text)
    yield from words_of(f"{path}.risk", question.risk)
    if question.part is not None and question.aspect is not None:
        yield fault(f"{path}.aspect", "two_homes")
    if question.part is not None and question.part not in parts:
        yield fault(f"{path}.part", "unknown_part", key=question.part)
    if question.aspect is not None and question.aspect not in aspects:
        yield fault(f"{path}.aspect", "unknown_aspect", key=question.aspect)
    if question.kind is AnswerKind.CHOICE and len(question.choices) < 2:
        yield fault(f"{path}.choices", "no_choices")
    if question.kind is not AnswerKind.CHOICE and question.choices:
        yield fault(f"{path}.choices", "needless_choices")
    yield from keys_twice(f"{path}.choices", [choice.key for choice in question.choices])
    for i, choice in enumerate(question.choices):
        yield from words_of(f"{path}.choices[{i}].label", choice.label)


def _answer(instrument: Instrument, question: Question, typed: str) -> Answer | Fault:
    kind = question.kind
    if kind is AnswerKind.SCALE:
        assert instrument.scale is not None, "a document with such a question has a scale"
        low, high = instrument.scale.low, instrument.scale.high
        points = {str(point): point for point in range(low, high + 1)}
        return points.get(typed, fault(question.key, "no_point", low=low, high=high))
    if kind is AnswerKind.NUMBER:
        return _number(question.key, typed)
    if kind is AnswerKind.TEXT:
        if len(typed) > LONGEST_ANSWER:
            return fault(question.key, "long_words", count=len(typed), most=LONGEST_ANSWER)
        return fault(question.key, "nul") if "\0" in typed else typed
    allowed = _YES_NO if kind is AnswerKind.YES_NO else [item.key for item in question.choices]
    return typed if typed in allowed else fault(question.key, "no_choice")


def _number(key: str, typed: str) -> float | Fault:
    """A number with a full stop or a decimal comma."""
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        return fault(key, "no_number")
    if not math.isfinite(number) or abs(number) > _LARGEST_NUMBER:
        return fault(key, "no_number")
    return number
