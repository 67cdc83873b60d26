"""A small questionnaire with a question of every kind."""

import json
from typing import Any

from vliegwiel.science.questionnaires import Instrument, read_instrument


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def document(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "key": "sample",
        "version": 1,
        "use": "scan",
        "of": "organisation",
        "title": both("Sample"),
        "intro": both("A sample"),
        "scale": {"low": 1, "high": 5, "lowest": both("no"), "highest": both("yes")},
        "aspects": [{"key": "one", "title": both("One")}, {"key": "two", "title": both("Two")}],
        "parts": [{"key": "half", "title": both("Half"), "aspect": "one"}],
        "questions": [
            {"key": "a", "kind": "scale", "part": "half", "text": both("A?")},
            {"key": "b", "kind": "scale", "aspect": "one", "text": both("B?")},
            {"key": "c", "kind": "scale", "aspect": "two", "text": both("C?"), "required": False},
            {
                "key": "d",
                "kind": "choice",
                "text": both("D?"),
                "choices": [{"key": "x", "label": both("X")}, {"key": "y", "label": both("Y")}],
            },
            {"key": "e", "kind": "yes_no", "text": both("E?"), "required": False},
            {"key": "f", "kind": "number", "text": both("F?"), "required": False},
            {"key": "g", "kind": "text", "text": both("G?"), "required": False},
        ],
    }
    return {**made, **changes}


def sample(**changes: Any) -> Instrument:
    return read_instrument(json.dumps(document(**changes)))
