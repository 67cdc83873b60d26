"""Which way a number goes with a change, as a sign and a word: for pages and files alike."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import Way

#: What stands in front of the word, so that colour never tells it alone.
SIGNS: Mapping[Way, str] = {"less": "▼", "more": "▲", "same": "=", "unclear": "?", "unknown": ""}


def word(measure: str, way: Way) -> str:
    """What a way means for a measure, such as "shorter wait"; empty where it is not known."""
    known = MEASURES[measure]
    words = {
        "less": known.less,
        "more": known.more,
        "same": _("no difference"),
        "unclear": _("not clear"),
        "unknown": "",
    }
    return str(words[way])


def signed(way: Way, text: str) -> str:
    """A text with the sign of its way in front, on one line with it."""
    return f"{SIGNS[way]}\N{NO-BREAK SPACE}{text}"
