"""Another region takes an initiative over: what it did elsewhere, and what to expect here."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.decisions import DecisionRefused, queries, services
from vliegwiel.apps.initiatives import InitiativeRefused
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.forecasts import forecasts_of
from vliegwiel.web.pages.initiatives.hypothesis_words import said
from vliegwiel.web.pages.initiatives.saving import InitiativeForm, area

from . import effects


class AdoptForm(InitiativeForm):
    changes = area(
        gettext_lazy("What is done otherwise here"),
        help_text=gettext_lazy(
            "For example another group, other places or another party. Leave it empty when nothing "
            "differs."
        ),
    )


@region_page("region.view", change="initiatives.propose", keeps_typed=True)
def adopt(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """What an initiative of another region did, the button that takes it over, and what follows."""
    line = initiatives.public_line(request.user, pk)
    if line is None or line.region_slug == region.slug or not line.region_slug:
        raise Http404
    may = rights.may(request.user, "initiatives.propose", region)
    form = AdoptForm(typed(request))
    if request.method == "POST" and form.is_valid() and _adopted(request, region, pk, form):
        messages.success(request, _("The initiative was taken over, with what was measured of it."))
        return redirect("initiative_adopt", region.slug, pk)
    here = queries.adopted_here(pk, region)
    found = [one for one in queries.tried(region) if _of_family(one, pk, here)]
    context = {
        "line": line,
        "form": form,
        "may_adopt": may,
        "may_run": rights.may(request.user, "forecast.run", region),
        "figures": [effects.figure(one) for one in found],
        "sentences": [effects.sentence(one) for one in found],
        "here": here,
        "hypothesis": said(region, initiatives.hypothesis_now(here)) if here else None,
        "forecasts": forecasts_of(region, here) if here else (),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/adopt.html", context, status=status)


def _of_family(one: queries.Tried, pk: int, here: int | None) -> bool:
    numbers = {one.id, one.here, *(effect.initiative for effect in one.effects)}
    return pk in numbers or (here is not None and here in numbers)


def _adopted(request: RegionRequest, region: Any, pk: int, form: AdoptForm) -> bool:
    changes = form.cleaned_data["changes"]
    try:
        services.adopt(origin_id=pk, region=region, changes=changes, by=request.user)
    except (DecisionRefused, InitiativeRefused) as refused:
        form.refuse(refused.problems)
        return False
    return True
