"""Chooses between the two languages of a text that is data."""

from django.utils.translation import get_language


def in_language(*, nl: str, en: str) -> str:
    """The Dutch text, or the English one where the reader's language is English."""
    return en if (get_language() or "nl").startswith("en") else nl
