"""The initiatives of a region: board, list, palette, and one with all that belongs to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vliegwiel.apps.initiatives import queries
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from .finding import found_page
from .one import line_of
from .story import one_page


@require_safe
@region_page("region.view")
def board(request: RegionRequest, region: Any) -> HttpResponse:
    """Every stage with the initiatives that came there last, and the reviews that are due."""
    context = {
        "columns": queries.board(region),
        "due": queries.reviews_due(region, on=timezone.localdate()),
        "may_propose": rights.may(request.user, "initiatives.propose", region),
    }
    return render(request, "initiatives/board.html", context)


@require_safe
@region_page("region.view")
def listed(request: RegionRequest, region: Any) -> HttpResponse:
    """All initiatives of the region that fit, in pages."""
    context = found_page(request, region=region)
    context["may_propose"] = rights.may(request.user, "initiatives.propose", region)
    return render(request, "initiatives/list.html", context)


@require_safe
@region_page("initiatives.propose")
def palette(request: RegionRequest, region: Any) -> HttpResponse:
    """The proposals that ship, to start from."""
    return render(request, "initiatives/palette.html", {"palette": queries.palette()})


@require_safe
@region_page("region.view")
def initiative(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """One initiative, as a story from question to decision."""
    line = line_of(region, pk)
    return render(request, "initiatives/initiative.html", one_page(region, line, request.user))
