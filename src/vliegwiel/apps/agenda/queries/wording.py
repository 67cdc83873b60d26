"""What a field of a part says, in words: for comparing and for two editors at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vliegwiel import reference
from vliegwiel.apps.agenda.documents import shown
from vliegwiel.apps.agenda.vocabulary import FIELD_LABELS, Level, Line, Stage
from vliegwiel.reference import AgendaDocument, AgendaPartner, BilingualText

from .planning_words import quarter_words

_CHOICES: Mapping[str, Any] = {"stage": Stage, "line": Line, "level": Level}
#: Field that holds keys -> the list of the document in which those stand.
_POINTS_TO: Mapping[str, str] = {
    "needs": "items",
    "feeds": "items",
    "spearheads": "spearheads",
    "programmes": "programmes",
    "elements": "elements",
    "examined": "elements",
}


class Names:
    """Titles of all that can be pointed to, from one or more documents; the last one counts."""

    def __init__(
        self, *documents: AgendaDocument, outside: Mapping[str, Any] | None = None
    ) -> None:
        self._titles = {
            (name, part.key): shown(part.title)
            for document in documents
            for name in ("items", "spearheads", "programmes", "elements")
            for part in getattr(document, name)
        }
        self._outside = outside or {}

    def of(self, field: str, key: str | int) -> str:
        """The title of what this field points to; its key where that is not known."""
        if field not in _POINTS_TO:
            return str(self._outside.get(field, {}).get(str(key), key))
        return self._titles.get((_POINTS_TO[field], str(key)), str(key))


def say(field: str, value: Any, names: Names) -> str:
    """A value of a field as a reader sees it; a line for each thing in a list."""
    if isinstance(value, BilingualText):
        return shown(value)
    if isinstance(value, tuple):
        return "\n".join(_thing(field, one, names) for one in value)
    if not value:
        return "" if value is None else str(value)
    if field in _CHOICES:
        return str(_CHOICES[field](value).label)
    return _WRITERS.get(field, str)(value)


def _source(key: str) -> str:
    found = reference.sources().get(key)
    return found.title if found else key


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "starts": quarter_words,
    "ends": quarter_words,
    "source": _source,
}


def _thing(field: str, one: Any, names: Names) -> str:
    return _partner(one) if isinstance(one, AgendaPartner) else names.of(field, one)


def _partner(partner: AgendaPartner) -> str:
    who, brings = shown(partner.who), shown(partner.brings)
    return f"{who}: {brings}" if brings else who


def fields_of(part: object) -> Sequence[str]:
    """The fields of a part in the order in which pages show them."""
    own = type(part).model_fields  # type: ignore[attr-defined]
    return [field for field in FIELD_LABELS if field in own]
