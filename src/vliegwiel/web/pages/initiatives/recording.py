"""Decisions and reviews: make, acquire or partner; transfer; ethics; the development cycle."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vliegwiel.apps.initiatives import queries, services
from vliegwiel.apps.initiatives.queries import CycleStep, Sourcing
from vliegwiel.apps.instruments import NotThere
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .one import changeable, line_of
from .saving import InitiativeForm, area, day, form_page, saved


class SourcingForm(InitiativeForm):
    choice = forms.ChoiceField(
        label=gettext_lazy("What the region does"),
        choices=Sourcing.choices,
        widget=forms.RadioSelect,
    )
    reason = area(gettext_lazy("Why"), required=True)
    other_sectors = area(gettext_lazy("What other sectors have that could be used"))
    decided_by = forms.CharField(label=gettext_lazy("Who decided"), max_length=200)
    decided_on = day(gettext_lazy("On which day"), initial=timezone.localdate)


class EthicsForm(InitiativeForm):
    held_on = day(gettext_lazy("Held on"), initial=timezone.localdate)
    questions = area(
        gettext_lazy("Which ethical questions were looked at"),
        required=True,
        help_text=gettext_lazy(
            "For example: who may see data, and how far may a computer help to decide?"
        ),
    )
    outcome = area(gettext_lazy("What was agreed"), required=True)
    reviewers = forms.CharField(label=gettext_lazy("Which group looked"), max_length=200)
    returns_on = day(
        gettext_lazy("Looked at again on"),
        help_text=gettext_lazy("What people find right changes: the review comes back."),
    )


class CycleForm(InitiativeForm):
    place = forms.ChoiceField(
        label=gettext_lazy("Where it stands"), choices=CycleStep.choices, widget=forms.RadioSelect
    )
    note = area(gettext_lazy("What was done there"), required=True)


class TransferForm(InitiativeForm):
    text = area(gettext_lazy("What you found"), required=True, rows=6)


@region_page("initiatives.edit", keeps_typed=True)
def sourcing(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Whether the region makes it, acquires it or partners for it."""
    words = (_("Make, acquire or partner"), "")
    form, service = SourcingForm(typed(request)), services.decide_sourcing
    return _record(request, region, pk, form=form, service=service, words=words)


@region_page("initiatives.edit", keeps_typed=True)
def ethics(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """An ethics review, with the day on which it comes back."""
    words = (_("Ethics review"), "")
    form, service = EthicsForm(typed(request)), services.hold_ethics_review
    return _record(request, region, pk, form=form, service=service, words=words)


@region_page("initiatives.propose", keeps_typed=True)
def cycle(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Where the initiative stands in the development cycle."""
    words = (_("Place in the development cycle"), "")
    form, service = CycleForm(typed(request)), services.place_in_cycle
    return _record(request, region, pk, form=form, service=service, words=words)


@region_page("initiatives.propose", keeps_typed=True)
def transfer(request: RegionRequest, region: Any, pk: int, step: str) -> HttpResponse:
    """One step of the worksheet for an innovation from another sector."""
    line_of(region, pk)
    lines = queries.records_of(pk).transfer
    line = next((one for one in lines if one.step == step), None)
    if line is None:
        raise Http404

    def write(**given: Any) -> None:
        services.write_transfer(step=step, **given)

    form = TransferForm(typed(request), initial={"text": line.text})
    return _record(request, region, pk, form=form, service=write, words=(line.title, line.question))


@require_POST
@region_page("instruments.edit")
def assess(request: RegionRequest, region: Any, pk: int, kind: str) -> HttpResponse:
    """Begins a round about the initiative, or goes to the one that is open."""
    line_of(region, pk)
    try:
        held = services.open_assessment(initiative_id=pk, kind=kind, by=request.user)
    except NotThere as gone:
        raise Http404 from gone
    return redirect("round", region.slug, held)


def _record(
    request: RegionRequest,
    region: Any,
    pk: int,
    *,
    form: InitiativeForm,
    service: Callable[..., object],
    words: tuple[str, str],
) -> HttpResponse:
    """The form under its title and a sentence; what was sent goes to the service."""
    line = changeable(region, pk, request.user)

    def save() -> None:
        service(initiative_id=pk, by=request.user, **form.cleaned_data)

    if saved(request, form, save):
        messages.success(request, _("It was recorded; what was written before is kept."))
        return redirect("initiative", region.slug, pk)
    title, intro = words
    return form_page(request, form, line=line, title=title, intro=intro)
