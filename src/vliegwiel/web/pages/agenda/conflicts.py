"""Two people who changed the same part: both texts side by side, and one form with both changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vliegwiel.apps.agenda import queries
from vliegwiel.apps.agenda.queries import FIELD_LABELS, Body, PartNow

from .forms import initial_of

Outcome = Literal["theirs", "yours", "same"]


@dataclass(frozen=True, slots=True)
class ConflictField:
    """A field that somebody else changed: what it was, what he and you made of it.

    `outcome` is what the form holds now: theirs where you left the field as it was.
    """

    label: str
    before: str
    theirs: str
    yours: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Conflict:
    """`merged` fills the form: your changes, and theirs where you changed nothing."""

    now: PartNow
    fields: Sequence[ConflictField]
    merged: dict[str, Any]


def conflict_of(region: Any, kind: str, base: Body, yours: Body) -> Conflict:
    """What to show to somebody who saved `yours`, made from `base`, while another one stood there.

    Raises ValueError where nothing stands there: then there is no conflict.
    """
    now = queries.part_now(region, kind, yours.key)
    if now is None:
        raise ValueError("nothing stands there")
    typed = {side: initial_of(body, now.revision) for side, body in _sides(base, now.body, yours)}
    words = {
        side: queries.field_words(region, body) for side, body in _sides(base, now.body, yours)
    }
    merged = dict(typed["yours"])
    fields = []
    for name, label in FIELD_LABELS.items():
        if name not in merged or typed["theirs"][name] == typed["base"][name]:
            continue
        outcome: Outcome = "yours"
        if typed["yours"][name] == typed["theirs"][name]:
            outcome = "same"
        elif typed["yours"][name] == typed["base"][name]:
            merged[name], outcome = typed["theirs"][name], "theirs"
        fields.append(
            ConflictField(
                label=str(label),
                before=words["base"][name],
                theirs=words["theirs"][name],
                yours=words["yours"][name],
                outcome=outcome,
            )
        )
    return Conflict(now, fields, {name: _sent(value) for name, value in merged.items()})


def _sides(base: Body, theirs: Body, yours: Body) -> Sequence[tuple[str, Body]]:
    return (("base", base), ("theirs", theirs), ("yours", yours))


def _sent(value: Any) -> Any:
    """A value as a form gets it from a browser."""
    return "" if value is None else value
