"""Why a free text is not kept, in words."""

from django.utils.translation import gettext as _

from vliegwiel.apps.regions import traces_in_words
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.queries import municipalities_of

_MOST_CHARACTERS = 2_000


def refusals(text: str, field: str, *, region: Region) -> dict[str, str]:
    """The sentence for a field with a text that could lead to a person; empty when it may be kept.

    It quotes what was found, so that who wrote it knows what to write otherwise.
    """
    if len(text) > _MOST_CHARACTERS:
        return {field: _("Use fewer words.")}
    found = traces_in_words(text, places=[place.name for place in municipalities_of(region)])
    if not found:
        return {}
    sentence = _(
        "This text could lead to a person. It holds %(found)s. Leave it out or write it otherwise."
    )
    return {field: sentence % {"found": found}}
