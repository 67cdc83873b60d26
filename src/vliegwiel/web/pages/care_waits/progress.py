"""Figures that are not there yet: why, how far they are, and what can be done about it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.queries import worker_is_alive
from vliegwiel.apps.trajectories import queries
from vliegwiel.apps.trajectories.queries import Situation
from vliegwiel.web.pages.under_way import goes_first


@dataclass(frozen=True, slots=True)
class Waiting:
    """What `under_way/progress.html` shows, and what may be done."""

    run: object
    active: bool
    what: str
    left: str
    percent: int
    explanation: str
    waits_for_worker: bool
    can_cancel: bool
    can_order: bool


def waiting_for(found: Situation, *, may_work: bool) -> Waiting | None:
    """How far the figures are; None when there is nothing that they could be made of."""
    if found.known is None:
        return None
    snapshot = found.snapshot
    active = snapshot is not None and snapshot.ended_at is None
    return Waiting(
        run=snapshot,
        active=active,
        what=_what(found),
        left="",
        percent=snapshot.percent if snapshot else 0,
        explanation=_explanation(found),
        waits_for_worker=active and not worker_is_alive(),
        can_cancel=may_work and active,
        can_order=may_work and not active,
    )


def _what(found: Situation) -> str:
    snapshot = found.snapshot
    if snapshot is None or snapshot.ended_at is not None:
        return ""
    if snapshot.cancel_requested:
        return _("The calculation is being stopped.")
    ahead = queries.work_ahead(snapshot)
    if ahead:
        return goes_first(ahead)
    activities = {
        "reading": _("The messages are being read."),
        "deriving": _("Starts and stops are put with their assignments."),
        "waits": _("The waits are counted."),
        "protecting": _("Small counts are hidden."),
        "figures": _("The waiting times are calculated."),
        "trend": _("Who waited at the end of each month is counted."),
    }
    return activities.get(snapshot.activity, _("The calculation is about to start."))


def _explanation(found: Situation) -> str:
    snapshot = found.snapshot
    if snapshot is None:
        return _("The figures of this day have not been calculated yet.")
    reasons = {
        "": _("The calculation was stopped before it was finished. Nothing was kept."),
        "memory": _("There was too little memory."),
        "gave_up": _("The calculation stopped several times without finishing."),
    }
    return reasons.get(
        snapshot.error_code, _("Something went wrong in the program. Please report it.")
    )
