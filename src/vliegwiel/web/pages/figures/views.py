"""Regional figures, and what providers publish about waiting."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.apps.figures import queries
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks, waiting_blocks
from .forms import FigureChoiceForm, WaitingFilterForm

_OFFERS_PER_PAGE = 20


@require_safe
@region_page("region.view")
def figures(request: RegionRequest, region: Any) -> HttpResponse:
    choices = queries.figure_choices(region)
    form = FigureChoiceForm(request.GET or {}, choices=choices)
    year, care_form = form.wanted()
    context = {
        "key_figures": queries.key_figures(region),
        "form": form if len(choices.years) > 1 else None,
        "blocks": blocks.blocks_of(region, year=year, care_form=care_form),
        "delivery": queries.latest_delivery(region),
        "may_see_care_data": rights.may(request.user, "care_data.view", region),
    }
    return render(request, "figures/figures.html", context)


@require_safe
@region_page("region.view")
def waiting_times(request: RegionRequest, region: Any) -> HttpResponse:
    delivery = queries.latest_delivery(region)
    may_deliver = rights.may(request.user, "waiting_times.deliver", region)
    if delivery is None:
        return render(request, "figures/no_waiting_times.html", {"may_deliver": may_deliver})
    form = WaitingFilterForm(request.GET or None, choices=queries.waiting_choices(region))
    wanted = form.wanted() if form.is_bound else queries.WaitingFilter()
    summary = queries.waiting_summary(region, wanted)
    offers = queries.stated_waiting_times(region, wanted)
    query = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = {
        "delivery": delivery,
        "form": form,
        "is_narrowed": wanted != queries.WaitingFilter(),
        "blocks": waiting_blocks.blocks_of(region, summary, delivery, kind=wanted.kind),
        "change": queries.change_since_previous(region, wanted),
        "page": Paginator(offers, _OFFERS_PER_PAGE).get_page(request.GET.get("page")),
        "query": f"{urlencode(query)}&" if query else "",
        "may_deliver": may_deliver,
    }
    return render(request, "figures/waiting_times.html", context)
