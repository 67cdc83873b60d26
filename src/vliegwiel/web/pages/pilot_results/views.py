"""The result of a pilot."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.pilots.one import head_of

from .outcomes import result_page


@require_safe
@region_page("region.view")
def result(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Every outcome: the sentence first, then what may be done, the pictures and the checks."""
    head = head_of(request, region, pilot)
    context = {**head, **result_page(region, head["pilot"])}
    return render(request, "pilot_results/result.html", context)
