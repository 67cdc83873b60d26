"""The register over regions: for everybody what is published, for people also their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vliegwiel.apps.initiatives import queries

from . import blocks
from .finding import found_page
from .story import similar_of


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What may be seen and fits, over all regions."""
    context = found_page(request)
    in_regions = queries.count_in_regions(request.user, context["wanted"])
    parts = {"in_regions": in_regions, "in_catalogue": context["page"].paginator.count - in_regions}
    return render(request, "initiatives/register.html", {**context, **parts})


@require_safe
def landscape(request: HttpRequest) -> HttpResponse:
    """How much there is of each sort, among what fits."""
    context = found_page(request)
    wanted = context["wanted"]
    mark = queries.landscape_mark(request.user, wanted)
    figures = [
        blocks.spread_block(queries.spread(request.user, wanted), mark),
        *blocks.landscape_blocks(queries.landscape(request.user, wanted), mark),
    ]
    shown = {"figures": figures if context["page"].paginator.count else [], "mark": mark}
    return render(request, "initiatives/landscape.html", {**context, **shown})


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Themes, questions, actors, cooperation, chances, barriers and trends, with their source."""
    facets, source = queries.catalogue(request.user)
    return render(request, "initiatives/catalogue.html", {"facets": facets, "source": source})


@require_safe
def innovation(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative as everybody may read it."""
    line = queries.public_line(request.user, pk)
    if line is None:
        raise Http404
    detail = queries.detail_of(line)
    similar = similar_of(line, request.user)
    context = {"detail": detail, "line": detail.line, "similar": similar}
    return render(request, "initiatives/public.html", context)
