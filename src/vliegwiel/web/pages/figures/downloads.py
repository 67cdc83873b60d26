"""Figures and statements as CSV, for who wants to calculate on."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.figures import queries
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .forms import WaitingFilterForm


@require_safe
@region_page("region.view")
def figures_csv(request: RegionRequest, region: Any) -> HttpResponse:
    head = (
        *("measure", "area", "period", "sex", "age", "care_form", "referrer", "value", "unit"),
        *("status", "source", "place", "note", "table", "modified_on", "fetched_on"),
    )
    rows = [
        (
            *(value.measure, value.area, value.period, value.sex, value.age_band),
            *(value.care_form, value.referrer, f"{value.value:.{value.decimals}f}", value.unit),
            *(value.status, value.source.title, value.place, value.note),
            *(value.table, value.modified_on, value.fetched_on),
        )
        for value in queries.all_figures(region)
    ]
    return attached_table(f"cijfers-{region.slug}", head, rows)


@require_safe
@region_page("region.view")
def waiting_times_csv(request: RegionRequest, region: Any) -> HttpResponse:
    form = WaitingFilterForm(request.GET, choices=queries.waiting_choices(region))
    clocks = ("kind", "low_weeks", "high_weeks", "words")
    head = (
        *("provider", "offer", "place", "stated_on", "observation", "page"),
        *(f"{clock}_{name}" for clock in ("intake", "treatment") for name in clocks),
    )
    rows = [
        (
            *(line.provider, line.offer, line.place, line.stated_on.isoformat()),
            *(line.observation, line.page),
            *(
                getattr(wait, name)
                for wait in (line.to_intake, line.to_treatment)
                for name in clocks
            ),
        )
        for line in queries.stated_waiting_times(region, form.wanted())
    ]
    return attached_table(f"wachttijden-{region.slug}", head, rows)
