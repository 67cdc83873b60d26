"""Start page, region home and the pages about the site."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from vliegwiel.apps.regions import queries, services
from vliegwiel.web.pages.access import RegionRequest, region_page

from .overview import overview_of
from .ring import ring_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who works in one region goes there at once; others choose, visitors read what this is."""
    mine = queries.regions_of(request.user)
    if len(mine) == 1:
        return redirect("region_home", mine[0].slug)
    if request.user.is_authenticated:
        return render(request, "home/regions.html", {"regions": mine})
    return render(
        request, "home/start.html", {"regions": queries.regions_in_use(), "ring": ring_of()}
    )


@require_safe
@region_page("region.view")
def region_home(request: RegionRequest, region: Any) -> HttpResponse:
    overview = overview_of(region, by=request.user, since=request.user.last_seen_home)
    services.note_visit(user=request.user)
    ring = ring_of(region.slug, overview.counts)
    return render(request, "home/region.html", {"overview": overview, "ring": ring})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")
