"""The insights of a region as a JSON document: read it, and say everything that is wrong."""

from collections.abc import Iterator, Mapping, Set

from pydantic import ValidationError

from vliegwiel.reference import ShippedInsight, ShippedInsights
from vliegwiel.science.kernel import (
    SHAPE_MESSAGES,
    DocumentError,
    Fault,
    load_json,
    shape_faults,
)

from .errors import InsightsRefused
from .vocabulary import LARGEST_IN_DOCUMENT

#: Code of a fault -> English sentence, beside those that every document shares.
INSIGHT_MESSAGES: Mapping[str, str] = {
    "other_region": "The document is about region “%(found)s”, not about “%(expected)s”.",
    "unknown_source": "The source “%(source)s” is not in the bibliography.",
    "number_twice": "The number %(number)s occurs more than once.",
    "unknown_insight": "There is no insight with number %(number)s.",
    "key_twice": "“%(key)s” occurs more than once.",
    "ends_before": "%(end)s lies before %(start)s.",
    "not_above_zero": "The number is %(number)s; it must be above zero.",
    "too_large_number": "The number is %(number)s; it may be at most %(most)s.",
    "number_of_own": "Insight %(number)s of the region is one that it made itself.",
    "too_long": "The text has %(count)s characters; it may have at most %(most)s.",
    "control_character": "The document holds the character NUL, which no text has.",
    "cited_as_nothing": "Say with “cited_as” how the source is named here.",
}
#: What there is room for.
_LONGEST, _LONGEST_KEY, _LARGEST = 200, 40, 32_767


def read_insights(document: bytes, *, region: str, sources: Set[str]) -> ShippedInsights:
    """The insights in a document about the region with this code.

    `sources` are the keys of the bibliography. Raises InsightsRefused with all faults of the first
    step that fails: the text, the shape, or what must hold between the parts.
    """
    try:
        loaded = load_json(document)
        if not isinstance(loaded, dict):
            raise InsightsRefused([_fault("", "not_an_object")])
        if b"\\u0000" in document:
            raise InsightsRefused([_fault("", "control_character")])
        found = ShippedInsights.model_validate_json(document.removeprefix(b"\xef\xbb\xbf"))
    except DocumentError as error:
        raise InsightsRefused(error.faults) from error
    except ValidationError as error:
        raise InsightsRefused(shape_faults(error, loaded)) from error
    faults = tuple(_faults(found, region, sources))
    if faults:
        raise InsightsRefused(faults)
    return found


def number_of_own(index: int, number: int) -> Fault:
    """That the insight at this place in the document has the number of one the region made."""
    return _fault(f"insights[{index}].number", "number_of_own", number=number)


def _fault(path: str, code: str, **params: object) -> Fault:
    words = {name: str(value) for name, value in params.items()}
    return Fault(path, code, {**SHAPE_MESSAGES, **INSIGHT_MESSAGES}[code], words)


def _faults(found: ShippedInsights, region: str, sources: Set[str]) -> Iterator[Fault]:
    if found.region != region:
        yield _fault("region", "other_region", found=found.region, expected=region)
    yield from _number("version", found.version)
    if found.source not in sources:
        yield _fault("source", "unknown_source", source=found.source)
    yield from _consultations(found)
    numbers = [insight.number for insight in found.insights]
    for i, insight in enumerate(found.insights):
        path = f"insights[{i}]"
        yield from _number(f"{path}.number", insight.number, most=LARGEST_IN_DOCUMENT)
        if insight.number in numbers[:i]:
            yield _fault(f"{path}.number", "number_twice", number=insight.number)
        yield from _insight(path, insight)
        for j, other in enumerate(insight.related_to):
            where = f"{path}.related_to[{j}]"
            if other not in numbers or other == insight.number:
                yield _fault(where, "unknown_insight", number=other)
            elif other in insight.related_to[:j]:
                yield _fault(where, "number_twice", number=other)
        for j, heard in enumerate(insight.heard):
            if heard.cited_source is not None and heard.cited_source not in sources:
                where = f"{path}.heard[{j}].cited_source"
                yield _fault(where, "unknown_source", source=heard.cited_source)


def _insight(path: str, insight: ShippedInsight) -> Iterator[Fault]:
    yield from _words(f"{path}.place", insight.place, needed=False)
    titled = [("title", insight.title)]
    titled += [(f"chances[{j}].title", chance.title) for j, chance in enumerate(insight.chances)]
    for name, text in titled:
        yield from _words(f"{path}.{name}.nl", text.nl)
        yield from _words(f"{path}.{name}.en", text.en)
    priority = insight.priority
    yield from _words(f"{path}.priority.decided_by.nl", priority.decided_by.nl)
    yield from _words(f"{path}.priority.decided_by.en", priority.decided_by.en, needed=False)
    yield from _words(f"{path}.priority.place", priority.place, needed=False)
    if not priority.reason.nl.strip():
        yield _fault(f"{path}.priority.reason.nl", "too_short")
    for j, heard in enumerate(insight.heard):
        where = f"{path}.heard[{j}].cited_as"
        yield from _words(where, heard.cited_as or "", needed=False)
        if heard.cited_source is not None and not heard.cited_as:
            yield _fault(where, "cited_as_nothing")


def _words(path: str, text: str, *, needed: bool = True, most: int = _LONGEST) -> Iterator[Fault]:
    if needed and not text.strip():
        yield _fault(path, "too_short")
    if len(text) > most:
        yield _fault(path, "too_long", count=len(text), most=most)


def _number(path: str, number: int, *, most: int = _LARGEST) -> Iterator[Fault]:
    if number < 1:
        yield _fault(path, "not_above_zero", number=number)
    elif number > most:
        yield _fault(path, "too_large_number", number=number, most=most)


def _consultations(found: ShippedInsights) -> Iterator[Fault]:
    keys = [held.key for held in found.consultations]
    for i, held in enumerate(found.consultations):
        path = f"consultations[{i}]"
        if held.key in keys[:i]:
            yield _fault(f"{path}.key", "key_twice", key=held.key)
        yield from _words(f"{path}.key", held.key, most=_LONGEST_KEY)
        for name, text in (("group.nl", held.group.nl), ("group.en", held.group.en)):
            yield from _words(f"{path}.{name}", text)
        yield from _words(f"{path}.place", held.place, needed=False)
        if held.end < held.start:
            yield _fault(f"{path}.end", "ends_before", start=held.start, end=held.end)
