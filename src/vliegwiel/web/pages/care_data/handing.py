"""Files that are being read: how far that is, stopping it, and where it leads when it is over."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.intake import DeliveryRefused, queries, services
from vliegwiel.apps.intake.queries import HandoverInfo
from vliegwiel.apps.regions import rights
from vliegwiel.web import notation
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.under_way import asks_for_part, time_left

_STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class _Run:
    """What `under_way/progress.html` asks of a run that is over."""

    status: str
    get_status_display: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """What `under_way/progress.html` shows of files that are being read."""

    run: _Run
    active: bool
    what: str
    left: str
    percent: int
    explanation: str
    can_cancel: bool
    waits_for_worker: bool = False


@require_safe
@region_page("care_data.view")
def reading(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """How far it is; when something came of it, the page of the delivery."""
    found = queries.handover(region, pk)
    if found is None:
        raise Http404
    part = asks_for_part(request)
    if found.delivery_id is not None and not part:
        _tell(request, found)
        return redirect("care_delivery", region.slug, found.delivery_id)
    context = {"found": found, "page": _page(request, region, found)}
    answer = render(request, _template(part=part), context)
    if part and not found.active:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@region_page("care_data.deliver")
def stop(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Stops reading; nothing is kept then."""
    services.stop_handover(handover_id=pk, region=region, by=request.user)
    return redirect("care_reading", region.slug, pk)


def _template(*, part: bool) -> str:
    return "under_way/progress.html" if part else "care_data/reading.html"


def _page(request: RegionRequest, region: Any, found: HandoverInfo) -> ReadingPage:
    may = rights.may(request.user, "care_data.deliver", region)
    return ReadingPage(
        run=_Run(found.status.value, str(found.status.label)),
        active=found.active,
        what=_what(found),
        left=time_left(found.seconds_left),
        percent=found.percent,
        explanation=_explanation(found),
        can_cancel=may and found.active and not found.stopping,
    )


def _what(found: HandoverInfo) -> str:
    if found.stopping:
        return _("The delivery is being stopped.")
    if not found.messages:
        return _("The files are being opened.")
    words = ngettext("%(n)s message read", "%(n)s messages read", found.messages)
    return words % {"n": notation.number(found.messages)}


def _explanation(found: HandoverInfo) -> str:
    if found.active:
        return ""
    if found.status.value == _STOPPED:
        return _("The delivery was stopped. Nothing of it was kept.")
    reasons = {
        "": _("What was delivered has been removed since."),
        "busy": _("Another delivery or removal in this region is going on. Try again in a moment."),
        "key_changed": _(
            "The key of pseudonyms is not the one with which the data of this region were "
            "made. Put the old key back, or remove all deliveries of the region first."
        ),
        "key_unusable": _(
            "The key of pseudonyms cannot be used. Ask who manages this site to look at it."
        ),
        "does_not_fit": _(
            "What was read cannot be kept: it breaks a rule of the tables. Nothing was kept."
        ),
        "memory": _("There was too little memory. Deliver fewer files at once."),
        "lost": _(
            "The site was started again while it read the files, which it keeps nowhere. Send them "
            "once more: what was kept already is not kept twice."
        ),
    }
    return reasons.get(
        found.error_code, _("Something went wrong in the program. Please report it.")
    )


def _tell(request: RegionRequest, found: HandoverInfo) -> None:
    """What came of it, above the page of the delivery."""
    if not found.outcome:
        messages.error(request, str(DeliveryRefused(0, ())))
    elif not found.outcome["was_new"]:
        messages.info(request, _("These files had been delivered before. Nothing changed."))
    else:
        new, known = found.outcome["new"], found.outcome["known"]
        text = ngettext(
            "%(n)s new message was kept; %(known)s were known.",
            "%(n)s new messages were kept; %(known)s were known.",
            new,
        )
        numbers = {"n": notation.number(new), "known": notation.number(known)}
        messages.success(request, text % numbers)
