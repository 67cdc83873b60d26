"""Deliveries of care messages: bring files, and see what was in them and what is wrong."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from vliegwiel.apps.intake import IntakeError, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import words
from .following import ask_anew
from .forms import MessagesForm, TermForm
from .uploading import keeps_files_in_memory, sources, was_too_large

_FINDINGS_PER_PAGE = 50


@region_page("care_data.view")
@keeps_files_in_memory
def care_data(request: RegionRequest, region: Any) -> HttpResponse:
    """What is kept, the deliveries, and the form for a new one."""
    form = MessagesForm()
    if request.method == "POST":
        form = MessagesForm(request.POST, request.FILES, too_large=was_too_large(request))
        if form.is_valid():
            return _take(request, region, form.cleaned_data["sent"])
    kept = queries.intake_counts(region)
    context = {
        "form": form,
        "kept": kept,
        "under_way": queries.handover_under_way(region),
        "records": words.counted(kept.records),
        "deliveries": queries.deliveries(region),
        "removals": [(row, words.counted(row.counts)) for row in queries.removals(region)],
        "term": TermForm(initial={"months": kept.months_kept}),
        "may_deliver": rights.may(request.user, "care_data.deliver", region),
        "may_delete": rights.may(request.user, "care_data.delete", region),
    }
    status = 422 if form.errors else 200
    return render(request, "care_data/overview.html", context, status=status)


def _take(request: RegionRequest, region: Any, files: list[Any]) -> HttpResponse:
    try:
        begun = services.hand_over(
            region=region, files=sources(files), by=request.user, after=ask_anew
        )
    except IntakeError as error:
        messages.error(request, str(error))
        return _onward(request, redirect("care_data", region.slug))
    return _onward(request, redirect("care_reading", region.slug, begun.pk))


def _onward(request: RegionRequest, answer: HttpResponse) -> HttpResponse:
    """A script that sends files gets the address itself: following it would use up its messages."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        answer.status_code = 201
    return answer


@require_safe
@region_page("care_data.view")
def delivery(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """What a delivery held, and what was found; with `regel`, every place of one rule."""
    found = queries.delivery(region, pk)
    if found is None:
        raise Http404
    groups = queries.finding_groups(pk)
    rule = request.GET.get("regel", "")
    chosen = next((group for group in groups if group.first.rule == rule), None)
    lines: Any = queries.Findings(pk, rule) if chosen else ()
    context = {
        "delivery": found,
        "records": words.counted(found.records),
        "severities": words.by_severity(groups),
        "chosen": chosen,
        "page": Paginator(lines, _FINDINGS_PER_PAGE).get_page(request.GET.get("page")),
        "query": f"regel={rule}&",
        "may_deliver": rights.may(request.user, "care_data.deliver", region),
        "may_delete": rights.may(request.user, "care_data.delete", region),
    }
    return render(request, "care_data/delivery.html", context)
