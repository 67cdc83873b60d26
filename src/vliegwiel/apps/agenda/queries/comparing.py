"""What changed from one agenda to another: added, removed, and changed field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vliegwiel.apps.agenda.documents import parts_of, shown
from vliegwiel.apps.agenda.vocabulary import FIELD_LABELS, Body, Kind
from vliegwiel.reference import AgendaDocument, BilingualText

from .wording import Names, fields_of, say

State = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with what it said and says now; either is empty where it said nothing."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is not in both agendas, or says something else in the second."""

    kind: str
    kind_label: str
    key: str
    title: str
    state: State
    fields: Sequence[FieldChange]


@dataclass(frozen=True, slots=True)
class AgendaComparison:
    """All changes, by kind of part; `unchanged` counts the parts that say the same."""

    changes: Sequence[PartChange]
    unchanged: int

    def _of(self, state: State) -> Sequence[PartChange]:
        return [change for change in self.changes if change.state == state]

    @property
    def added(self) -> Sequence[PartChange]:
        return self._of("added")

    @property
    def removed(self) -> Sequence[PartChange]:
        return self._of("removed")

    @property
    def changed(self) -> Sequence[PartChange]:
        return self._of("changed")


def compare(
    before: AgendaDocument, after: AgendaDocument, *, outside: Mapping[str, Any] | None = None
) -> AgendaComparison:
    """What changed from `before` to `after`; parts are the same by kind and key.

    `outside` has titles, by key, of `insights` and `initiatives`.
    """
    old, new = _by_key(before), _by_key(after)
    names = Names(before, after, outside=outside)
    changes = list(_changes(old, new, names))
    differing = {(change.kind, change.key) for change in changes}
    return AgendaComparison(changes, len(old.keys() | new.keys()) - len(differing))


def _by_key(document: AgendaDocument) -> Mapping[tuple[str, str], Body]:
    return {(kind, body.key): body for kind, body in parts_of(document)}


def _changes(
    old: Mapping[tuple[str, str], Body], new: Mapping[tuple[str, str], Body], names: Names
) -> Iterator[PartChange]:
    for kind in Kind:
        keys = [key for key in (*old, *(key for key in new if key not in old)) if key[0] == kind]
        for key in keys:
            was, now = old.get(key), new.get(key)
            if was == now:
                continue
            state: State = "added" if was is None else "removed" if now is None else "changed"
            part = now or was
            assert part is not None, "a key is of one of both"
            yield PartChange(
                kind=str(kind),
                kind_label=str(kind.label),
                key=key[1],
                title=shown(part.title),
                state=state,
                fields=field_changes(was, now, names),
            )


def field_changes(was: Body | None, now: Body | None, names: Names) -> Sequence[FieldChange]:
    """The fields in which two states of a part differ."""
    part = now or was
    return [
        FieldChange(
            field,
            str(FIELD_LABELS[field]),
            "" if was is None else _said(field, was, now, names),
            "" if now is None else _said(field, now, was, names),
        )
        for field in fields_of(part)
        if getattr(was, field, None) != getattr(now, field, None)
        and (getattr(was, field, None) or getattr(now, field, None))
    ]


def _said(field: str, part: Body, other: Body | None, names: Names) -> str:
    """In words; where the reader's language says the same in both, in both languages."""
    value, beside = getattr(part, field), getattr(other, field, None)
    texts = [text for text in (value, beside) if isinstance(text, BilingualText)]
    if len(texts) == 2 and shown(texts[0]) == shown(texts[1]):
        return " / ".join(text for text in (value.nl, value.en) if text)
    return say(field, value, names)
