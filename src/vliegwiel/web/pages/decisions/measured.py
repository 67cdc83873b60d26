"""Measured sizes come into the model of a region, and into a scenario."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vliegwiel.apps.decisions import services
from vliegwiel.apps.explorer import DocumentRefused, sentences
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.one import line_of


@require_POST
@region_page("scenario.edit")
def learn(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Takes what was measured of an initiative into the model of the region."""
    line_of(region, pk)
    new = services.learn(initiative_id=pk, by=request.user)
    if new:
        words = ngettext(
            "%(number)d measured size is known to the model now.",
            "%(number)d measured sizes are known to the model now.",
            new,
        )
        messages.success(request, words % {"number": new})
    else:
        messages.info(request, _("There is nothing new for the model."))
    return redirect("initiative_decisions", region.slug, pk)


@require_POST
@region_page("scenario.edit")
def scenario(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Saves a scenario with measured sizes instead of judgements."""
    version = explorer.scenario_version(region, pk)
    if version is None:
        raise Http404
    try:
        saved = explorer_services.take_measured_sizes(source=version, by=request.user)
    except DocumentRefused as refused:
        for fault in refused.faults:
            messages.error(request, sentences.fault(fault))
        return redirect("explorer_scenario", region.slug, pk)
    messages.success(request, _("The scenario has the measured sizes now."))
    return redirect("explorer_scenario", region.slug, saved.pk)
