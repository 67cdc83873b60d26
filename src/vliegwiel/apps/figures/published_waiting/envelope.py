"""From bytes to a JSON object: everything that can be wrong before the first row is read."""

import json
from decimal import Decimal
from typing import Any, Final

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.figures.text_files import CSV_FILE, JSON_FILE, decode, looks_like_csv

# JSON numbers have no limit; arithmetic has. Longer ones are mistakes or attacks.
_LONGEST_NUMBER: Final = 30


class _RefusedError(Exception):
    """Stops the JSON reader at something that JSON allows and we do not."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def open_envelope(content: bytes, findings: Findings) -> dict[str, Any] | None:
    """The outermost object of the file, or None with the reason in `findings`."""
    text = decode(content, findings, wanted=JSON_FILE)
    if text is None:
        return None
    if looks_like_csv(text):
        findings.add("other_kind", kind=CSV_FILE, wanted=JSON_FILE)
        return None
    document = _load(text, findings)
    if document is None:
        return None
    if not isinstance(document, dict):
        findings.add("not_an_object")
        return None
    return document


def _load(text: str, findings: Findings) -> Any | None:
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=Decimal,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as problem:
        if problem.pos >= len(text.rstrip()) or "Unterminated" in problem.msg:
            findings.add("truncated", line=text.count("\n", 0, len(text.rstrip())) + 1)
        else:
            findings.add("not_json", line=problem.lineno, column=problem.colno)
    except _RefusedError as problem:
        findings.add(problem.code, "", **problem.params)
    except RecursionError:
        findings.add("too_deep")
    return None


def _number(text: str) -> Decimal:
    """The number, exact; one of absurd size becomes infinite, so that its row is named."""
    if len(text) > _LONGEST_NUMBER:
        return Decimal("Infinity")
    number = Decimal(text)
    return number if abs(number.adjusted()) <= _LONGEST_NUMBER else Decimal("Infinity")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError("repeated_key", key=key)
        found[key] = value
    return found
