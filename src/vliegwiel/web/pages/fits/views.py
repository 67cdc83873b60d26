"""Fitting a care system to the messages of a region: asking, how far it is, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.explorer import NothingToFit, StepRefused, queries, services
from vliegwiel.apps.intake.queries import intake_state
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.under_way import asks_for_part

from .progress import fitting_page
from .results import result_page


@region_page("care_data.view")
def overview(request: RegionRequest, region: Any) -> HttpResponse:
    """What it is, the button, and the fits that there are."""
    if request.method == "POST":
        try:
            run = services.start_fit(region=region, by=request.user)
        except NothingToFit as error:
            messages.error(request, str(error))
        else:
            return redirect("fit", region.slug, run.pk)
    state = intake_state(region)
    context = {"state": state, "fits": queries.fits(region)}
    return render(request, "fits/overview.html", context)


@require_safe
@region_page("care_data.view")
def fit(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """How far it is, or what came of it."""
    run = _found(region, pk)
    part = asks_for_part(request)
    if run.status == "done" and not part:
        may_keep = rights.may(request.user, "care_system.load", region)
        changed = run.state != intake_state(region).mark
        result = result_page(run, changed=changed, may_keep=may_keep)
        return render(request, "fits/result.html", {"page": result})
    page = fitting_page(run)
    template = "under_way/progress.html" if part else "fits/run.html"
    answer = render(request, template, {"page": page})
    if part and not page.active:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@region_page("care_data.view")
def cancel(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Stops the fit."""
    services.cancel_fit(fit=_found(region, pk), by=request.user)
    return redirect("fit", region.slug, pk)


@require_POST
@region_page("care_system.load")
def keep(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Makes it the care system of the region, for scenarios to come."""
    try:
        services.keep_fit(fit=_found(region, pk), by=request.user)
    except StepRefused as error:
        raise Http404 from error
    messages.success(
        request, _("This is now the model of the region. Scenarios that you save use it from now.")
    )
    return redirect("fit", region.slug, pk)


def _found(region: Any, pk: int) -> Any:
    run = queries.fit(region, pk)
    if run is None:
        raise Http404
    return run
