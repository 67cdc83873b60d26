"""The smallest useful test: the question, how far the calculation is, and the answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.explorer import StepRefused, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import answers, asking


@region_page("region.view", keeps_typed=True)
def ask(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """The form, and the answers that are there already."""
    version = queries.scenario_version(region, pk)
    if version is None:
        raise Http404
    form = asking.question_form(version, typed(request))
    if request.method == "POST" and form.is_valid():
        run = asking.start(form, version=version, by=request.user)
        if run is not None:
            return redirect("smallest_test", region.slug, run.pk)
    may_run = rights.may(request.user, "forecast.run", region)
    page = asking.ask_page(version, form=form, may_run=may_run)
    status = 422 if form.errors else 200
    return render(request, "smallest_test/ask.html", {"page": page}, status=status)


@require_safe
@region_page("region.view")
def run(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """How far the calculation is, or its answer."""
    found = _found(region, pk)
    if found.status == "done" and "HX-Request" not in request.headers:
        page = answers.answer_page(found)
        return render(request, "smallest_test/answer.html", {"page": page})
    may_run = rights.may(request.user, "forecast.run", region)
    progress = asking.progress_page(found, may_run=may_run)
    if "HX-Request" in request.headers:
        answer = render(request, "explorer/progress.html", {"page": progress})
        if progress.over:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "smallest_test/run.html", {"page": progress})


@require_POST
@region_page("forecast.run")
def cancel(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    services.cancel_run(run=_found(region, pk), by=request.user)
    return redirect("smallest_test", region.slug, pk)


@require_POST
@region_page("forecast.run")
def retry(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    try:
        again = services.retry(run=_found(region, pk), by=request.user)
    except StepRefused:
        messages.info(request, _("This calculation is already under way or finished."))
        return redirect("smallest_test", region.slug, pk)
    return redirect("smallest_test", region.slug, again.pk)


def _found(region: Any, pk: int) -> Any:
    found = queries.smallest_test_run(region, pk)
    if found is None:
        raise Http404
    return found
