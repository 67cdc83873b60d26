"""What a part of the loop will be, said plainly while it is not there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.web import loop
from vliegwiel.web.pages.access import RegionRequest, region_page

from .coming import COMING


@require_safe
@region_page("region.view")
def coming_part(request: RegionRequest, region: Any, part: str) -> HttpResponse:
    found = loop.part_by_path(part)
    assert found is not None, "the address only fits parts that exist"
    return render(request, "loop/coming.html", {"part": found, "coming": COMING[found.key]})
