"""The pilots of a region, and the plan of one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from .finding import found_page
from .one import head_of
from .plan_page import plan_page


@require_safe
@region_page("region.view")
def listed(request: RegionRequest, region: Any) -> HttpResponse:
    """All pilots of the region that fit, in pages."""
    context = found_page(request, region)
    context["may_plan"] = rights.may(request.user, "pilots.edit", region)
    return render(request, "pilots/list.html", context)


@require_safe
@region_page("region.view")
def plan(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """The plan of a pilot, with what was done otherwise since it was registered."""
    context = head_of(request, region, pilot)
    context |= plan_page(region, context["pilot"], request.user)
    return render(request, "pilots/plan.html", context)
