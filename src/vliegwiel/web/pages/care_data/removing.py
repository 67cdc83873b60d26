"""Removing care data: a delivery, a person, or what has been kept long enough."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from vliegwiel.apps.intake import IntakeError, NotABsn, queries, services
from vliegwiel.apps.intake.services import Removed
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import words
from .following import ask_anew
from .forms import PersonForm, TermForm


@region_page("care_data.delete")
def delivery(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Says what would go, and removes it when asked."""
    found = queries.delivery(region, pk)
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "care_data/remove_delivery.html", {"delivery": found})
    try:
        removed = services.delete_delivery(delivery_id=pk, region=region, by=request.user)
    except IntakeError as error:
        messages.error(request, str(error))
        return redirect("care_delivery", region.slug, pk)
    if removed is not None:
        ask_anew(region)
        messages.success(request, _removed(removed))
    return redirect("care_data", region.slug)


@sensitive_post_parameters("bsn")
@region_page("care_data.delete")
def person(request: RegionRequest, region: Any) -> HttpResponse:
    """Removes all about one person, who is named by a number that goes no further."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            removed = services.delete_person(
                region=region, bsn=form.cleaned_data["bsn"], by=request.user
            )
        except NotABsn as error:
            form.add_error("bsn", str(error))
        except IntakeError as error:
            form.add_error(None, str(error))
        else:
            ask_anew(region)
            messages.success(request, _removed(removed))
            return redirect("care_data", region.slug)
    status = 422 if form.errors else 200
    return render(request, "care_data/remove_person.html", {"form": form}, status=status)


@require_POST
@region_page("care_data.delete")
def term(request: RegionRequest, region: Any) -> HttpResponse:
    """Settles how long care data are kept."""
    form = TermForm(request.POST)
    if form.is_valid():
        months = form.cleaned_data["months"]
        services.set_months_kept(region=region, months=months, by=request.user)
        messages.success(request, _("Care data are now kept for %(n)s months.") % {"n": months})
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["months"]))
    return redirect("care_data", region.slug)


def _removed(removed: Removed) -> str:
    if not removed.anything:
        return _("There was nothing to remove. That somebody asked for it was written down.")
    rows = ", ".join(f"{number} {label}" for label, number in words.counted(removed.counts))
    return _("Removed: %(rows)s. The proof stands below, without names.") % {"rows": rows}
