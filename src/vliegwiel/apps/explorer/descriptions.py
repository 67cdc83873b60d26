"""A scenario in words: what changes, how much, where and when."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.science.caresystem import CareSystem, Intervention, Text, entries


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


def intervention(item: Intervention, system: CareSystem) -> str:
    """What one intervention changes, without its size."""
    labels = {entry.address: entry.label for entry in entries(system)}
    what = in_language(labels[item.target])
    if item.operation == "move" and item.to is not None:
        to = places_of(system).get(item.to, item.to)
        return _("%(what)s – part goes to %(to)s instead") % {"what": what, "to": to}
    if item.operation == "set":
        return _("%(what)s – becomes") % {"what": what}
    return what
