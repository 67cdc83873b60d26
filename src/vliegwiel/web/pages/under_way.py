"""A run that is not finished: what is being done, how long still, what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import StepRefused, descriptions, queries, services
from vliegwiel.apps.explorer.statuses import ACTIVE, Status
from vliegwiel.apps.regions import rights
from vliegwiel.web import notation
from vliegwiel.web.pages.access import RegionRequest

_SECONDS_A_MINUTE = 60
_MOST_SECONDS = 90


@dataclass(frozen=True, slots=True)
class ProgressPage:
    run: Any
    title: str
    what: str
    left: str
    percent: int
    active: bool
    over: bool
    can_cancel: bool
    can_retry: bool
    waits_for_worker: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one kind: how a page finds one, shows how far it is, stops it and tries it again.

    `address` is the name of the page of a run in the addresses; `template` shows how far it is, and
    `not_again` says that a run cannot be tried again now.
    """

    find: Callable[[Any, int], Any]
    address: str
    template: str
    not_again: str | Promise

    def found(self, region: Any, pk: int) -> Any:
        """The run; raises Http404 when the region has none of this kind with this number."""
        run = self.find(region, pk)
        if run is None:
            raise Http404
        return run

    def progress(self, request: RegionRequest, run: Any) -> HttpResponse:
        """How far it is: the page, or for its script the part that changes."""
        page = progress_page(run, may_run=rights.may(request.user, "forecast.run", request.region))
        if not asks_for_part(request):
            return render(request, self.template, {"page": page})
        answer = render(request, "under_way/progress.html", {"page": page})
        if page.over:
            answer.headers["HX-Refresh"] = "true"
        return answer

    def cancel(self, request: RegionRequest, pk: int) -> HttpResponse:
        services.cancel_run(run=self.found(request.region, pk), by=request.user)
        return self._shown(request, pk)

    def retry(self, request: RegionRequest, pk: int) -> HttpResponse:
        try:
            again = services.retry(run=self.found(request.region, pk), by=request.user)
        except StepRefused:
            messages.info(request, str(self.not_again))
            return self._shown(request, pk)
        return self._shown(request, again.pk)

    def _shown(self, request: RegionRequest, pk: int) -> HttpResponse:
        return redirect(self.address, request.region.slug, pk)


def asks_for_part(request: RegionRequest) -> bool:
    """Whether the script of the page asks how far it is, and not a browser for the page."""
    return "HX-Request" in request.headers


def progress_page(run: Any, *, may_run: bool) -> ProgressPage:
    """How the run stands at this moment, in words."""
    progress = queries.progress(run)
    active = run.status in ACTIVE
    return ProgressPage(
        run=run,
        title=descriptions.in_language(queries.scenario(run.scenario).title),
        what=_what(progress),
        left=time_left(progress.seconds_left),
        percent=progress.percent,
        active=active,
        over=not active,
        can_cancel=may_run and active and not progress.cancelling,
        can_retry=may_run and run.status in (Status.CANCELLED, Status.FAILED),
        waits_for_worker=progress.waits_for_worker,
        explanation=_explanation(run),
    )


def _what(progress: queries.Progress) -> str:
    run = progress.run
    if progress.cancelling:
        return _("The calculation is being stopped.")
    if run.status == Status.QUEUED:
        if not progress.ahead:
            return _("The calculation is about to start.")
        return goes_first(progress.ahead)
    activities = {
        "preparing": _("The model is being made ready."),
        "forecast": _(
            "The coming years are simulated youth by youth, with and without the change."
        ),
        "queue": _("Who waits at the start is followed through the model."),
        "pilots": _("Pilots are simulated, with and without the change."),
        "sensitivity": _("We look which assumptions matter most."),
        "summarising": _("The outcomes are put in order."),
    }
    return activities.get(run.activity, "")


def goes_first(ahead: int) -> str:
    """How many calculations the worker does before this one."""
    return ngettext(
        "One calculation goes first, then this one.",
        "%(count)s calculations go first, then this one.",
        ahead,
    ) % {"count": notation.number(ahead)}


def time_left(seconds: float | None) -> str:
    """How long it still takes, rounded as a guess is; empty when nobody knows."""
    if seconds is None:
        return ""
    if seconds < _MOST_SECONDS:
        rounded = max(5, 5 * round(seconds / 5))
        return _("About %(count)s seconds left") % {"count": notation.number(rounded)}
    minutes = round(seconds / _SECONDS_A_MINUTE)
    return ngettext("About %(count)s minute left", "About %(count)s minutes left", minutes) % {
        "count": notation.number(minutes)
    }


def _explanation(run: Any) -> str:
    if run.status == Status.CANCELLED:
        return _("The calculation was stopped before it was finished. Nothing was kept.")
    if run.status != Status.FAILED:
        return ""
    reasons = {
        "document": _("The scenario does not fit the care system. Change it and try again."),
        "check": _(
            "The outcome broke a law that every outcome must obey, so we do not show it. "
            "Please report this: it is a fault in the program."
        ),
        "memory": _("There was too little memory. Try fewer repetitions or months."),
        "gave_up": _("The calculation stopped several times without finishing."),
    }
    return reasons.get(run.error_code, _("Something went wrong in the program. Please report it."))
