"""Making an instrument of the region's own, changing it, and sharing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.apps.instruments import ChangedMeanwhile, NotThere, Refused, queries, services
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .forms import InstrumentForms


@region_page("instruments.edit", keeps_typed=True)
def new(request: RegionRequest, region: Any) -> HttpResponse:
    """An instrument of the region's own."""
    return _edit(request, region, None)


@region_page("instruments.edit", keeps_typed=True)
def change(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """A new version of an instrument of the region."""
    detail = queries.instrument_detail(region, pk)
    if detail is None or not detail.line.own:
        raise Http404
    return _edit(request, region, detail)


def _edit(
    request: RegionRequest, region: Any, detail: queries.InstrumentDetail | None
) -> HttpResponse:
    forms = InstrumentForms(typed(request), detail)
    if request.method == "POST" and "more" not in request.POST and forms.is_valid():
        pk = _save(request, region, forms, detail)
        if pk is not None:
            messages.success(request, _("The instrument was kept. Earlier versions stay."))
            return redirect("instrument", region.slug, pk)
    context = {
        "forms": forms,
        "detail": detail,
        "crumbs": [(_("Instruments"), reverse("instruments", args=[region.slug]))],
    }
    failed = request.method == "POST" and "more" not in request.POST
    return render(request, "instruments/edit.html", context, status=422 if failed else 200)


def _save(
    request: RegionRequest,
    region: Any,
    forms: InstrumentForms,
    detail: queries.InstrumentDetail | None,
) -> int | None:
    """The id of what was kept; None with the forms saying why it was not."""
    try:
        return services.save_instrument(
            region=region,
            instrument_id=detail.line.id if detail else None,
            seen=forms.seen(),
            draft=forms.draft(),
            by=request.user,
        )
    except Refused as refused:
        forms.refuse(refused.problems)
    except ChangedMeanwhile:
        sentence = _(
            "Somebody else made a new version meanwhile. Open the instrument in a new window, look "
            "at what changed, and type your change again there."
        )
        forms.refuse({"": sentence})
    return None


@require_POST
@region_page("instruments.share")
def share(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Lets every region use it."""
    try:
        services.share_instrument(region=region, instrument_id=pk, by=request.user)
    except NotThere as lost:
        raise Http404 from lost
    messages.success(request, _("Every region can use this instrument now. Answers stay here."))
    return redirect("instrument", region.slug, pk)
