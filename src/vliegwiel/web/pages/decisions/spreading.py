"""What was tried and proven anywhere, to take over; and what was learned where it stopped."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.apps.decisions import queries
from vliegwiel.apps.decisions.queries import Tried
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import effects

_PER_PAGE = 10


@require_safe
@region_page("region.view")
def spread(request: RegionRequest, region: Any) -> HttpResponse:
    """Every initiative with evidence that the region may see, hard evidence first."""
    found = queries.tried(region)
    page: Page[Tried] = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "blocks": [
            (one, effects.sentence(one), effects.figure(one), _hard(one))
            for one in page.object_list
        ],
        "lessons": queries.lessons(region),
        "may_adopt": rights.may(request.user, "initiatives.propose", region),
    }
    return render(request, "decisions/spread.html", context)


def _hard(one: Tried) -> int:
    """In how many regions there is hard evidence."""
    return sum(effect.verdict == "hard" for effect in one.effects)
