"""Documents at the edge: JSON text in, and what is wrong with its text or its shape.

What is wrong is said with codes and English sentences that each kind of document shares; what must
hold between the parts of a document is for the room that knows the document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NoReturn

from pydantic import ValidationError

from .errors import DocumentError, Fault

#: No real document comes near; a larger one is a mistake or an attack.
LONGEST_DOCUMENT = 5_000_000

#: Code of a fault in text or shape -> English sentence with named parameters.
SHAPE_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        # The text
        "not_text": "This is not a text file in UTF-8.",
        "too_large": "The document is larger than %(limit)s characters.",
        "not_json": "This is not valid JSON: line %(line)s, column %(column)s.",
        "duplicate_key": "The field “%(name)s” occurs twice in the same object.",
        "not_finite": "“%(value)s” is not a finite number.",
        # The shape
        "missing": "The field “%(field)s” is missing.",
        "unknown_field": "The field “%(field)s” does not exist here.",
        "not_a_number": "A number is needed here.",
        "not_words": "A text is needed here.",
        "not_a_list": "A list is needed here.",
        "not_an_object": "An object with named fields is needed here.",
        "not_a_date": "A date such as 2024-01-01 is needed here.",
        "not_allowed": "“%(value)s” is not possible here; choose from %(allowed)s.",
        "wrong_schema": "This document says it is “%(found)s”; “%(expected)s” is needed.",
        "bad_pattern": "“%(value)s” is not a valid identifier or code here.",
        "too_short": "This may not be empty.",
        "too_few": "Too few: at least %(least)s are needed here.",
        "too_many": "Too many: at most %(most)s are possible here.",
        "long_text": "The text is too long: at most %(most)s characters are possible here.",
        "out_of_bounds": "The value lies outside what is possible here: %(rule)s.",
        "wrong_shape": "This part of the document cannot be read: %(rule)s.",
    }
)


#: Kinds of pydantic error -> code of our fault.
_SHAPE_CODES: Mapping[str, str] = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "int_type": "not_a_number",
    "int_parsing": "not_a_number",
    "int_from_float": "not_a_number",
    "string_type": "not_words",
    "tuple_type": "not_a_list",
    "list_type": "not_a_list",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "date_type": "not_a_date",
    "date_parsing": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "literal_error": "not_allowed",
    "union_tag_invalid": "not_allowed",
    "union_tag_not_found": "missing",
    "string_pattern_mismatch": "bad_pattern",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "long_text",
    "too_long": "too_many",
    "finite_number": "not_finite",
}
#: Kinds of error about a bound: its sign, and where pydantic tells the bound.
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than": (">", "gt"),
    "greater_than_equal": ("≥", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("≤", "le"),
}
_QUOTED = re.compile(r"'([^']*)'")


def load_json(text: str | bytes) -> object:
    """What stands in a JSON text in UTF-8; no field twice, no number that is not finite.

    Raises:
        DocumentError: the text is too long, or is something else.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DocumentError([_fault("", "not_text")]) from error
    if len(text) > LONGEST_DOCUMENT:
        raise DocumentError([_fault("", "too_large", limit=LONGEST_DOCUMENT)])
    doubled: list[Fault] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            repeated = {name for name in names if names.count(name) > 1}
            doubled.extend(_fault("", "duplicate_key", name=name) for name in sorted(repeated))
        return found

    def constant(name: str) -> NoReturn:
        raise DocumentError([_fault("", "not_finite", value=name)])

    try:
        loaded: object = json.loads(text, object_pairs_hook=unique, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise DocumentError(
            [_fault("", "not_json", line=error.lineno, column=error.colno)]
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or an endless integer
        raise DocumentError([_fault("", "not_json", line=1, column=1)]) from error
    if doubled:
        raise DocumentError(doubled)
    return loaded


def shape_faults(
    error: ValidationError, loaded: object, tagged: frozenset[str] = frozenset()
) -> tuple[Fault, ...]:
    """What pydantic found wrong with the shape of a loaded document, each place once.

    Args:
        tagged: fields that hold one of several kinds of object, told apart by their ``kind``;
            pydantic puts the kind in the place of an error.
    """
    faults = [_translate(dict(details), loaded, tagged) for details in error.errors()]
    return tuple(_distinct(faults))


def _fault(path: str, code: str, /, **params: object) -> Fault:
    written = {name: str(value) for name, value in params.items()}
    return Fault(path=path, code=code, template=SHAPE_MESSAGES[code], params=written)


def _distinct(faults: Sequence[Fault]) -> Iterator[Fault]:
    """A value that fits no member of a union is reported once for each: keep the first a place."""
    seen: set[tuple[str, str]] = set()
    for found in faults:
        # A list whose items are all faulty also counts as empty; that says nothing new.
        below = (f"{found.path}[", f"{found.path}.")
        if found.code == "too_short" and any(f.path.startswith(below) for f in faults):
            continue
        key = (found.path, found.params.get("field", ""))
        if key not in seen:
            seen.add(key)
            yield found


def _translate(details: dict[str, Any], loaded: object, tagged: frozenset[str]) -> Fault:
    kind, context = str(details["type"]), details.get("ctx", {})
    steps, within = _steps(details["loc"], loaded, tagged)
    path = _path(steps)
    code = _SHAPE_CODES.get(kind)
    if kind in ("missing", "extra_forbidden"):
        return _fault(_path(steps[:-1]), str(code), field=steps[-1])
    if kind == "union_tag_invalid":
        path, within = f"{path}.kind", context.get("tag")
    if code is None:
        code = "out_of_bounds" if kind in _BOUNDS else "wrong_shape"
    if kind == "too_short" and context.get("min_length", 1) > 1:
        code = "too_few"
    words = {
        "value": within, "field": "kind", "rule": _rule(kind, context) or details["msg"],
        "allowed": _choices(context.get("expected", context.get("expected_tags"))),
        "least": context.get("min_length"), "most": context.get("max_length"),
    }  # fmt: skip
    # Only what the sentence of the code names is shown of these.
    return _fault(path, code, **words)


def _rule(kind: str, context: Mapping[str, Any]) -> str:
    """A bound in signs, which read the same in every language."""
    sign, name = _BOUNDS.get(kind, ("", ""))
    return f"{sign} {context[name]:g}" if sign else ""


def _choices(expected: object) -> str:
    """What may stand here, without the words that pydantic puts between."""
    return ", ".join(_QUOTED.findall(str(expected))) or str(expected)


def _steps(
    location: tuple[int | str, ...], loaded: object, tagged: frozenset[str]
) -> tuple[list[int | str], object]:
    """The place of an error as steps through the document itself, and what stands there."""
    steps: list[int | str] = []
    within: object = loaded
    for k, step in enumerate(location):
        last = k == len(location) - 1
        if isinstance(step, str) and isinstance(within, dict) and step not in within and not last:
            continue  # the tag of a union, not a field
        if isinstance(step, str) and not isinstance(within, dict):
            continue  # the name of a type that pydantic tried
        if isinstance(step, str) and steps and steps[-1] in tagged and _is_tag(step, within):
            continue
        steps.append(step)
        within = _inside(within, step)
    return steps, within


def _is_tag(step: str, within: object) -> bool:
    return isinstance(within, dict) and within.get("kind") == step and step not in within


def _inside(within: object, step: int | str) -> object:
    if isinstance(within, dict):
        return within.get(step)
    if isinstance(within, (list, tuple)) and isinstance(step, int) and step < len(within):
        return within[step]
    return None


def _path(steps: Sequence[int | str]) -> str:
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path
