"""From a help question to a layer of help, by rules that anybody can read in the document.

Every answer may lead to a layer; the heaviest layer that an answer leads to counts. After that an
answer may move it a layer up or down: help that is not enough, goals that were reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from vliegwiel.reference import BilingualText
from vliegwiel.science.kernel import DocumentError, Fault

from .document import Frozen, Key
from .reading import fault, keys_twice, read_shape, words_of


class Level(Frozen):
    """A layer of help, from light to heavy. `forms` are what offers of it are called.

    `up` and `down` say when the next heavier and the next lighter layer take over.
    """

    key: Key
    title: BilingualText
    what: BilingualText
    up: BilingualText
    down: BilingualText
    free: bool
    forms: tuple[str, ...] = Field(min_length=1)


class Way(Frozen):
    """A possible answer, where it leads and why.

    `moves` are layers up (or down, below zero) after all answers were weighed. `forms` narrow the
    offers that are looked for, when the layer is the one that it leads to or heavier.
    """

    key: Key
    label: BilingualText
    leads_to: Key | None = None
    moves: int = Field(default=0, ge=-1, le=1)
    urgent: bool = False
    reason: BilingualText | None = None
    forms: tuple[str, ...] = ()


class Step(Frozen):
    """One question of the triage."""

    key: Key
    text: BilingualText
    choices: tuple[Way, ...] = Field(min_length=2, max_length=12)


class Triage(Frozen):
    """The whole instrument. The first level is for what no answer leads elsewhere."""

    key: Key
    version: int = Field(ge=1)
    title: BilingualText
    intro: BilingualText
    source: str
    place: str
    note: BilingualText
    levels: tuple[Level, ...] = Field(min_length=2, max_length=6)
    questions: tuple[Step, ...] = Field(min_length=1, max_length=20)


@dataclass(frozen=True, slots=True)
class Advice:
    """Where the answers lead. `reasons` are those that count, the deciding ones first."""

    level: Level
    lighter: Level | None
    heavier: Level | None
    reasons: tuple[BilingualText, ...]
    forms: tuple[str, ...]
    urgent: bool


def read_triage(text: str | bytes) -> Triage:
    """The triage in a JSON document.

    Raises:
        DocumentError: with all faults, as :func:`read_instrument`.
    """
    found = read_shape(Triage, text)
    faults = tuple(_faults(found))
    if faults:
        raise DocumentError(faults)
    return found


def lead(triage: Triage, answers: Mapping[str, str]) -> Advice:
    """Where answers by key of the question lead. Nothing is kept: it depends on the answers alone.

    Raises:
        DocumentError: a question without an answer, or an answer that does not exist; the path of
            each fault is the key of its question.
    """
    chosen, faults = _chosen(triage, answers)
    if faults:
        raise DocumentError(faults)
    order = {level.key: number for number, level in enumerate(triage.levels)}
    highest = max((order[way.leads_to] for way in chosen if way.leads_to), default=0)
    moves = sum(way.moves for way in chosen)
    urgent = any(way.urgent for way in chosen)
    # In danger nothing leads to lighter help.
    wanted = highest + (max(moves, 0) if urgent else moves)
    number = min(max(wanted, 0), len(triage.levels) - 1)
    level = triage.levels[number]
    return Advice(
        level=level,
        lighter=triage.levels[number - 1] if number else None,
        heavier=triage.levels[number + 1] if number + 1 < len(triage.levels) else None,
        reasons=_reasons(chosen, order, highest),
        forms=_forms(chosen, level, number),
        urgent=urgent,
    )


def _chosen(triage: Triage, answers: Mapping[str, str]) -> tuple[list[Way], list[Fault]]:
    chosen, faults = [], []
    for question in triage.questions:
        way = next((w for w in question.choices if w.key == answers.get(question.key)), None)
        if way is not None:
            chosen.append(way)
        else:
            code = "no_choice" if answers.get(question.key) else "unanswered"
            faults.append(fault(question.key, code))
    return chosen, faults


def _reasons(
    chosen: list[Way], order: Mapping[str, int], highest: int
) -> tuple[BilingualText, ...]:
    """First what moved, then what led to the layer, then what led to a lighter one."""
    told = [way for way in chosen if way.reason is not None]

    def rank(way: Way) -> tuple[int, int]:
        place = order[way.leads_to] if way.leads_to else highest
        return (not way.urgent, -place if not way.moves else -len(order))

    return tuple(way.reason for way in sorted(told, key=rank) if way.reason is not None)


def _forms(chosen: list[Way], level: Level, number: int) -> tuple[str, ...]:
    """What offers to look for: of the answers where the layer is not free, else of the layer."""
    if level.free or number == 0:
        return level.forms
    urgent = [form for way in chosen if way.urgent for form in way.forms]
    named = urgent + [form for way in chosen if not way.urgent for form in way.forms]
    return tuple(dict.fromkeys(named)) or level.forms


def _faults(found: Triage) -> Iterator[Fault]:
    levels = [level.key for level in found.levels]
    yield from keys_twice("levels", levels)
    yield from keys_twice("questions", [question.key for question in found.questions])
    for i, level in enumerate(found.levels):
        for name in ("title", "what", "up", "down"):
            yield from words_of(f"levels[{i}].{name}", getattr(level, name))
    for i, question in enumerate(found.questions):
        path = f"questions[{i}]"
        yield from words_of(f"{path}.text", question.text)
        yield from keys_twice(f"{path}.choices", [way.key for way in question.choices])
        for j, way in enumerate(question.choices):
            yield from words_of(f"{path}.choices[{j}].label", way.label)
            yield from words_of(f"{path}.choices[{j}].reason", way.reason)
            if way.leads_to is not None and way.leads_to not in levels:
                yield fault(f"{path}.choices[{j}].leads_to", "unknown_level", key=way.leads_to)
            if (way.leads_to or way.moves) and way.reason is None:
                yield fault(f"{path}.choices[{j}]", "missing", field="reason")
