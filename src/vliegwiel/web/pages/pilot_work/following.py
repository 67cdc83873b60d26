"""Measurements on their way, the values that a delivery replaced, and an empty table."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer.queries import worker_is_alive
from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.queries import Outcome, UploadLine
from vliegwiel.apps.regions import rights
from vliegwiel.web.components import Column, Table
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached
from vliegwiel.web.pages.pilots.one import head_of
from vliegwiel.web.pages.under_way import asks_for_part

from .telling import fault_table, taken_words

#: Digits after the comma of a value that was measured.
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class _Run:
    status: str
    get_status_display: str


@dataclass(frozen=True, slots=True)
class UploadPage:
    """What `under_way/progress.html` shows of measurements on their way."""

    run: _Run
    active: bool
    what: str
    percent: int
    explanation: str
    waits_for_worker: bool
    left: str = ""


@require_safe
@region_page("region.view")
def upload(request: RegionRequest, region: Any, pilot: int, pk: int) -> HttpResponse:
    """How far it is, and how it ended."""
    found = queries.upload_of(region, pilot, pk)
    if found is None:
        raise Http404
    # A fault says what stood in a row of one youth: only who brings such rows reads it.
    told = rights.may(request.user, "measurements.add", region)
    page = _page(found, told=told)
    if asks_for_part(request):
        answer = render(request, "under_way/progress.html", {"page": page})
        if not page.active:
            answer.headers["HX-Refresh"] = "true"
        return answer
    context = head_of(request, region, pilot, here=_("Measurements on their way"))
    faults = fault_table(found.faults) if found.faults and told else None
    context |= {"upload": found, "page": page, "faults": faults}
    return render(request, "pilot_work/upload.html", context)


@require_safe
@region_page("measurements.add")
def delivery(request: RegionRequest, region: Any, pilot: int, pk: int) -> HttpResponse:
    """What a delivery replaced."""
    found = queries.corrections_of(region, pilot, pk)
    if found is None:
        raise Http404
    outcome, lines = found
    columns = (
        Column(_("Unit")),
        Column(_("Group")),
        Column(_("Day"), "day"),
        Column(_("Old value"), "number", _DECIMALS),
        Column(_("New value"), "number", _DECIMALS),
    )
    rows = [(one.unit, one.group, one.day, one.was, one.becomes) for one in lines]
    context = head_of(request, region, pilot, here=_("Corrected values"))
    context["table"] = Table(_("Old and new values"), columns, rows)
    context["outcome"] = queries.outcome_of(region, pilot, outcome)
    return render(request, "pilot_work/delivery.html", context)


@require_safe
@region_page("measurements.add")
def example(request: RegionRequest, region: Any, pilot: int, outcome: int) -> HttpResponse:
    """An empty table with the right headings, and a row for each group to begin with."""
    found = queries.outcome_of(region, pilot, outcome)
    if found is None:
        raise Http404
    return attached(_empty_table(found), f"metingen-{outcome}.csv")


def _empty_table(outcome: Outcome) -> str:
    head = ["groep", "eenheid", "dag", "waarde", *(["einde_gezien"] if outcome.with_end else [])]
    rows = [[group.key, *[""] * (len(head) - 1)] for group in queries.measured_by_group(outcome.id)]
    return "\ufeff" + "\r\n".join(";".join(row) for row in [head, *rows]) + "\r\n"


def _page(found: UploadLine, *, told: bool) -> UploadPage:
    return UploadPage(
        run=_Run("failed" if found.status in {"refused", "failed"} else "done", found.label),
        active=not found.over,
        what=found.label,
        percent=found.percent,
        explanation=_explanation(found, told=told),
        waits_for_worker=not found.over and not worker_is_alive(),
    )


def _explanation(found: UploadLine, *, told: bool) -> str:
    nothing = not (found.added or found.corrected or found.unchanged)
    if found.status == "taken" and not nothing:
        return taken_words(found.added, found.corrected, found.unchanged)
    if not told:
        return _("No measurements were taken.")
    if found.status == "taken":
        return _("Nothing could be taken. Below stands why.")
    if found.status == "refused":
        return _("Nothing was taken. Below stands what is wrong.")
    return _("Something went wrong, and nothing was taken. Send the file once more.")
