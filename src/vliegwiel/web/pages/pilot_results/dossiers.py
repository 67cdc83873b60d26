"""The dossier of a pilot: what it showed, where it stands on the ladder; to read and to send."""

import json as json_text
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.explorer.spreadsheets import Value, for_people, for_programs
from vliegwiel.apps.pilots import queries, services
from vliegwiel.apps.regions import rights
from vliegwiel.science.evidence.effects import Effect, Quantity
from vliegwiel.science.yardstick import LEAST_SHOWN
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached
from vliegwiel.web.pages.pilots.one import head_of, pilot_in

from .downloads import COLUMNS, outcome_rows
from .ladder import ladder_words, plain_ladder
from .outcomes import result_page
from .paper import dossier_pdf


@require_safe
@region_page("region.view")
def dossier(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Where the initiative stands on the ladder, what the next step asks, and the files."""
    head = head_of(request, region, pilot)
    page = result_page(region, head["pilot"])
    ladder = ladder_words(request, head["pilot"].initiative)
    may = rights.may(request.user, "pilots.edit", region)
    context = {**head, **page, "ladder": ladder, "may_keep": may}
    return render(request, "pilot_results/dossier.html", context)


@require_POST
@region_page("pilots.edit")
def keep(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Keeps which parts of the initiative are written down."""
    pilot_in(region, pilot)
    parts = request.POST.getlist("beschreven")
    services.keep_written(pilot_id=pilot, parts=parts, by=request.user)
    return redirect("pilot_dossier", region.slug, pilot)


@require_safe
@region_page("region.view")
def pdf(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """The dossier on paper, readable for screen readers (PDF/UA)."""
    found = pilot_in(region, pilot)
    page = result_page(region, found)
    ladder = ladder_words(request, found.initiative)
    content = dossier_pdf(region, found, page, ladder, made_at=timezone.now())
    return attached(content, _named(pilot, "pdf"))


@require_safe
@region_page("region.view")
def json(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """Plan, effects, looks, verdicts and the ladder for programs."""
    found = pilot_in(region, pilot)
    plan = queries.plan_of(pilot)
    assert plan is not None, "asked before"
    document = {
        "schema": "vliegwiel.dossier/1",
        "mark": found.mark,
        "pilot": found.title,
        "initiative": found.initiative_title,
        "plan": plan.fingerprint,
        "as_registered": plan.untouched,
        "amendments": len(plan.amendments),
        "outcomes": [_plain(one) for one in queries.results_of(pilot)],
        "ladder": plain_ladder(ladder_words(request, found.initiative)),
    }
    text = json_text.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return attached(text, _named(pilot, "json"))


@require_safe
@region_page("region.view")
def csv(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """The looks and the months of every outcome."""
    mark = pilot_in(region, pilot).mark
    rows = _rows(pilot, mark)
    dutch = request.GET.get("notation") == "nl"
    lines = for_people(COLUMNS, rows) if dutch else for_programs(COLUMNS, rows)
    return attached("".join(lines), _named(pilot, "csv"))


def _rows(pilot: int, mark: str) -> Iterator[list[Value]]:
    for result in queries.results_of(pilot):
        for row in outcome_rows(result):
            yield [*row, mark]


def _plain(result: queries.OutcomeResult) -> dict[str, object]:
    found, plan = result.found, result.plan
    looks = found.monitored.looks if found.monitored is not None else ()
    return {
        "outcome": plan.name,
        "unit": plan.unit,
        "better": plan.better,
        "smallest_relevant": plan.smallest_relevant,
        "relevant_per_cent": plan.relevant_per_cent,
        "verdict": str(found.decision.verdict) if found.decision is not None else None,
        "lacking": [one.code for one in found.decision.lacking] if found.decision else [],
        "level": found.grade.level if found.grade is not None else None,
        "measurements": found.since,
        "delivery": result.last_delivery,
        "looks": [
            {
                "until": day.isoformat(),
                "size": look.size,
                "estimate": look.estimate,
                "low": look.low,
                "high": look.high,
            }
            for day, look in zip(found.look_days, looks, strict=True)
        ],
        "effect": _told(result, found.effect) if found.effect is not None else None,
    }


def _told(result: queries.OutcomeResult, effect: Effect) -> Any:
    """The effect as a document that others may keep: nothing in it tells of few youths.

    Points are left out where a point may be one youth, or where the page hides some.
    """
    shown = bool(result.sides) and all(
        value is not None
        for side in result.sides
        if side.name != "expected"
        for value in side.values
    )
    series = effect.series if shown and not result.plan.of_persons else ()
    few = any(one.persons is not None and one.persons < LEAST_SHOWN for one in effect.arms)
    hidden = [
        replace(one, persons=None) if one.persons is not None and one.persons < LEAST_SHOWN else one
        for one in effect.arms
    ]
    # A median or a mean of few is theirs; how many waits ended is a count of youths.
    quantities = () if few else tuple(one for one in effect.quantities if not _few_ended(one))
    kept = replace(effect, series=series, arms=tuple(hidden), quantities=quantities)
    return json_text.loads(kept.to_json())


def _few_ended(quantity: Quantity) -> bool:
    counts = quantity.name.startswith("observed.")
    return counts and quantity.value is not None and quantity.value < LEAST_SHOWN


def _named(pilot: int, ending: str) -> str:
    return f"dossier-proef-{pilot}.{ending}"
