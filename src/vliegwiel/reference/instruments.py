"""Questionnaires and checklists that ship, as documents; `science.questionnaires` reads them."""

from collections.abc import Sequence

from .files import ReferenceFile, read_all, read_text

_TRIAGE = "triage.json"


def instrument_files() -> Sequence[ReferenceFile]:
    """The documents of the instruments with sessions, by name; triage keeps nothing."""
    every = read_all("instruments", start="", end=".json")
    return [file for file in every if file.name != _TRIAGE]


def triage_text() -> str:
    """The document that leads from a help question to a layer of help."""
    return read_text("instruments", _TRIAGE)
