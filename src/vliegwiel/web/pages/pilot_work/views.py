"""The work on a pilot: milestones, rounds of trying, and risks."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.pilots import queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.saving import form_page
from vliegwiel.web.pages.pilots.one import head_of

from .forms import IterationForm, MilestoneForm, ReachedForm, RiskForm
from .saving import kept

_FORM = "pilot_work/form.html"


@require_safe
@region_page("region.view")
def work(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """What must be there when, what was learned, and what can go wrong."""
    context = head_of(request, region, pilot, here=_("Work"))
    context["work"] = queries.work_of(pilot, today=timezone.localdate())
    context["framework"] = queries.framework_of(pilot)
    context["may_edit"] = rights.may(request.user, "pilots.edit", region)
    context["may_ask"] = rights.may(request.user, "instruments.edit", region)
    return render(request, "pilot_work/work.html", context)


@region_page("pilots.edit", keeps_typed=True)
def milestone(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """A new milestone, or another day for one that is there."""
    context = head_of(request, region, pilot, here=_("A milestone"))
    form = MilestoneForm(typed(request))

    def save() -> None:
        services.plan_milestone(pilot_id=pilot, by=request.user, **form.cleaned_data)

    if kept(request, form, save):
        return redirect("pilot_work", region.slug, pilot)
    return form_page(request, form, template=_FORM, **context)


@region_page("pilots.edit", keeps_typed=True)
def reached(request: RegionRequest, region: Any, pilot: int, pk: int) -> HttpResponse:
    """On which day a milestone was reached."""
    context = head_of(request, region, pilot, here=_("Milestone reached"))
    lines = queries.work_of(pilot, today=timezone.localdate()).milestones
    line = next((one for one in lines if one.id == pk), None)
    if line is None:
        raise Http404
    form = ReachedForm(typed(request))

    def save() -> None:
        day = form.cleaned_data["done_on"]
        services.reach_milestone(pilot_id=pilot, milestone=pk, on=day, by=request.user)

    if kept(request, form, save):
        return redirect("pilot_work", region.slug, pilot)
    return form_page(request, form, template=_FORM, intro=line.title, **context)


@region_page("pilots.edit", keeps_typed=True)
def iteration(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """A round of trying, with what it taught."""
    context = head_of(request, region, pilot, here=_("A round of trying"))
    form = IterationForm(typed(request))

    def save() -> None:
        services.write_iteration(pilot_id=pilot, by=request.user, **form.cleaned_data)

    if kept(request, form, save):
        messages.success(request, _("The lesson was kept. It stays as it is."))
        return redirect("pilot_work", region.slug, pilot)
    return form_page(request, form, template=_FORM, **context)


@region_page("pilots.edit", keeps_typed=True)
def new_risk(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """A risk that was not there yet."""
    return _risk(request, region, pilot, number=None)


@region_page("pilots.edit", keeps_typed=True)
def risk(request: RegionRequest, region: Any, pilot: int, number: int) -> HttpResponse:
    """How a risk stands now, and how it stood."""
    return _risk(request, region, pilot, number=number)


def _risk(request: RegionRequest, region: Any, pilot: int, *, number: int | None) -> HttpResponse:
    context = head_of(
        request, region, pilot, here=_("A new risk") if number is None else _("A risk")
    )
    versions = queries.risk_versions(pilot, number) if number is not None else []
    if number is not None and not versions:
        raise Http404
    initial = _initial(versions[0].line) if versions else {}
    form = RiskForm(typed(request), initial=initial)

    def save() -> None:
        seen, facts = form.cleaned_data["seen"] or 0, form.facts()
        services.keep_risk(pilot_id=pilot, facts=facts, risk=number, seen=seen, by=request.user)

    if kept(request, form, save):
        messages.success(request, _("The risk was kept; how it stood before stays readable."))
        return redirect("pilot_work", region.slug, pilot)
    return form_page(request, form, template=_FORM, versions=versions, **context)


def _initial(line: queries.RiskLine) -> dict[str, Any]:
    return {**asdict(queries.risk_facts(line)), "seen": line.number}
