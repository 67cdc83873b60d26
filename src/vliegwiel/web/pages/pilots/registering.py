"""Fixing a plan before the start, and writing down what is done otherwise since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.pilots import NotRegistered, PilotRefused, queries, services
from vliegwiel.apps.pilots.queries import Subject
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.saving import area

from .advising import advice_words
from .one import head_of, plan_in
from .plan_page import plan_words

#: Field of a plan -> what it is called, and where on the form it stands.
_FIELDS = {
    "starts_on": (gettext_lazy("Start"), "starts_on"),
    "ends_on": (gettext_lazy("End"), "ends_on"),
    "groups": (gettext_lazy("Places and groups"), "name_0"),
    "outcomes": (gettext_lazy("What is measured"), "version_0"),
    "lot": (gettext_lazy("What the lot decides"), "lot_0"),
    "design": (gettext_lazy("Design"), "design"),
    "tuning_size": (gettext_lazy("Measurements expected since the start"), "tuning_size"),
    "analysis": (gettext_lazy("How the effect is computed"), "analysis"),
    "stop_rule": (gettext_lazy("When it stops early"), "stop_rule"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A part of the plan: what it still lacks, and its place on the form."""

    label: str
    lacks: str
    anchor: str


class AmendmentForm(forms.Form):
    subject = forms.ChoiceField(label=gettext_lazy("What it is about"), choices=Subject.choices)
    was = area(gettext_lazy("What the plan says"), required=True)
    becomes = area(gettext_lazy("What is done instead"), required=True)
    reason = area(
        gettext_lazy("Why"),
        required=True,
        help_text=gettext_lazy("Whoever reads the result reads this too."),
    )


@region_page("pilots.register")
def register(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """What will be fixed and what is still lacking; with a press on the button it is fixed."""
    plan = plan_in(region, pilot)
    if plan.registered_at is not None:
        return redirect("pilot", region.slug, pilot)
    lacks = queries.lacking(pilot, today=timezone.localdate())
    if request.method == "POST":
        try:
            services.register(pilot_id=pilot, by=request.user)
        except PilotRefused as refused:
            lacks = refused.problems
        else:
            messages.success(request, _("The plan is registered. From now on it stays as it is."))
            return redirect("pilot", region.slug, pilot)
    context = {
        **head_of(request, region, pilot, here=_("Register the plan")),
        **plan_words(region, plan),
        "checks": _checks(lacks),
        "lacks": lacks,
        "advice": advice_words(plan),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pilots/register.html", context, status=status)


@region_page("pilots.register", keeps_typed=True)
def amend(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Something that is done otherwise than registered, with its reason."""
    plan = plan_in(region, pilot)
    subject = request.GET.get("over", "")
    form = AmendmentForm(typed(request), initial={"subject": subject, "was": _was(plan, subject)})
    if request.method == "POST" and form.is_valid():
        try:
            services.amend(pilot_id=pilot, by=request.user, **form.cleaned_data)
        except PilotRefused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        except NotRegistered:
            return redirect("pilot_change", region.slug, pilot)
        else:
            messages.success(request, _("The change was written down beside the plan."))
            return redirect("pilot", region.slug, pilot)
    context = {
        **head_of(request, region, pilot, here=_("Write down a change")),
        **plan_words(region, plan),
        "form": form,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "pilots/amend.html", context, status=status)


def _checks(lacks: Mapping[str, str]) -> Sequence[Check]:
    return [
        Check(str(label), lacks.get(field, ""), anchor)
        for field, (label, anchor) in _FIELDS.items()
    ]


def _was(plan: queries.Plan, subject: str) -> str:
    """What the plan says about a subject, to begin with."""
    return {"analysis": plan.analysis, "stop_rule": plan.stop_rule}.get(subject, "")
