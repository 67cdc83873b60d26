"""A fit that is not done: what is being done, or why nothing came of it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.statuses import ACTIVE, Status
from vliegwiel.web.pages.under_way import goes_first


@dataclass(frozen=True, slots=True)
class FittingPage:
    """What `under_way/progress.html` shows, and what may be done."""

    run: Any
    active: bool
    what: str
    percent: int
    explanation: str
    waits_for_worker: bool
    can_cancel: bool
    left: str = ""


def fitting_page(run: Any) -> FittingPage:
    """How the fit stands at this moment, in words."""
    active = run.status in ACTIVE
    return FittingPage(
        run=run,
        active=active,
        what=_what(run) if active else "",
        percent=run.percent,
        explanation="" if active else _explanation(run),
        waits_for_worker=active and not queries.worker_is_alive(),
        can_cancel=active and not run.cancel_requested,
    )


def _what(run: Any) -> str:
    if run.cancel_requested:
        return _("The calculation is being stopped.")
    ahead = queries.fits_ahead(run)
    if run.status == Status.QUEUED and ahead:
        return goes_first(ahead)
    activities = {
        "reading": _("The messages are being read."),
        "deriving": _("Starts and stops are put with their assignments."),
        "fitting": _("The numbers of the model are estimated."),
        "testing": _("The model forecasts the months that were held back."),
    }
    return activities.get(run.activity, _("The calculation is about to start."))


def _explanation(run: Any) -> str:
    if run.status == Status.CANCELLED:
        return _("The calculation was stopped before it was finished. Nothing was kept.")
    reasons = {
        "messages": _("There are no care messages of this region any more."),
        "months": _(
            "The messages are about too few months: at least half a year must be known from "
            "beginning to end. Deliver older messages too, or wait some months."
        ),
        "background": _(
            "The region has no care system yet from which names, prices and the norm can come. "
            "Load one first."
        ),
        "does_not_fit": _("No model can be made of these messages: they hold too few youths."),
        "memory": _("There was too little memory."),
        "gave_up": _("The calculation stopped several times without finishing."),
    }
    return reasons.get(run.error_code, _("Something went wrong in the program. Please report it."))
