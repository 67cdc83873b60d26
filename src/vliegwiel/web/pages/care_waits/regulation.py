"""What the Youth Act regulation asks (articles 8f to 8h), and what of it care messages tell."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.intake import KeyUnusable
from vliegwiel.apps.intake.queries import intake_counts
from vliegwiel.apps.regions import rights
from vliegwiel.apps.trajectories import queries
from vliegwiel.apps.trajectories.queries import Situation
from vliegwiel.science.trajectories import (
    AnalystView,
    QuarterRow,
    RegulationRow,
    Split,
    WaitingOverview,
)
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from . import words
from .asking import Asked, asked_of
from .regulation_blocks import (
    articles_table,
    columns_table,
    forms_block,
    providers_table,
    shown_by_provider,
)
from .views import not_there

_ROWS_PER_PAGE = 50
#: With more rows of messages the file of assignments takes longer than half a minute.
MOST_RECORDS = 200_000


class QuarterForm(forms.Form):
    """Which quarter, by its last day."""

    def __init__(self, names: words.Names, ends: list[date], end: date) -> None:
        super().__init__(initial={"bekend": end.isoformat()}, auto_id="quarter_%s")
        choices = [
            (day.isoformat(), names.row(Split.PERIOD, f"{day.year}-Q{day.month // 3}"))
            for day in ends
        ]
        self.fields["bekend"] = forms.ChoiceField(label=_("Quarter"), choices=choices)


@require_safe
@region_page("care_data.view")
def regulation(request: RegionRequest, region: Any) -> HttpResponse:
    """Which data go to the health care authority, who waits each quarter, and what is missing."""
    asked = asked_of(request, region)
    context: dict[str, Any] = {
        "asked": asked,
        "articles": articles_table(),
        "columns": columns_table(),
    }
    found = _quarter(region, asked)
    if found is not None and found.known is not None:
        overview, view = queries.overview(found), queries.analysis(found)
        if overview is None or view is None:
            waiting = Asked(found, None, asked.split, asked.clock, asked.may_work)
            return not_there(request, waiting, onward="regeling")
        context |= _quarter_context(request, region, overview, view)
    return render(request, "care_waits/regulation.html", context)


def _quarter_context(
    request: RegionRequest, region: Any, overview: WaitingOverview, view: AnalystView
) -> dict[str, Any]:
    """What the page shows of a quarter of which the figures are there."""
    names = words.Names(region)
    ends = list(queries.quarter_ends(queries.known_days(region)))
    pages = Paginator(shown_by_provider(view.quarter), _ROWS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return {
        "end": view.on,
        "form": QuarterForm(names, ends, view.on),
        "figure": forms_block(region, overview, view.quarter),
        "page": page,
        "providers": providers_table(names, list(page)),
        "may_deliver": rights.may(request.user, "care_data.deliver", region),
        "too_many": _has_too_many(region),
    }


def _quarter(region: Any, asked: Asked) -> Situation | None:
    """How it stands at the end of the last quarter that was over; None before there is one."""
    known = asked.situation.known
    ends = queries.quarter_ends(asked.situation.days)
    if known is None or not ends:
        return None
    return queries.situation(region, next((end for end in ends if end <= known), ends[-1]))


def _has_too_many(region: Any) -> bool:
    return sum(intake_counts(region).records.values()) > MOST_RECORDS


@require_safe
@region_page("care_data.view")
def waiting_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """Who waits at the end of a quarter: the file that the command writes."""
    found = _quarter(region, asked_of(request, region))
    view = queries.analysis(found) if found else None
    if found is None or view is None:
        raise Http404
    columns = [field.name for field in fields(QuarterRow)]
    rows = [tuple(asdict(row).values()) for row in view.quarter]
    return attached_table(f"wachtenden-regeling-{region.slug}-{found.known}", columns, rows)


@require_POST
@region_page("care_data.deliver")
def assignments(request: RegionRequest, region: Any) -> HttpResponse:
    """Every assignment as known at the end of a quarter, without persons: made when asked for.

    It is asked for by a form, so that nothing fetches it beforehand; nothing of it is kept.
    """
    try:
        end = date.fromisoformat(request.POST.get("bekend", ""))
    except ValueError as error:
        raise Http404 from error
    if end not in queries.quarter_ends(queries.known_days(region)):
        raise Http404
    onward = redirect(f"{reverse('care_regulation', args=[region.slug])}?bekend={end}")
    if _has_too_many(region):
        return onward
    try:
        rows = queries.regulation_assignments(region=region, by=request.user, until=end)
    except KeyUnusable as error:
        messages.error(request, str(error))
        return onward
    columns = [field.name for field in fields(RegulationRow)]
    lines = [tuple(asdict(row).values()) for row in rows]
    return attached_table(f"toewijzingen-regeling-{region.slug}-{end}", columns, lines)
