"""Exploring: scenarios, the care system they change, and forecasts of what they would do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.explorer import queries, services
from vliegwiel.apps.explorer.limits import DEFAULTS
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages import under_way
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import comparisons, origins, overviews, results
from .saving import moved_ranges, save_and_start, scenario_form

_RUNS = under_way.Runs(
    find=queries.run,
    address="explorer_run",
    template="explorer/run.html",
    not_again=gettext_lazy("This forecast is already under way or finished."),
)


@require_safe
@region_page("region.view")
def overview(request: RegionRequest, region: Any) -> HttpResponse:
    may_run = rights.may(request.user, "forecast.run", region)
    page = overviews.overview(region, may_run=may_run, page=request.GET.get("page"))
    may_fit = rights.may(request.user, "care_data.view", region)
    return render(request, "explorer/overview.html", {"page": page, "may_fit": may_fit})


@require_safe
@region_page("region.view")
def care_system(request: RegionRequest, region: Any) -> HttpResponse:
    version = queries.newest_care_system(region)
    if version is None:
        return redirect("explorer", region.slug)
    page = origins.care_system_page(version, request.GET)
    return render(request, "explorer/care_system.html", {"page": page})


@require_safe
@region_page("region.view")
def compare(request: RegionRequest, region: Any) -> HttpResponse:
    """Two to five finished forecasts beside each other; without them, the choice."""
    page = comparisons.comparison_page(region, request.GET)
    return render(request, "explorer/comparison.html", {"page": page})


@region_page("region.view", change="scenario.edit", keeps_typed=True)
def scenario(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """The scenario and, for who may change it, the form: sent to this address, saved and run."""
    version = queries.scenario_version(region, pk)
    if version is None:
        raise Http404
    form = scenario_form(version, typed(request))
    if request.method == "POST" and form.is_valid():
        run = save_and_start(form, source=version, by=request.user)
        if run is not None:
            if moved := moved_ranges(form):
                messages.info(request, moved)
            return redirect("explorer_run", region.slug, run.pk)
    may_change = rights.may(request.user, "scenario.edit", region)
    page = overviews.scenario_page(version, form=form, may_change=may_change)
    return render(
        request, "explorer/scenario.html", {"page": page}, status=422 if form.errors else 200
    )


@require_POST
@region_page("forecast.run")
def start(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Runs the scenario as it is, with the usual settings."""
    version = queries.scenario_version(region, pk)
    if version is None:
        raise Http404
    run = services.start_run(scenario=version, by=request.user, **DEFAULTS)
    return redirect("explorer_run", region.slug, run.pk)


@require_safe
@region_page("region.view")
def run(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """How far the forecast is, or what came out of it."""
    found = _RUNS.found(region, pk)
    if found.status == "done" and not under_way.asks_for_part(request):
        page = results.result_page(found, request.GET)
        return render(request, "explorer/result.html", {"page": page})
    return _RUNS.progress(request, found)


@require_POST
@region_page("forecast.run")
def cancel(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    return _RUNS.cancel(request, pk)


@require_POST
@region_page("forecast.run")
def retry(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    return _RUNS.retry(request, pk)
