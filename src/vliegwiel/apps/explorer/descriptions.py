"""Names and texts of documents in the language that is active now."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.science.caresystem import CareSystem, Text


def in_language(text: Text) -> str:
    """The text in the language that is active now."""
    return text.en if (get_language() or "nl").startswith("en") else text.nl


def in_active_language(texts: Mapping[str, str]) -> str:
    """The same for texts by language code."""
    return texts["en" if (get_language() or "nl").startswith("en") else "nl"]


def places_of(system: CareSystem) -> dict[str, str]:
    """The name of every place a youth can go to, in the active language."""
    names = {care_type.id: in_language(care_type.label) for care_type in system.care_types}
    return {**names, "base": _("the base provisions"), "out": _("out of care")}
