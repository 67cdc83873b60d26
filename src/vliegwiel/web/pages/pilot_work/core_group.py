"""The core group: what changed since it met last, what it must decide, and its minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.pilots import queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.saving import form_page
from vliegwiel.web.pages.pilots.one import head_of

from . import words
from .forms import MeetingForm
from .saving import kept


@require_safe
@region_page("region.view")
def page(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """What the core group needs at its table; it prints."""
    context = head_of(request, region, pilot, here=_("Core group"))
    found = queries.core_group(pilot, today=timezone.localdate())
    context |= {
        "found": found,
        "changed": words.changes(found.changed),
        "questions": words.questions(region, pilot, found.questions),
        "may_edit": rights.may(request.user, "pilots.edit", region),
    }
    return render(request, "pilot_work/core_group.html", context)


@region_page("pilots.edit", keeps_typed=True)
def meeting(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Minutes with what was decided; they stay as they are."""
    context = head_of(request, region, pilot, here=_("Minutes"))
    form = MeetingForm(typed(request))

    def save() -> None:
        given = {name: form.cleaned_data[name] for name in ("held_on", "present", "minutes")}
        services.hold_meeting(pilot_id=pilot, decisions=form.decisions(), by=request.user, **given)

    if kept(request, form, save):
        messages.success(request, _("The minutes were kept. They stay as they are."))
        return redirect("core_group", region.slug, pilot)
    return form_page(request, form, template="pilot_work/meeting.html", **context)
