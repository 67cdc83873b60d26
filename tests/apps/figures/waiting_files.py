"""Builds files of published waiting times for tests: one good row, changed where a test wants."""

import json
from typing import Any

MADE = "2026-08-14T05:45:56.590Z"


def row(**changed: Any) -> dict[str, Any]:
    """A row that nothing is wrong with. A value of `...` leaves the field out."""
    fields: dict[str, Any] = {
        "p": "Praktijk De Brug",
        "w": "Speltherapie",
        "a": ["Behandeling"],
        "l": "Enschede",
        "d": "Jeugd",
        "e": ["Speltherapie"],
        "c": "Samen14/Jeugd",
        "i": 8,
        "b": None,
        "k": "concrete",
        "s": "",
        "u": "https://example.nl/wachttijden",
        "date": "2026-08-14",
        "live": True,
        "checked": True,
        "refreshState": "updated",
        "checkedAt": "2026-08-14T05:45:56.501Z",
    }
    fields.update(changed)
    return {name: value for name, value in fields.items() if value is not ...}


def document(*rows: Any, **changed: Any) -> dict[str, Any]:
    """The outermost object with these rows, or with one good row."""
    fields = {"schemaVersion": 1, "generatedAt": MADE, "rows": list(rows) or [row()]}
    fields.update(changed)
    return {name: value for name, value in fields.items() if value is not ...}


def content(*rows: Any, **changed: Any) -> bytes:
    return json.dumps(document(*rows, **changed), ensure_ascii=False).encode()
