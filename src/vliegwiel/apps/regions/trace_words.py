"""What in a text could lead to a person, in words."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .free_text import Trace, traces_of

_KINDS: Mapping[Trace, str | Promise] = {
    Trace.NUMBER: _("a long number"),
    Trace.EMAIL: _("an e-mail address"),
    Trace.DATE: _("a date"),
    Trace.ADDRESS: _("an address"),
    Trace.NAME: _("what may be a name"),
}


def traces_in_words(text: str, *, places: Collection[str] = ()) -> str:
    """Every trace of a person with its piece of text, so that the writer knows what to change.

    Empty when there is none. `places` are names that may be there.
    """
    found = traces_of(text, places=places)
    return ", ".join(f"{_KINDS[kind]} (“{piece}”)" for kind, piece in found)
