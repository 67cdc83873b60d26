"""A table of offers: taken whole or not at all."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.offers import OffersRefused, queries, services
from vliegwiel.apps.offers.services import OffersLoaded
from vliegwiel.web import notation
from vliegwiel.web.pages.access import RegionRequest, region_page

from .forms import TableForm


@region_page("offers.edit")
def load(request: RegionRequest, region: Any) -> HttpResponse:
    """Takes the table, or says all that is wrong with it."""
    form = TableForm(request.POST or None, request.FILES or None)
    context = {
        "form": form,
        "headings": queries.file_headings(),
        "care_forms": queries.OfferedForm.choices,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "offers/load.html", context)
    file = form.cleaned_data["file"]
    try:
        done = services.load_offers(
            region=region, name=file.name, content=file.read(), by=request.user
        )
    except OffersRefused as refused:
        context |= {"refused": refused.findings, "name": refused.name}
        return render(request, "offers/load.html", context, status=422)
    _tell(request, done)
    return redirect("offers", region.slug)


def _tell(request: RegionRequest, done: OffersLoaded) -> None:
    if not done.was_new:
        messages.info(request, _("All of this table stood here already. Nothing changed."))
        return
    text = ngettext(
        "%(read)s offer read; new: %(added)s, changed: %(changed)s, new waits: %(waits)s.",
        "%(read)s offers read; new: %(added)s, changed: %(changed)s, new waits: %(waits)s.",
        done.read,
    )
    numbers = {name: notation.number(getattr(done, name)) for name in _NUMBERS}
    messages.success(request, text % numbers)
    if done.unmentioned:
        text = ngettext(
            "The table says nothing of %(n)s other offer; it stays as it is.",
            "The table says nothing of %(n)s other offers; they stay as they are.",
            done.unmentioned,
        )
        messages.info(request, text % {"n": notation.number(done.unmentioned)})


_NUMBERS = ("read", "added", "changed", "waits")
