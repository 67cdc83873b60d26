"""The draft of the region, and publishing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vliegwiel.apps.agenda import Refused, queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks


class PublishForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What changed, in a sentence"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody can read this with the version."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


@require_safe
@region_page("region.view")
def draft(request: RegionRequest, region: Any) -> HttpResponse:
    """The draft with all its parts; without one, where to begin."""
    found = queries.draft_of(region)
    context = {
        "place": region,
        "draft": found,
        "may_edit": rights.may(request.user, "agenda.edit", region),
        "may_publish": rights.may(request.user, "agenda.publish", region),
    }
    if found is not None:
        csv_url = reverse("agenda_draft_csv", args=[region.slug])
        context |= {
            "agenda": found.agenda,
            "mark": found.mark,
            "planning": blocks.planning_block(found.agenda, csv_url=csv_url, mark=found.mark),
            "elements": blocks.element_table(found.agenda),
        }
    return render(request, "agenda/draft.html", context)


@region_page("agenda.publish", keeps_typed=True)
def publish(request: RegionRequest, region: Any) -> HttpResponse:
    """What will change for the readers, and the button that publishes it."""
    found = queries.draft_of(region)
    form = PublishForm(typed(request), initial={"seen": found.digest if found else ""})
    if request.method == "POST" and form.is_valid():
        try:
            number = services.publish(region=region, by=request.user, **form.cleaned_data)
        except Refused as refused:
            # Whoever looked at something older sees the draft of now, and keeps the note.
            seen = found.digest if found else ""
            form = PublishForm({"note": form.cleaned_data["note"], "seen": seen})
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            messages.success(request, _("Version %(n)s is published.") % {"n": number})
            return redirect("agenda", region.slug)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "draft": found, "place": region}
    return render(request, "agenda/publish.html", context, status=status)
