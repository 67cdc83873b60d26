"""The insights of a region."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.agenda import queries as agenda
from vliegwiel.apps.continuity import queries as continuity
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.insights import PriorityRefused, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .forms import form_for
from .layout import layout_of
from .map_choice import MapForm, narrowed


@require_safe
@region_page("region.view")
def insights(request: RegionRequest, region: Any) -> HttpResponse:
    details = queries.insight_list(region)
    groups = [
        (
            label,
            [item for item in details if (item.priority.level if item.priority else "") == level],
        )
        for level, label in [*queries.priority_levels(), ("", _("No priority yet"))]
    ]
    context = {
        "groups": [(label, items) for label, items in groups if items],
        "map": queries.insight_map(region),
        "own": sum(item.is_own for item in details),
        "consultations": queries.consultations(region),
        "may_edit": rights.may(request.user, "insights.edit", region),
    }
    return render(request, "insights/list.html", context)


@require_safe
@region_page("region.view")
def insight_map(request: RegionRequest, region: Any) -> HttpResponse:
    """The map; which part of it is shown stands in the address."""
    every = queries.insight_list(region)
    form = MapForm(every, request.GET)
    shown = form.chosen(every)
    data = narrowed(queries.insight_map(region), shown)
    context = {
        "map": data,
        "layout": layout_of(data),
        "insights": shown,
        "count": len(every),
        "form": form,
    }
    return render(request, "insights/map.html", context)


@require_safe
@region_page("region.view")
def insight(request: RegionRequest, region: Any, number: int) -> HttpResponse:
    detail = queries.insight_detail(region, number)
    if detail is None:
        raise Http404
    may_edit = rights.may(request.user, "insights.edit", region)
    may_prioritise = rights.may(request.user, "insights.prioritise", region)
    context = {
        "insight": detail,
        "may_prioritise": may_prioritise,
        "may_edit": may_edit,
        "may_propose": rights.may(request.user, "initiatives.propose", region),
        "may_write": may_edit and detail.is_own,
        "earlier": queries.earlier_insights(detail.id) if detail.version > 1 else (),
        "reviewed": continuity.observations_of(detail.id),
        "on_agenda": agenda.items_of_insight(region, number),
        "running": initiatives.answering(region, number),
    }
    return render(request, "insights/detail.html", context)


@region_page("insights.prioritise", keeps_typed=True)
def priority(request: RegionRequest, region: Any, number: int) -> HttpResponse:
    detail = queries.insight_detail(region, number)
    if detail is None:
        raise Http404
    form = form_for(detail, typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_priority(insight_id=detail.id, by=request.user, **form.cleaned_data)
        except PriorityRefused as refused:
            form.refuse(refused.problems)
        else:
            messages.success(request, _("The decision was recorded; the earlier one is kept."))
            return redirect("insight", region.slug, number)
    return render(request, "insights/priority.html", {"insight": detail, "form": form})
