"""The yardstick of a region: the library with its targets, one indicator, and its changes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.regions import rights
from vliegwiel.apps.yardstick import ChangedMeanwhile, YardstickRefused, queries, services
from vliegwiel.apps.yardstick.queries import IndicatorHistory
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import words
from .finding import found_indicators
from .forms import IndicatorForm, ReadingForm, RefusableForm, TargetForm

_MOST_PILOTS = 20


@require_safe
@region_page("region.view")
def library(request: RegionRequest, region: Any) -> HttpResponse:
    """Every indicator with its direction, and the targets of the region with how they go."""
    targets = queries.targets_of(region, today=timezone.localdate())
    context = found_indicators(request, region)
    context["targets"] = [
        (one, words.aim(one), *words.course(one), words.gone(one)) for one in targets
    ]
    context["may_define"] = rights.may(request.user, "yardstick.edit", region)
    return render(request, "yardstick/library.html", context)


@region_page("region.view", change="measurements.add", keeps_typed=True)
def indicator(request: RegionRequest, region: Any, code: str) -> HttpResponse:
    """One indicator: definition, target with its way, readings, pilots and earlier versions."""
    history = _history(region, code)
    form = ReadingForm(typed(request))

    def save() -> None:
        given = form.cleaned_data
        version = history.target.definition.id if history.target else history.now.id
        services.read_off(region=region, version=version, by=request.user, **given)

    if _saved(request, form, save):
        messages.success(request, _("The reading was kept."))
        return redirect("indicator", region.slug, code)
    context = {**_head(region, history), **_shown(request, region, history), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "yardstick/indicator.html", context, status=status)


@region_page("yardstick.edit", keeps_typed=True)
def new(request: RegionRequest, region: Any) -> HttpResponse:
    """An indicator of the region's own; one of the library can be its beginning."""
    start = queries.versions_of(request.GET.get("van", ""), region=region)
    form = IndicatorForm(typed(request), now=start[0] if start else None)
    kept: list[str] = []

    def save() -> None:
        made = services.define(region=region, facts=form.facts(), by=request.user)
        kept.append(made.indicator.key)

    if _saved(request, form, save):
        messages.success(request, _("The indicator was added to the yardstick."))
        return redirect("indicator", region.slug, kept[0])
    crumbs = [(_("Yardstick"), reverse("yardstick", args=[region.slug])), (_("New indicator"), "")]
    context = {"title": _("New indicator"), "crumbs": crumbs, "form": form}
    return _form_page(request, form, context)


@region_page("yardstick.edit", keeps_typed=True)
def change(request: RegionRequest, region: Any, code: str) -> HttpResponse:
    """A sharper definition: a next version, beside the earlier ones."""
    history = _history(region, code)
    if not history.now.own:
        return redirect(f"{reverse('indicator_new', args=[region.slug])}?van={code}")
    form = IndicatorForm(typed(request), now=history.now, seen=history.now.number)

    def save() -> None:
        seen = form.cleaned_data["seen"] or 0
        services.define(region=region, facts=form.facts(), key=code, seen=seen, by=request.user)

    if _saved(request, form, save):
        messages.success(request, _("The new version was kept; the earlier ones stay readable."))
        return redirect("indicator", region.slug, code)
    context = {**_head(region, history, here=_("Change the definition")), "form": form}
    return _form_page(request, form, {**context, "title": _("Change the definition")})


@region_page("targets.set", keeps_typed=True)
def target(request: RegionRequest, region: Any, code: str) -> HttpResponse:
    """A target in percent against a base; the targets before it stay readable."""
    history = _history(region, code)
    form = TargetForm(typed(request), now=history.target)

    def save() -> None:
        facts = form.facts(history.now.id)
        services.set_target(region=region, facts=facts, by=request.user)

    if _saved(request, form, save):
        messages.success(request, _("The target was set."))
        return redirect("indicator", region.slug, code)
    context = {**_head(region, history, here=_("Set a target")), "form": form}
    return _form_page(request, form, {**context, "title": _("Set a target")})


def _shown(request: RegionRequest, region: Any, history: IndicatorHistory) -> dict[str, Any]:
    """What stands on the page of an indicator, and what this reader may do there."""
    wanted, today = pilots.PilotsWanted(indicator=history.now.key), timezone.localdate()
    rights_asked = {
        "may_read_off": "measurements.add",
        "may_define": "yardstick.edit",
        "may_aim": "targets.set",
    }
    return {
        "facts": words.facts_of(history.now),
        "figure": words.target_figure(history),
        "readings": words.readings_of(history),
        "course": words.course(history.target) if history.target else None,
        "pilots": pilots.find_pilots(region, wanted, today=today)[:_MOST_PILOTS],
        **{name: rights.may(request.user, right, region) for name, right in rights_asked.items()},
    }


def _history(region: Any, code: str) -> IndicatorHistory:
    found = queries.history_of(region, code, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _head(region: Any, history: IndicatorHistory, *, here: str = "") -> dict[str, Any]:
    one = history.now
    page = reverse("indicator", args=[region.slug, one.key]) if here else ""
    crumbs = [(_("Yardstick"), reverse("yardstick", args=[region.slug])), (one.name, page)]
    return {
        "history": history,
        "indicator": one,
        "crumbs": [*crumbs, (here, "")] if here else crumbs,
    }


def _saved(request: RegionRequest, form: RefusableForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent and kept; else the form says what stands in the way."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except YardstickRefused as refused:
        form.refuse(refused.problems)
    except ChangedMeanwhile:
        sentence = _(
            "Somebody else changed this meanwhile. Open it in a new window, look at what changed, "
            "and type your change again there."
        )
        form.add_error(None, sentence)
    else:
        return True
    return False


def _form_page(request: RegionRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "yardstick/form.html", {**context, "form": form}, status=status)
