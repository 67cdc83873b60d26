"""All pilots of a region beside each other, and the assessment framework of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.pilots import FrameworkMissing, queries, services
from vliegwiel.apps.pilots.queries import PilotsWanted
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.pilots.one import pilot_in

#: Columns that a screen still holds; the others are on a next page.
_PER_PAGE = 8


@require_safe
@region_page("region.view")
def page(request: RegionRequest, region: Any) -> HttpResponse:
    """Over the thirteen ingredients: how each pilot stands, what was learned, and what waits."""
    today = timezone.localdate()
    rows = queries.find_pilots(region, PilotsWanted(), today=today)
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    found = queries.beside(region, [one.id for one in shown.object_list])
    crumbs = [(_("Pilots"), reverse("pilots", args=[region.slug])), (_("Beside each other"), "")]
    context = {"page": shown, "found": found, "today": today, "crumbs": crumbs}
    return render(request, "pilot_work/beside.html", context)


@require_POST
@region_page("pilots.edit")
def open_framework(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Opens the framework of a pilot and goes to where it is filled in."""
    pilot_in(region, pilot)
    try:
        services.open_framework(pilot_id=pilot, by=request.user)
    except FrameworkMissing:
        messages.error(request, _("The instruments that ship are not loaded on this site."))
        return redirect("pilot_work", region.slug, pilot)
    line = queries.framework_of(pilot)
    assert line is not None, "it was just opened"
    return redirect("invited", line.invite)
