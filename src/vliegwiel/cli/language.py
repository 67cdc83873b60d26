"""The language of the command line: Dutch, unless VLIEGWIEL_LANGUAGE says en.

The same catalogue as the pages, read without Django: a command must be able to explain itself
before there is a database to set Django up with.
"""

import gettext as standard_gettext
import os
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "locale"


def language() -> str:
    """Language code, nl or en: what VLIEGWIEL_LANGUAGE says, else Dutch."""
    chosen = os.environ.get("VLIEGWIEL_LANGUAGE", "").lower()[:2]
    return chosen if chosen in {"nl", "en"} else "nl"


@cache
def _catalogue(code: str) -> standard_gettext.NullTranslations:
    return standard_gettext.translation("django", LOCALES, [code], fallback=True)


def gettext(message: str) -> str:
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    return _catalogue(language()).ngettext(one, many, number)
