"""For who may see care data: the work list, contracts and extensions, and asking for figures."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.trajectories import NoSuchDay, queries, services
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import words
from .analysis_blocks import extensions_block, waves_block
from .asking import asked_of
from .tables import late_table, lost_table
from .views import not_there

_ROWS_PER_PAGE = 50


@require_safe
@region_page("care_data.view")
def analysis(request: RegionRequest, region: Any) -> HttpResponse:
    """Assignments without a sign of life, and what explains the waiting times."""
    asked = asked_of(request, region)
    found = queries.analysis(asked.situation)
    if found is None:
        return not_there(request, asked)
    names = words.Names(region)
    page = Paginator(found.lost, _ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "found": found,
        "page": page,
        "lost": lost_table(names, list(page)),
        "waves": waves_block(region, asked, found.waves),
        "extensions": extensions_block(region, asked, found.extensions),
        "late": late_table(found.late),
    }
    return render(request, "care_waits/analysis.html", context)


@require_POST
@region_page("care_data.view")
def order(request: RegionRequest, region: Any) -> HttpResponse:
    """Asks for the figures of a day."""
    try:
        known = date.fromisoformat(request.POST.get("bekend", ""))
        services.order(region=region, known=known, by=request.user)
    except (ValueError, NoSuchDay) as error:
        raise Http404 from error
    onward = "care_regulation" if request.POST.get("verder") == "regeling" else "care_waits"
    return redirect(f"{reverse(onward, args=[region.slug])}?bekend={known.isoformat()}")


@require_POST
@region_page("care_data.view")
def cancel(request: RegionRequest, region: Any) -> HttpResponse:
    """Stops the calculation of the figures of a day."""
    try:
        known = date.fromisoformat(request.POST.get("bekend", ""))
    except ValueError as error:
        raise Http404 from error
    snapshot = queries.situation(region, known).snapshot
    if snapshot is None:
        raise Http404
    services.cancel(snapshot=snapshot, by=request.user)
    return redirect(f"{reverse('care_waits', args=[region.slug])}?bekend={known.isoformat()}")
