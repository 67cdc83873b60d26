"""One part of the draft in the hands of who may edit it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.agenda import ChangedMeanwhile, NotThere, Refused, queries, services
from vliegwiel.apps.agenda.queries import Body, Kind
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .conflicts import Conflict, conflict_of
from .forms import FORMS, PartForm, initial_of


@region_page("agenda.edit", keeps_typed=True)
def new(request: RegionRequest, region: Any, kind: str) -> HttpResponse:
    """A new part. Its key comes with the form, so that pressing twice makes one part."""
    if kind == Kind.ABOUT:
        raise Http404
    body = queries.empty_part(kind, uuid4().hex[:12])
    return _edit(request, region, kind, body, initial_of(body, 0))


@region_page("agenda.edit", keeps_typed=True)
def change(request: RegionRequest, region: Any, kind: str, key: str) -> HttpResponse:
    """A change of a part; `uit` in the address takes an earlier revision to start from."""
    now = queries.part_now(region, kind, key)
    if now is None and kind != Kind.ABOUT:
        raise Http404
    body, seen = (now.body, now.revision) if now else (queries.empty_part(kind, key), 0)
    asked = request.GET.get("uit", "")
    if asked.isdecimal() and len(asked) < 7:
        earlier = queries.body_at(region, kind, key, int(asked))
        if earlier is not None:
            return _edit(request, region, kind, body, initial_of(earlier, seen, int(asked)))
    return _edit(request, region, kind, body, initial_of(body, seen))


def _edit(
    request: RegionRequest, region: Any, kind: str, body: Body, initial: dict[str, Any]
) -> HttpResponse:
    form = FORMS[kind](typed(request), body=body, region=region, initial=initial)
    conflict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = _save(request, region, kind, form)
            if isinstance(found, HttpResponse):
                return found
            if found is not None:
                conflict, status = found, 409
                merged = {**found.merged, "started": form.cleaned_data["started"] or ""}
                form = FORMS[kind](merged, body=body, region=region)
    context = _about(region, kind, body) | {
        "form": form,
        "is_new": initial["seen"] == 0,
        "conflict": conflict,
    }
    return render(request, "agenda/edit.html", context, status=status)


def _about(region: Any, kind: str, body: Body) -> dict[str, Any]:
    """Which part it is, of which region."""
    return {
        "kind": kind,
        "kind_label": Kind(kind).label,
        "key": body.key,
        "part_title": queries.shown(body.title),
        "mark": queries.newest_mark(region),
        "place": region,
    }


def _save(
    request: RegionRequest, region: Any, kind: str, form: PartForm
) -> HttpResponse | Conflict | None:
    """To the draft when it was kept; else what stands there now, or the form says why not."""
    key, seen = form.cleaned_data["key"], form.cleaned_data["seen"]
    base = queries.body_at(region, kind, key, seen) or queries.empty_part(kind, key)
    started = form.cleaned_data["started"]
    earlier = queries.body_at(region, kind, key, started) if started else None
    body = form.body(base, earlier)
    try:
        services.save_part(region=region, kind=kind, body=body, seen=seen, by=request.user)
    except Refused as refused:
        form.refuse(refused.problems)
        return None
    except NotThere as error:
        raise Http404 from error
    except ChangedMeanwhile:
        return conflict_of(region, kind, base, body)
    messages.success(request, _("Saved in the draft."))
    return redirect(f"{reverse('agenda_draft', args=[region.slug])}#{key}")


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@region_page("agenda.edit")
def remove(request: RegionRequest, region: Any, kind: str, key: str) -> HttpResponse:
    """Asks whether a part may go; what it said stays to be put back."""
    now = queries.part_now(region, kind, key)
    if now is None or kind == Kind.ABOUT:
        raise Http404
    form = SeenForm(request.POST if request.method == "POST" else None)
    changed = False
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            services.remove_part(region=region, kind=kind, key=key, seen=seen, by=request.user)
        except NotThere as error:
            raise Http404 from error
        except ChangedMeanwhile:
            changed = True
        else:
            messages.success(request, _("Removed from the draft. You can put it back."))
            return redirect("agenda_part_history", region.slug, kind, key)
    context = {"now": now, "kind": kind, "key": key, "changed": changed, "place": region}
    return render(request, "agenda/remove.html", context, status=409 if changed else 200)


@require_safe
@region_page("region.view")
def history(request: RegionRequest, region: Any, kind: str, key: str) -> HttpResponse:
    """What a part said before, when that changed and by whom."""
    now = queries.part_now(region, kind, key)
    if now is None:
        raise Http404
    context = {
        "now": now,
        "kind": kind,
        "key": key,
        "lines": queries.part_history(region, kind, key),
        "mark": queries.newest_mark(region),
        "place": region,
    }
    return render(request, "agenda/history.html", context)
