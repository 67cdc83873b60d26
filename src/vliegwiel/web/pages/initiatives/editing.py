"""A new initiative, a change of one, and who may read it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.apps.initiatives import queries, services
from vliegwiel.apps.insights import queries as insights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.insights.observation_forms import numbers

from .forms import FactsForm
from .one import changeable, line_of
from .saving import form_page, saved


@region_page("initiatives.propose", keeps_typed=True)
def new(request: RegionRequest, region: Any) -> HttpResponse:
    """A new initiative; what is like it is shown while somebody types, or with a button."""
    form = FactsForm(typed(request), region=region, initial=_started(request, region))
    kept: list[int] = []

    def save() -> None:
        facts, key = form.facts(), form.cleaned_data["palette"]
        kept.append(services.start(region=region, facts=facts, palette_key=key, by=request.user))

    if "look" not in request.POST and saved(request, form, save):
        messages.success(request, _("The initiative was saved as an idea."))
        return redirect("initiative", region.slug, kept[0])
    context = {"similar": _similar(request, None), "looked": "look" in request.POST}
    if "look" in request.POST:
        # Somebody only looks: faults would come too early.
        form = FactsForm(region=region, initial=form.as_typed(request.POST))
    return form_page(request, form, template="initiatives/new.html", **context)


def _started(request: RegionRequest, region: Any) -> dict[str, Any]:
    """What an example of the palette, an observation or an insight fills in."""
    key, number = request.GET.get("palet", ""), request.GET.get("inzicht", "")
    found = next((item for item in queries.palette() if item.key == key), None)
    if found is not None:
        return {"title": found.title, "summary": found.summary, "palette": found.key}
    heard = numbers([request.GET.get("signaal", "")])
    said = insights.observation(region, heard[0]) if heard else None
    if said is not None:
        of = [str(ref.number) for ref in said.line.insights]
        return {"summary": said.line.text[: queries.LONGEST_SUMMARY], "insights": of}
    return {"insights": [number]} if number else {}


def _similar(request: RegionRequest, without: int | None) -> Any:
    given = request.POST or request.GET
    text = f"{given.get('title', '')} {given.get('summary', '')}"
    themes = given.getlist("themes")
    return queries.similar_to(
        request.user, text, themes=themes, weight=given.get("weight", ""), without=without
    )


@region_page("initiatives.propose", keeps_typed=True)
def change(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """A change of what an initiative is; what another changed meanwhile is not overwritten."""
    line, now = changeable(region, pk, request.user), queries.facts_now(pk)
    form = FactsForm(typed(request), region=region, now=now)

    def save() -> None:
        seen = form.cleaned_data["seen"] or 0
        services.change(initiative_id=pk, facts=form.facts(), seen=seen, by=request.user)

    if saved(request, form, save):
        messages.success(request, _("The change was saved; what stood there before is kept."))
        return redirect("initiative", region.slug, pk)
    return form_page(request, form, line=line, title=_("Change this initiative"))


@require_POST
@region_page("initiatives.edit")
def publish(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Opens the initiative to everybody, or closes it again."""
    line_of(region, pk)
    if "withdraw" in request.POST:
        services.withdraw(initiative_id=pk, by=request.user)
        messages.success(request, _("Only people of the region can read it now."))
    else:
        services.publish(initiative_id=pk, by=request.user)
        messages.success(request, _("Everybody can read it now, also without logging in."))
    return redirect("initiative", region.slug, pk)
