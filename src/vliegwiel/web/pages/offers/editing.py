"""The register in the hands of who may edit it: an offer, and the names of providers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.offers import ChangedMeanwhile, OfferRefused, queries, services
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .forms import OfferForm, ProviderForm, initial_of

_CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else changed this offer meanwhile. Open it in a new window, look at what changed, "
    "and type your change again there."
)


@region_page("offers.edit", keeps_typed=True)
def new(request: RegionRequest, region: Any) -> HttpResponse:
    """A new offer."""
    form = OfferForm(typed(request), region=region)
    if request.method == "POST" and form.is_valid():
        saved = _save(request, region, form, mark="")
        if saved is not None:
            return saved
    context = {"form": form, "detail": None}
    return render(request, "offers/edit.html", context, status=_status(request, form))


@region_page("offers.edit", keeps_typed=True)
def change(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """A change of an offer; what somebody else changed meanwhile is shown, not overwritten."""
    detail = queries.offer_detail(region, pk)
    if detail is None:
        raise Http404
    data = typed(request)
    form = OfferForm(data, region=region, known=True, initial=initial_of(detail))
    if request.method == "POST" and form.is_valid():
        saved = _save(request, region, form, mark=detail.line.mark)
        if saved is not None:
            return saved
    context = {"form": form, "detail": detail}
    return render(request, "offers/edit.html", context, status=_status(request, form))


def _save(
    request: RegionRequest, region: Any, form: OfferForm, *, mark: str
) -> HttpResponse | None:
    """To the offer when it was kept; None with the form saying why it was not."""
    given = {
        name: form.cleaned_data[name] for name in ("provider_code", "provider", "code", "seen")
    }
    try:
        offer = services.save_offer(
            region=region, facts=form.facts(mark), wait=form.wait(), by=request.user, **given
        )
    except OfferRefused as refused:
        form.refuse(refused.problems)
        return None
    except ChangedMeanwhile:
        form.add_error(None, _CHANGED_MEANWHILE)
        return None
    messages.success(request, _("The offer was saved."))
    return redirect("offer", region.slug, offer.pk)


@region_page("offers.edit", keeps_typed=True)
def providers(request: RegionRequest, region: Any) -> HttpResponse:
    """The register of providers: names by code, those without a name first."""
    initial = {"provider_code": request.GET.get("code", "")[:8]}
    form = ProviderForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.name_provider(
                region=region, code=given["provider_code"], title=given["provider"], by=request.user
            )
        except OfferRefused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("The name was saved."))
            return redirect("offer_providers", region.slug)
    context = {"form": form, "providers": queries.known_providers(region)}
    return render(request, "offers/providers.html", context, status=_status(request, form))


def _status(request: RegionRequest, form: Any) -> int:
    return 422 if request.method == "POST" and form.errors else 200
