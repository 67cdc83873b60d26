"""Reading and writing the documents: text in, frozen objects or every fault at once out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from vliegwiel.science.kernel import DocumentError, Fault

from .faults import fault
from .model import CARE_SYSTEM_SCHEMA, CareSystem
from .quantity import Part
from .scenario import SCENARIO_SCHEMA, Scenario
from .scenario_validation import check_scenario
from .validation import check_system

Document = TypeVar("Document", CareSystem, Scenario)

#: No real document comes near; a larger one is a mistake or an attack.
LONGEST_DOCUMENT = 5_000_000

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
    "finite_number": "not_finite",
}
_BOUNDS = frozenset(
    {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "string_too_long"}
)
#: Names that pydantic puts in the place of an error to say which member of a union it tried.
_TAGGED = frozenset({"provenance", "capacity"})


def read_care_system(text: str | bytes) -> CareSystem:
    """The care system in a JSON document.

    Raises:
        DocumentError: with all faults of the first step that fails: the text, the shape of the
            document, or what must hold between its numbers.
    """
    system = _shape(CareSystem, CARE_SYSTEM_SCHEMA, _load(text))
    _raise_if(check_system(system))
    return system


def read_scenario(text: str | bytes, system: CareSystem) -> Scenario:
    """The scenario in a JSON document, checked against the care system it changes.

    Raises:
        DocumentError: with all faults, as :func:`read_care_system`.
    """
    scenario = _shape(Scenario, SCENARIO_SCHEMA, _load(text))
    _raise_if(check_scenario(scenario, system))
    return scenario


def write_document(document: CareSystem | Scenario) -> str:
    """The document as JSON text; reading it gives an equal object."""
    return json.dumps(_plain(document), ensure_ascii=False, indent=2) + "\n"


def document_hash(document: CareSystem | Scenario) -> str:
    """SHA-256 of the content, whatever the layout of the file it came from."""
    canonical = json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def json_schema(kind: type[CareSystem] | type[Scenario]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of document, for editors and other programs."""
    schema = kind.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def _plain(document: Part) -> dict[str, Any]:
    return document.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _raise_if(faults: Sequence[Fault]) -> None:
    if faults:
        raise DocumentError(faults)


def _load(text: str | bytes) -> object:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DocumentError([fault("", "not_text")]) from error
    if len(text) > LONGEST_DOCUMENT:
        raise DocumentError([fault("", "too_large", limit=LONGEST_DOCUMENT)])
    doubled: list[Fault] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            repeated = {name for name in names if names.count(name) > 1}
            doubled.extend(fault("", "duplicate_key", name=name) for name in sorted(repeated))
        return found

    def constant(name: str) -> NoReturn:
        raise DocumentError([fault("", "not_finite", value=name)])

    try:
        loaded: object = json.loads(text, object_pairs_hook=unique, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise DocumentError(
            [fault("", "not_json", line=error.lineno, column=error.colno)]
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or an endless integer
        raise DocumentError([fault("", "not_json", line=1, column=1)]) from error
    _raise_if(doubled)
    return loaded


def _shape(kind: type[Document], schema: str, loaded: object) -> Document:
    if not isinstance(loaded, dict):
        raise DocumentError([fault("", "not_an_object")])
    found = loaded.get("schema")
    if isinstance(found, str) and found != schema:
        raise DocumentError([fault("schema", "wrong_schema", found=found, expected=schema)])
    try:
        return kind.model_validate(loaded)
    except ValidationError as error:
        faults = [_translate(dict(details), loaded) for details in error.errors()]
        raise DocumentError(list(_distinct(faults))) from error


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


def _translate(details: dict[str, Any], loaded: object) -> Fault:
    kind, context = str(details["type"]), details.get("ctx", {})
    steps, within = _steps(details["loc"], loaded)
    path = _path(steps)
    code = _SHAPE_CODES.get(kind)
    if kind in ("missing", "extra_forbidden"):
        return fault(_path(steps[:-1]), str(code), field=steps[-1])
    if kind == "union_tag_invalid":
        path, within = f"{path}.kind", context.get("tag")
    if code is None:
        code = "out_of_bounds" if kind in _BOUNDS else "wrong_shape"
    allowed = context.get("expected", context.get("expected_tags"))
    # Only what the sentence of the code names is shown of these.
    return fault(path, code, value=within, allowed=allowed, rule=details["msg"], field="kind")


def _steps(location: tuple[int | str, ...], loaded: object) -> tuple[list[int | str], object]:
    """The place of an error as steps through the document itself, and what stands there."""
    steps: list[int | str] = []
    within: object = loaded
    for k, step in enumerate(location):
        last = k == len(location) - 1
        if isinstance(step, str) and isinstance(within, dict) and step not in within and not last:
            continue  # the tag of a union, not a field
        if isinstance(step, str) and not isinstance(within, dict):
            continue  # the name of a type that pydantic tried
        if isinstance(step, str) and steps and steps[-1] in _TAGGED and _is_tag(step, within):
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
