"""A part that says nothing yet, for the form of a new one."""

from vliegwiel.apps.agenda.vocabulary import BODIES, Body, Kind
from vliegwiel.reference import NOTHING

__all__ = ["Body", "empty_part"]


def empty_part(kind: str, key: str) -> Body:
    """A part of this kind with nothing in it; a task begins as a local one."""
    more = {"level": "local"} if kind == Kind.TASK else {}
    return BODIES[kind].model_validate({"key": key, "title": NOTHING, **more})
