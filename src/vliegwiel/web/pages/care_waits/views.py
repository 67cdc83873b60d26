"""Waiting times from care messages: how long, and who waits."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.under_way import asks_for_part

from . import blocks, words
from .asking import Asked, ChoiceForm, asked_of
from .progress import waiting_for


@require_safe
@region_page("region.view")
def waits(request: RegionRequest, region: Any) -> HttpResponse:
    """How long youths wait, split in one way and by one clock."""
    asked = asked_of(request, region)
    if asked.overview is None:
        return not_there(request, asked)
    context = {
        "asked": asked,
        "form": ChoiceForm(asked),
        "clock": words.CLOCKS[asked.clock],
        "blocks": [
            blocks.table_block(region, asked, asked.overview),
            blocks.clocks_block(asked, asked.overview),
        ],
    }
    return render(request, "care_waits/waits.html", context)


@require_safe
@region_page("region.view")
def listed(request: RegionRequest, region: Any) -> HttpResponse:
    """Who waits, in numbers, and how that was in the months before."""
    asked = asked_of(request, region)
    if asked.overview is None:
        return not_there(request, asked)
    context = {
        "asked": asked,
        "now": asked.overview.now,
        "figure": blocks.list_block(region, asked, asked.overview),
    }
    return render(request, "care_waits/list.html", context)


def not_there(request: RegionRequest, asked: Asked, *, onward: str = "") -> HttpResponse:
    """The page for figures that are not there: how far they are, or what to do.

    `onward` is the part of these pages that asked for them, when it is another than the first.
    """
    page = waiting_for(asked.situation, may_work=asked.may_work)
    context = {"asked": asked, "page": page, "onward": onward}
    if page is None or not asks_for_part(request):
        return render(request, "care_waits/not_there.html", context)
    answer = render(request, "under_way/progress.html", context)
    if not page.active:
        answer.headers["HX-Refresh"] = "true"
    return answer
