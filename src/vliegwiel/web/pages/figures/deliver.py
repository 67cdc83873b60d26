"""A new delivery of published waiting times: look first, then take it whole or not at all."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.figures import DeliveryRefused, queries, services
from vliegwiel.web import notation
from vliegwiel.web.pages.access import RegionRequest, region_page

from .forms import DeliveryForm

_KEPT_SECONDS = 3600


@region_page("waiting_times.deliver")
def choose(request: RegionRequest, region: Any) -> HttpResponse:
    """Examines the chosen file; one that can be taken waits an hour for the confirmation."""
    form = DeliveryForm(request.POST or None, request.FILES or None)
    context = {"form": form, "format": queries.waiting_file_format()}
    if request.method != "POST" or not form.is_valid():
        return render(request, "figures/deliver.html", context)
    file = form.cleaned_data["file"]
    content = file.read()
    examined = queries.examine_waiting_times(region, name=file.name, content=content)
    if not examined.acceptable:
        return render(request, "figures/deliver.html", {**context, "refused": examined})
    ticket = secrets.token_urlsafe(24).replace("_", "-")
    cache.set(_key(request, region, ticket), (file.name, content), _KEPT_SECONDS)
    return redirect("waiting_times_confirm", region.slug, ticket)


@region_page("waiting_times.deliver")
def confirm(request: RegionRequest, region: Any, ticket: str) -> HttpResponse:
    """Shows what a file would bring and takes it when asked."""
    kept = cache.get(_key(request, region, ticket))
    if kept is None:
        messages.warning(request, _("The file is gone: we keep it for one hour. Choose it again."))
        return redirect("waiting_times_deliver", region.slug)
    name, content = kept
    if request.method == "POST":
        return _take(request, region, ticket, name, content)
    examined = queries.examine_waiting_times(region, name=name, content=content)
    return render(request, "figures/confirm.html", {"examined": examined})


def _take(
    request: RegionRequest, region: Any, ticket: str, name: str, content: bytes
) -> HttpResponse:
    try:
        taken = services.deliver_waiting_times(
            region=region, name=name, content=content, by=request.user
        )
    except DeliveryRefused as refused:
        messages.error(request, _("The file was refused: %(why)s") % {"why": refused})
        return redirect("waiting_times_deliver", region.slug)
    cache.delete(_key(request, region, ticket))
    if taken.was_new:
        words = ngettext("%(n)s statement was loaded.", "%(n)s statements were loaded.", taken.rows)
        messages.success(request, words % {"n": notation.number(taken.rows)})
    else:
        messages.info(request, _("This file had been loaded before. Nothing changed."))
    return redirect("waiting_times", region.slug)


def _key(request: RegionRequest, region: Any, ticket: str) -> str:
    # Only who chose the file can take it.
    return f"waiting-delivery:{region.pk}:{request.user.pk}:{ticket}"
