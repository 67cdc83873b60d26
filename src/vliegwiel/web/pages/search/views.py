"""The page with what was found."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.web.pages.access import RegionRequest, region_page

from .places import search

_LONGEST = 200


@require_safe
@region_page("region.view")
def results(request: RegionRequest, region: Any) -> HttpResponse:
    """What holds the words of the address; nothing of a search is kept."""
    text = request.GET.get("woorden", "").strip()[:_LONGEST]
    groups = search(request.user, region, text)
    context = {
        "sought": text,
        "groups": groups,
        "total": sum(group.total for group in groups),
        "too_many": any(group.too_many for group in groups),
    }
    return render(request, "search/results.html", context)
