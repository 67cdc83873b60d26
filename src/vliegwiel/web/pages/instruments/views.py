"""Which instruments there are and which rounds were held; one instrument with its questions."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.decisions import queries as decisions
from vliegwiel.apps.instruments import queries
from vliegwiel.apps.regions import rights
from vliegwiel.web.pages.access import RegionRequest, region_page

from . import blocks
from .words import grouped

_ROUNDS = 20
#: Beside what people answer to it stands what the region does.
_MATURITY_SCAN = "maturity-scan"


@require_safe
@region_page("region.view")
def overview(request: RegionRequest, region: Any) -> HttpResponse:
    """What there is to measure and talk with, and what came of it."""
    context = {
        "instruments": queries.instrument_list(region),
        "page": Paginator(queries.round_list(region), _ROUNDS).get_page(request.GET.get("page")),
        "due": queries.rounds_due(region, until=timezone.localdate()),
        "uses": {use.value: label for use, label in queries.USES.items()},
        "may_edit": rights.may(request.user, "instruments.edit", region),
    }
    return render(request, "instruments/overview.html", context)


@require_safe
@region_page("region.view")
def instrument(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """One instrument, with its questions and its scores over time."""
    detail = queries.instrument_detail(region, pk)
    if detail is None:
        raise Http404
    earlier = queries.earlier_rounds(region, pk)
    is_scan = detail.instrument.key == _MATURITY_SCAN
    context = {
        "detail": detail,
        "groups": grouped(detail.instrument),
        "kinds": {kind.value: label for kind, label in queries.KINDS.items()},
        "use": queries.USES[detail.instrument.use],
        "over_time": blocks.over_time(detail.instrument, earlier) if earlier else None,
        "deeds": decisions.deeds_of(region) if is_scan else None,
        "crumbs": [(_("Instruments"), reverse("instruments", args=[region.slug]))],
        "may_edit": rights.may(request.user, "instruments.edit", region),
        "may_share": rights.may(request.user, "instruments.share", region),
    }
    return render(request, "instruments/instrument.html", context)
