"""Texts and formats of the site, for commands that use nothing else of it.

Setting up the whole site loads every table and every page: two seconds in which a command that
needs no database would only keep somebody waiting.
"""

from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.utils import translation

from .language import LOCALES, language

#: Those of the site (`web/settings/languages.py`) that decide how texts and numbers are written.
SETTINGS: Final[dict[str, Any]] = {
    "LANGUAGE_CODE": "nl",
    "LANGUAGES": [("nl", "Nederlands"), ("en", "English")],
    "LOCALE_PATHS": [LOCALES],
    "USE_I18N": True,
    "USE_TZ": True,
    "TIME_ZONE": "Europe/Amsterdam",
    "USE_THOUSAND_SEPARATOR": True,
}


def ensure_formats() -> None:
    """From here on Django translates and formats, in the language of the command."""
    if not settings.configured:
        settings.configure(**SETTINGS)
        # As django.setup does, without what it loads for addresses of pages: a tenth of a second.
        apps.populate(settings.INSTALLED_APPS)
    translation.activate(language())
