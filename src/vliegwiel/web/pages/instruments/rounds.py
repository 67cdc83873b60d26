"""Rounds: opened, followed, closed, and what came of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.instruments import NotThere, Refused, RoundClosed, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks
from .forms import AgainForm, RoundForm


@region_page("instruments.edit", keeps_typed=True)
def new(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Opens a round with the newest version."""
    detail = queries.instrument_detail(region, pk)
    if detail is None:
        raise Http404
    form = RoundForm(typed(request), of=detail.line.of, region=region)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "again_on")}
        try:
            made = services.open_round(
                region=region, instrument_id=pk, parties=form.parties(), by=request.user, **given
            )
        except Refused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("The round is open. Send each its own link."))
            return redirect("round", region.slug, made)
    context = {"form": form, "detail": detail, "crumbs": _crumbs(region, detail.line)}
    status = 422 if request.method == "POST" else 200
    return render(request, "instruments/round_new.html", context, status=status)


@require_safe
@region_page("region.view")
def show(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """One round: who was asked, and what it brought."""
    found = queries.round_detail(region, pk)
    if found is None:
        raise Http404
    earlier = queries.earlier_rounds(region, found.line.instrument_id)
    context = {
        "found": found,
        "line": found.line,
        "outcome": blocks.outcome(region, found, earlier),
        "links": [(party, _address(request, party.invite)) for party in found.parties],
        "again": AgainForm(initial={"again_on": found.line.again_on}),
        "crumbs": [
            (_("Instruments"), reverse("instruments", args=[region.slug])),
            (
                found.line.instrument,
                reverse("instrument", args=[region.slug, found.line.instrument_id]),
            ),
        ],
        "may_edit": rights.may(request.user, "instruments.edit", region),
        "may_observe": rights.may(request.user, "insights.edit", region),
    }
    return render(request, "instruments/round.html", context)


@require_POST
@region_page("instruments.edit")
def close(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """For good."""
    try:
        services.close_round(region=region, round_id=pk, by=request.user)
    except NotThere as lost:
        raise Http404 from lost
    except RoundClosed:
        messages.info(request, _("This round was closed already."))
    else:
        messages.success(request, _("The round is closed: answers do not change any more."))
    return redirect("round", region.slug, pk)


@require_POST
@region_page("instruments.edit")
def again(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """The day on which it comes back."""
    form = AgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is not a date. The day was not changed."))
        return redirect("round", region.slug, pk)
    day = form.cleaned_data["again_on"]
    try:
        services.plan_again(region=region, round_id=pk, again_on=day, by=request.user)
    except NotThere as lost:
        raise Http404 from lost
    messages.success(request, _("The day was kept."))
    return redirect("round", region.slug, pk)


def _address(request: RegionRequest, invite: str) -> str:
    return request.build_absolute_uri(reverse("invited", args=[invite]))


def _crumbs(region: Any, line: queries.InstrumentLine) -> list[tuple[str, str]]:
    return [
        (_("Instruments"), reverse("instruments", args=[region.slug])),
        (line.title, reverse("instrument", args=[region.slug, line.id])),
    ]
