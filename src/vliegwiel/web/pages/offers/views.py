"""Offers of help: the finder, one offer, the gaps in cover, and stated beside measured."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vliegwiel.apps.offers import queries
from vliegwiel.apps.offers.queries import OfferWanted
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks, words
from .forms import FinderForm

_PER_PAGE = 20


@require_safe
@region_page("region.view")
def finder(request: RegionRequest, region: Any) -> HttpResponse:
    """Which offers fit, and how long the wait is; what was asked for is not kept."""
    form = FinderForm(request.GET or None, region=region)
    wanted = form.wanted() if form.is_bound else OfferWanted()
    found = queries.find_offers(region, wanted, on=timezone.localdate())
    asked = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = {
        "form": form,
        "is_narrowed": wanted != OfferWanted(),
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "query": f"{urlencode(asked)}&" if asked else "",
        "mark": queries.register_mark(found),
        "may_edit": rights.may(request.user, "offers.edit", region),
    }
    return render(request, "offers/finder.html", context)


@require_safe
@region_page("region.view")
def offer(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """One offer, with what was said of it before."""
    detail = queries.offer_detail(region, pk)
    if detail is None:
        raise Http404
    may_edit = rights.may(request.user, "offers.edit", region)
    context = {"detail": detail, "line": detail.line, "mark": detail.line.mark}
    return render(request, "offers/offer.html", {**context, "may_edit": may_edit})


@require_safe
@region_page("region.view")
def cover(request: RegionRequest, region: Any) -> HttpResponse:
    """Which forms are covered in which municipality."""
    found = queries.covering(region, on=timezone.localdate())
    is_empty = not any(cell.offers for row in found.rows for cell in row.cells)
    context = {
        "figure": None if is_empty else blocks.cover_block(region, found),
        "mark": found.mark,
        "may_edit": rights.may(request.user, "offers.edit", region),
    }
    return render(request, "offers/cover.html", context)


@require_safe
@region_page("region.view")
def compare(request: RegionRequest, region: Any) -> HttpResponse:
    """What providers say of their waits, beside what messages say."""
    found = queries.stated_beside_measured(region, on=timezone.localdate())
    figures = [blocks.compare_block(region, found)] if found.rows else []
    has_measured_forms = any(row.measured is not None for row in found.forms)
    if figures and has_measured_forms:
        figures.insert(0, blocks.forms_block(found))
    if found.published:
        figures.append(blocks.published_block(found))
    context = {
        "figures": figures,
        "has_measured_forms": has_measured_forms,
        "found": found,
        "reasons": words.REASONS.values(),
        "mark": found.mark,
        "may_edit": rights.may(request.user, "offers.edit", region),
    }
    return render(request, "offers/compare.html", context)
