"""A new plan and a change of a draft: saved in parts, and nothing that was typed gets lost."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.apps.pilots import (
    ChangedMeanwhile,
    Frozen,
    PilotRefused,
    PlanFacts,
    queries,
    services,
)
from vliegwiel.apps.pilots.queries import PLANNED_IN
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.one import line_of

from .advising import advice_words
from .comparing import plan_differences
from .one import head_of, plan_in
from .plan_form import PlanForm, with_more
from .smallest import started_with, tests_of


@region_page("pilots.edit", keeps_typed=True)
def new(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """A plan for an initiative; an answer about the smallest useful test can be its beginning."""
    line = line_of(region, pk)
    form = PlanForm(_data(request, region), region=region, facts=_begun(request, region))
    kept: list[int] = []

    def save() -> None:
        made = services.draft(initiative_id=pk, facts=form.facts(), by=request.user)
        kept.append(made.pk)

    if _saved(request, form, save):
        messages.success(request, _("The plan was saved as a draft."))
        return redirect("pilot", region.slug, kept[0])
    context = {"line": line, "fits": line.stage in PLANNED_IN, "tests": tests_of(region, pk)}
    return _page(request, form, "pilots/new.html", context)


@region_page("pilots.edit", keeps_typed=True)
def change(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """A change of a draft; what another changed meanwhile is shown beside it first."""
    plan = plan_in(region, pilot)
    if plan.registered_at is not None and request.method != "POST":
        return redirect("pilot_amend", region.slug, pilot)
    facts, data = queries.plan_facts(plan), _data(request, region)
    form = PlanForm(data, region=region, facts=facts, seen=plan.version)

    def save() -> None:
        seen = form.cleaned_data["seen"] or 0
        services.redraft(pilot_id=pilot, facts=form.facts(), seen=seen, by=request.user)

    if _saved(request, form, save):
        messages.success(request, _("The draft was saved."))
        return redirect("pilot", region.slug, pilot)
    context = head_of(request, region, pilot, here=_("Change the plan"))
    context |= {"advice": advice_words(plan), "tests": tests_of(region, plan.initiative)}
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, "changed_meanwhile"):
        context["differences"] = plan_differences(region, theirs=facts, yours=form.facts())
        # To save once more replaces what stands there now, which is shown.
        data["seen"] = str(plan.version)
    return _page(request, form, "pilots/change.html", context)


def _data(request: RegionRequest, region: Any) -> Any:
    """What was typed, in a copy; with the empty rows that were asked for."""
    given = typed(request)
    if given is None:
        return None
    return with_more(given, region) if "more" in given else given.copy()


def _begun(request: RegionRequest, region: Any) -> PlanFacts | None:
    run = request.GET.get("proef", "")
    return started_with(region, int(run)) if run.isdecimal() and len(run) < 10 else None


def _saved(request: RegionRequest, form: PlanForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent to be kept, and was; else it says what stands in the way."""
    if request.method != "POST" or "more" in request.POST or not form.is_valid():
        return False
    try:
        save()
    except PilotRefused as refused:
        form.refuse(refused.problems)
    except ChangedMeanwhile:
        words = _(
            "Somebody else changed this plan meanwhile. Below stands what differs from yours. "
            "Press save once more to keep yours, or take over first what you want to keep."
        )
        form.add_error(None, ValidationError(words, code="changed_meanwhile"))
    except Frozen:
        words = _(
            "The plan was registered meanwhile and does not change any more. Write down what is "
            "done otherwise as a change since then; your text is still here to copy."
        )
        form.add_error(None, words)
    else:
        return True
    return False


def _page(
    request: RegionRequest, form: PlanForm, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """The form; one that was only given more rows shows no faults yet."""
    if "more" in request.POST:
        form.errors.clear()
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
