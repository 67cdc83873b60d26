"""The proposal with its check, and the step to another stage."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.initiatives import queries, services
from vliegwiel.apps.initiatives.queries import Need, Stage
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .forms import ProposalForm
from .one import changeable
from .saving import InitiativeForm, area, form_page, saved


@region_page("initiatives.propose", keeps_typed=True)
def proposal(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """The parts of a proposal, beside what a good one has."""
    line, now = changeable(region, pk, request.user), queries.proposal_now(pk)
    form = ProposalForm(typed(request), now=now)

    def save() -> None:
        seen, given = form.cleaned_data["seen"], form.proposal()
        services.save_proposal(initiative_id=pk, proposal=given, seen=seen, by=request.user)

    if saved(request, form, save):
        messages.success(request, _("The proposal was saved; earlier versions are kept."))
        return redirect("initiative", region.slug, pk)
    checked = queries.requirements(now)
    return form_page(
        request, form, template="initiatives/proposal.html", line=line, requirements=checked
    )


class StageForm(InitiativeForm):
    """Why, and what it rests on; `origin` is the stage that was seen."""

    origin = forms.CharField(widget=forms.HiddenInput)
    reason = area(
        gettext_lazy("Why"),
        required=True,
        help_text=gettext_lazy("In one or two sentences, so that others can follow it later."),
    )

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("What was learned") if asks == Need.LESSON else _("What this rests on")
        self.fields["evidence"] = area(
            label,
            required=bool(asks),
            help_text=_("With the place where others can find it.") if asks != Need.LESSON else "",
        )


@region_page("initiatives.propose", keeps_typed=True)
def stage(request: RegionRequest, region: Any, pk: int, target: str) -> HttpResponse:
    """One step: why it is taken, and what still lacks."""
    line = changeable(region, pk, request.user)
    if target not in Stage.values:
        raise Http404
    steps = queries.next_steps(pk, request.user)
    step = next((one for one in steps if one.target == target), None)
    asks = step.asks if step is not None else ""
    form = StageForm(typed(request), asks=asks, initial={"origin": line.stage})

    def save() -> None:
        given = form.cleaned_data
        services.take_step(initiative_id=pk, target=target, by=request.user, **given)

    if saved(request, form, save):
        messages.success(request, _("The step was recorded; the earlier ones are kept."))
        return redirect("initiative", region.slug, pk)
    label = Stage(target).label
    return form_page(
        request, form, template="initiatives/stage.html", line=line, step=step, label=label
    )
