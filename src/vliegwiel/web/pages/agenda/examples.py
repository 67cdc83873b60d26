"""Agendas of other regions: look at one, and start from it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from vliegwiel.apps.agenda import queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web import notation
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks


@require_safe
@region_page("region.view")
def overview(request: RegionRequest, region: Any) -> HttpResponse:
    """Every example with what it holds."""
    context = {"examples": queries.examples(), "place": region}
    return render(request, "agenda/examples.html", context)


@region_page("region.view")
def one(request: RegionRequest, region: Any, key: str) -> HttpResponse:
    """One example whole; pressing the button copies it to the draft."""
    found = queries.example(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        added = services.start_from_example(region=region, key=key, by=request.user)
        _tell(request, added)
        return redirect("agenda_draft", region.slug)
    context = {
        "place": region,
        "example": found,
        "agenda": found.agenda,
        "planning": blocks.planning_block(found.agenda, mark="example"),
        "elements": blocks.element_table(found.agenda),
        "may_edit": rights.may(request.user, "agenda.edit", region),
    }
    return render(request, "agenda/example.html", context)


def _tell(request: RegionRequest, added: int) -> None:
    if not added:
        messages.info(request, _("All of this example stood in your draft already."))
        return
    words = ngettext(
        "%(n)s part was copied to your draft. Change it as you like.",
        "%(n)s parts were copied to your draft. Change them as you like.",
        added,
    )
    messages.success(request, words % {"n": notation.number(added)})
