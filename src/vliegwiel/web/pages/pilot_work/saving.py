"""What every form of the work on a pilot does: keep, or say why not, and lose nothing typed."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vliegwiel.apps.pilots import ChangedMeanwhile, PilotRefused
from vliegwiel.web.pages.initiatives.saving import InitiativeForm


def kept(request: HttpRequest, form: InitiativeForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent and kept; else the form says what stands in the way."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except PilotRefused as refused:
        form.refuse(refused.problems)
    except ChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Somebody else changed this risk meanwhile. Below the form stands what it is now. "
                "Send your text again if it must replace that."
            ),
        )
    else:
        return True
    return False
