"""Why a free text is not kept, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.regions import Trace, traces_of
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.queries import municipalities_of

_KINDS: Mapping[Trace, str | Promise] = {
    Trace.NUMBER: gettext_lazy("a long number"),
    Trace.EMAIL: gettext_lazy("an e-mail address"),
    Trace.DATE: gettext_lazy("a date"),
    Trace.ADDRESS: gettext_lazy("an address"),
    Trace.NAME: gettext_lazy("what may be a name"),
}
_MOST_CHARACTERS = 2_000


def refusals(text: str, field: str, *, region: Region) -> dict[str, str]:
    """The sentence for a field with a text that could lead to a person; empty when it may be kept.

    It quotes what was found, so that who wrote it knows what to write otherwise.
    """
    if len(text) > _MOST_CHARACTERS:
        return {field: _("Use fewer words.")}
    found = traces_of(text, places=[place.name for place in municipalities_of(region)])
    if not found:
        return {}
    told = ", ".join(f"{_KINDS[kind]} (“{piece}”)" for kind, piece in found)
    sentence = _(
        "This text could lead to a person. It holds %(found)s. Leave it out or write it otherwise."
    )
    return {field: sentence % {"found": told}}
