"""The columns of a table of observations: their names in English and Dutch, and what they hold."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.sheets import Column, in_words

_COLUMNS = (
    Column("text", "signaal", _("what was heard, read or counted, in your own words"), True),
    Column("kind", "soort", _("interview, session, report, figure or quote"), True),
    Column("day", "datum", _("day on which it was heard or read, as 2026-11-22 or 22-11-2026")),
    Column("role", "wie", _("who said it: a role, never a name")),
)
COLUMNS: Mapping[str, Column] = {column.name: column for column in _COLUMNS}

#: Dutch words that a cell may hold in place of ours.
DUTCH_WORDS: Mapping[str, str] = {
    "gesprek": "interview",
    "interview": "interview",
    "sessie": "session",
    "bijeenkomst": "session",
    "rapport": "report",
    "cijfer": "figure",
    "citaat": "quote",
    "uitspraak": "quote",
    "jeugdige": "youth",
    "jongere": "youth",
    "ouder": "parent",
    "ouder of gezin": "parent",
    "gezin": "parent",
    "cliëntenraad": "client_council",
    "gemeentelijke toegang": "municipal_access",
    "toegang": "municipal_access",
    "wijkteam": "local_team",
    "lokaal team": "local_team",
    "huisarts": "gp",
    "school": "school",
    "onderwijs": "school",
    "aanbieder": "provider",
    "gecertificeerde instelling": "certified",
    "gi": "certified",
    "beleid": "policy",
    "beleid of inkoop": "policy",
    "inkoop": "policy",
    "onderzoeker": "researcher",
    "anders": "other",
}


def file_headings() -> Sequence[Column]:
    """The columns in their order, for who makes a file."""
    return in_words(_COLUMNS)
