"""Reading and writing the documents: text in, frozen objects or every fault at once out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from vliegwiel.science.kernel import DocumentError, Fault, load_json, shape_faults

from .faults import fault
from .model import CARE_SYSTEM_SCHEMA, CareSystem
from .quantity import Part
from .scenario import SCENARIO_SCHEMA, Scenario
from .scenario_validation import check_scenario
from .validation import check_system

Document = TypeVar("Document", CareSystem, Scenario)

#: Fields of which the kind decides the shape.
_TAGGED = frozenset({"provenance", "capacity"})


def read_care_system(text: str | bytes) -> CareSystem:
    """The care system in a JSON document.

    Raises:
        DocumentError: with all faults of the first step that fails: the text, the shape of the
            document, or what must hold between its numbers.
    """
    system = _shape(CareSystem, CARE_SYSTEM_SCHEMA, load_json(text))
    _raise_if(check_system(system))
    return system


def read_scenario(text: str | bytes, system: CareSystem) -> Scenario:
    """The scenario in a JSON document, checked against the care system it changes.

    Raises:
        DocumentError: with all faults, as :func:`read_care_system`.
    """
    scenario = _shape(Scenario, SCENARIO_SCHEMA, load_json(text))
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


def _shape(kind: type[Document], schema: str, loaded: object) -> Document:
    if not isinstance(loaded, dict):
        raise DocumentError([fault("", "not_an_object")])
    found = loaded.get("schema")
    if isinstance(found, str) and found != schema:
        raise DocumentError([fault("schema", "wrong_schema", found=found, expected=schema)])
    try:
        return kind.model_validate(loaded)
    except ValidationError as error:
        raise DocumentError(shape_faults(error, loaded, _TAGGED)) from error
