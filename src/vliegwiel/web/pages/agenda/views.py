"""What was published: for everybody the newest version, for the region every version."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vliegwiel.apps.agenda import queries
from vliegwiel.apps.agenda.queries import Published
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks
from .access import open_page


@require_safe
@open_page
def newest(request: HttpRequest, region: Any) -> HttpResponse:
    """The newest published version, for everybody."""
    found = queries.newest_published(region)
    is_member = rights.may(request.user, "region.view", region)
    context = {
        "place": region,
        "is_member": is_member,
        "may_edit": rights.may(request.user, "agenda.edit", region),
        "draft": queries.draft_of(region) if is_member else None,
        **_shown(found, reverse("agenda_csv", args=[region.slug])),
    }
    return render(request, "agenda/published.html", context)


@require_safe
@open_page
def partners(request: HttpRequest, region: Any) -> HttpResponse:
    """Who takes part in which shared task of the newest version, and what each brings."""
    found = queries.newest_published(region)
    everybody = queries.partners_of(found.agenda) if found else []
    chosen = request.GET.get("partner", "")
    context = {
        "place": region,
        "is_member": rights.may(request.user, "region.view", region),
        "published": found,
        "names": [partner.name for partner in everybody],
        "chosen": chosen,
        "partners": [partner for partner in everybody if not chosen or partner.name == chosen],
        "suggested": initiatives.suggested_partners(region, request.user),
    }
    return render(request, "agenda/partners.html", context)


@require_safe
@region_page("region.view")
def versions(request: RegionRequest, region: Any) -> HttpResponse:
    """Every version, and a form to put two of them side by side."""
    found = queries.versions(region)
    return render(request, "agenda/versions.html", {"versions": found, "place": region})


@require_safe
@region_page("region.view")
def version(request: RegionRequest, region: Any, number: int) -> HttpResponse:
    """One version as it was published."""
    found = queries.published(region, number)
    if found is None:
        raise Http404
    context = {"place": region, "is_member": True, "is_past": True, **_shown(found)}
    return render(request, "agenda/published.html", context)


@require_safe
@region_page("region.view")
def comparison(request: RegionRequest, region: Any) -> HttpResponse:
    """Two versions side by side; without a choice the newest and the one before it."""
    numbers = [line.number for line in queries.versions(region)]
    after = _number(request, "tot", numbers, 0)
    before = _number(request, "van", numbers, numbers.index(after) + 1 if after else 0)
    if after is None or before is None:
        raise Http404
    old, new = queries.published(region, before), queries.published(region, after)
    assert old is not None, "the number is in the list"
    assert new is not None, "the number is in the list"
    context = {
        "place": region,
        "versions": queries.versions(region),
        "old": old,
        "new": new,
        "found": queries.compare_versions(old, new),
        "mark": new.line.mark or old.line.mark,
    }
    return render(request, "agenda/comparison.html", context)


def _number(request: HttpRequest, name: str, numbers: list[int], usual: int) -> int | None:
    """The version that was asked for; else the one at a place in the list, or its last."""
    asked = request.GET.get(name, "")
    if asked.isdecimal() and len(asked) < 7 and int(asked) in numbers:
        return int(asked)
    if asked or not numbers:
        return None
    return numbers[min(usual, len(numbers) - 1)]


def _shown(found: Published | None, csv_url: str = "") -> dict[str, Any]:
    """What the page of a version needs."""
    if found is None:
        return {"published": None}
    mark = found.line.mark
    return {
        "published": found,
        "agenda": found.agenda,
        "planning": blocks.planning_block(found.agenda, csv_url=csv_url, mark=mark),
        "elements": blocks.element_table(found.agenda),
        "mark": mark,
    }
