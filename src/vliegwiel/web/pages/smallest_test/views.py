"""The smallest useful test: the question, how far the calculation is, and the answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.explorer import queries
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages import under_way
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import answers, asking

_RUNS = under_way.Runs(
    find=queries.smallest_test_run,
    address="smallest_test",
    template="smallest_test/run.html",
    not_again=gettext_lazy("This calculation is already under way or finished."),
)


@region_page("region.view", change="forecast.run", keeps_typed=True)
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
    found = _RUNS.found(region, pk)
    if found.status == "done" and not under_way.asks_for_part(request):
        page = answers.answer_page(found)
        return render(request, "smallest_test/answer.html", {"page": page})
    return _RUNS.progress(request, found)


@require_POST
@region_page("forecast.run")
def cancel(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    return _RUNS.cancel(request, pk)


@require_POST
@region_page("forecast.run")
def retry(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    return _RUNS.retry(request, pk)
