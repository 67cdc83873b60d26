"""The columns of a table of initiatives: their names in English and Dutch, and what they hold."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.sheets import Column, in_words

_WORDS = _("words or keys of the catalogue, with | between them")
_NOT_READ = _("told in a download; not read when the file is loaded")

_COLUMNS = (
    Column("title", "titel", _("what it is called; each title once per region"), True),
    Column("summary", "omschrijving", _("what it is, in a few sentences"), True),
    Column("themes", "themas", _WORDS),
    Column("questions", "vraagstukken", _WORDS),
    Column("actors", "wie", _WORDS),
    Column("cooperation", "samenwerking", _WORDS),
    Column("trends", "trends", _WORDS),
    Column("factors", "kansen_en_belemmeringen", _WORDS),
    Column("financing", "betaalt", _WORDS),
    Column("weight", "zorg", _("light, heavy or both; empty when not known")),
    Column("programmes", "programmas", _("programmes of the region, with | between them")),
    Column("programmes_note", "toelichting_programmas", _("how it overlaps them, in words")),
    Column("insights", "inzichten", _("numbers of insights of the region, with | between them")),
    Column("mark", "herkomst", _("empty, or generated or example for made-up rows")),
    Column("id", "nummer", _NOT_READ),
    Column("region", "regio", _NOT_READ),
    Column("kind", "soort", _NOT_READ),
    Column("stage", "fase", _NOT_READ),
    Column("stage_since", "fase_sinds", _NOT_READ),
    Column("published", "openbaar", _NOT_READ),
)
COLUMNS: Mapping[str, Column] = {column.name: column for column in _COLUMNS}

#: Columns with several words of a catalogue.
LISTS = (
    *("themes", "questions", "actors", "cooperation", "trends", "factors", "financing"),
    "programmes",
)

#: Dutch words that a cell may hold in place of ours.
DUTCH_WORDS: Mapping[str, str] = {
    "licht": "light",
    "zwaar": "heavy",
    "beide": "both",
    "licht en zwaar": "both",
    "gegenereerd": "generated",
    "verzonnen": "generated",
    "voorbeeld": "example",
}


def file_headings() -> Sequence[Column]:
    """The columns in their order, for who makes a file."""
    return in_words(_COLUMNS)
