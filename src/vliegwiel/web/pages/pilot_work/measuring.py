"""What was measured of a pilot: an overview, and bringing more by file, by paste or by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.decisions import services as decisions
from vliegwiel.apps.pilots import (
    MeasurementsRefused,
    PilotRefused,
    UploadUnderWay,
    queries,
    services,
)
from vliegwiel.apps.pilots.queries import Channel, Outcome
from vliegwiel.apps.pilots.services import Taken
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.care_data.uploading import keeps_files_in_memory, was_too_large
from vliegwiel.web.pages.pilots.one import head_of, plan_in

from .bringing import MOST_IN_GRID, GridForm, RowsForm, TableForm, ValuesForm, months_until
from .telling import fault_table, taken_words

_RIGHT = "measurements.add"


@require_safe
@region_page("region.view")
def overview(request: RegionRequest, region: Any, pilot: int) -> HttpResponse:
    """What counts of each group, the ways to bring more, and every delivery."""
    context = head_of(request, region, pilot, here=_("Measurements"))
    asked = request.GET.get("uitkomst", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    outcome = queries.outcome_of(region, pilot, chosen)
    if outcome is None and chosen is not None:
        raise Http404
    context |= {"outcomes": plan_in(region, pilot).outcomes, "outcome": outcome}
    if outcome is not None:
        groups = queries.measured_by_group(outcome.id)
        context |= {
            "groups": groups,
            "missing": [group.name for group in groups if not group.rows],
            "deliveries": queries.delivery_rows(outcome.id),
            "under_way": queries.upload_under_way(outcome.id),
            "may_bring": rights.may(request.user, _RIGHT, region),
            "may_read": rights.may(request.user, "care_data.view", region),
        }
    return render(request, "pilot_work/measurements.html", context)


@region_page(_RIGHT)
@keeps_files_in_memory
def table(request: RegionRequest, region: Any, pilot: int, outcome: int) -> HttpResponse:
    """A file, or what was pasted; a long one goes to the worker."""
    found, context = _asked(request, region, pilot, outcome, _("A table of measurements"))
    form = TableForm(typed(request), request.FILES or None, too_large=was_too_large(request))
    faults = None
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, region, pilot, found, form.cleaned_data)
        except MeasurementsRefused as refused:
            faults = fault_table(refused.faults)
        except UploadUnderWay:
            form.add_error(None, _("Other measurements are still being read. Wait a moment."))
    context |= {"form": form, "faults": faults, "groups": queries.measured_by_group(found.id)}
    wrong = request.method == "POST"
    return render(request, "pilot_work/table.html", context, status=422 if wrong else 200)


@require_POST
@region_page(_RIGHT)
def care_data(request: RegionRequest, region: Any, pilot: int, outcome: int) -> HttpResponse:
    """Lets the worker read the outcome from the care data of the region."""
    found, _context = _asked(request, region, pilot, outcome, "")
    try:
        asked = decisions.ask_care_data(outcome_id=found.id, by=request.user)
    except PilotRefused as refused:
        messages.error(request, str(refused))
    except UploadUnderWay:
        messages.info(request, _("Other measurements are still being read. Wait a moment."))
    else:
        return redirect("pilot_upload", region.slug, pilot, asked)
    return redirect("pilot_measurements", region.slug, pilot)


def _take(
    request: RegionRequest, region: Any, pilot: int, outcome: Outcome, given: dict[str, Any]
) -> HttpResponse:
    file = given["table"]
    content = file.read() if file is not None else given["pasted"].encode()
    how = {
        "outcome_id": outcome.id,
        "content": content,
        "name": file.name if file is not None else "",
        "channel": Channel.FILE if file is not None else Channel.PASTED,
        "correct": given["correct"],
        "by": request.user,
    }
    if services.is_long(content):
        return redirect("pilot_upload", region.slug, pilot, decisions.hand_over(**how))
    return _taken(request, region, pilot, outcome, services.take_file(**how))


@region_page(_RIGHT, keeps_typed=True)
def typing(request: RegionRequest, region: Any, pilot: int, outcome: int) -> HttpResponse:
    """Values by hand: a grid where each group is one unit, else rows."""
    found, context = _asked(request, region, pilot, outcome, _("Type measurements"))
    groups = queries.measured_by_group(found.id)
    grid = found.in_grid and len(groups) <= MOST_IN_GRID
    months = months_until(_last_month(request))
    if grid:
        now = queries.values_in(found.id, months)
        form: ValuesForm = GridForm(typed(request), groups=groups, months=months, now=now)
    else:
        form = RowsForm(typed(request), outcome=found, groups=groups)
    if request.method == "POST" and form.is_valid():
        rows = form.typed()
        taken = _typed(request, found, form, rows) if rows else Taken(None, 0, 0, 0)
        if taken is not None:
            return _taken(request, region, pilot, found, taken)
    context |= {"form": form, "grid": grid, "months": months, "earlier": _before(months)}
    status = 422 if form.errors else 200
    return render(request, "pilot_work/typing.html", context, status=status)


def _typed(request: RegionRequest, outcome: Outcome, form: ValuesForm, rows: Any) -> Taken | None:
    """What became of typed rows; None when the form says what is wrong with them."""
    try:
        return services.take_typed(
            outcome_id=outcome.id,
            rows=[row for _name, row in rows],
            correct=form.cleaned_data["correct"],
            by=request.user,
        )
    except MeasurementsRefused as refused:
        form.refuse(refused, rows)
        return None


def _asked(
    request: RegionRequest, region: Any, pilot: int, outcome: int, here: str
) -> tuple[Outcome, dict[str, Any]]:
    """The outcome of an address, of a plan that is registered; Http404 otherwise."""
    context = head_of(request, region, pilot, here=here)
    found = queries.outcome_of(region, pilot, outcome)
    if found is None or context["pilot"].registered_at is None:
        raise Http404
    return found, {**context, "outcome": found}


def _taken(
    request: RegionRequest, region: Any, pilot: int, outcome: Outcome, taken: Taken
) -> HttpResponse:
    """Says what came of it, keeps what the outcome shows since, and goes to the overview."""
    if taken.delivery is not None:
        decisions.keep_evidence(outcome_id=outcome.id, by=request.user)
    messages.success(request, taken_words(taken.added, taken.corrected, taken.unchanged))
    answer = redirect("pilot_measurements", region.slug, pilot)
    answer.headers["Location"] += f"?uitkomst={outcome.id}"
    return answer


def _last_month(request: RegionRequest) -> date:
    """The last month that a grid shows: this one, or an earlier one by the address."""
    today = timezone.localdate()
    try:
        asked = parse_date(f"{request.GET.get('tot', '')}-01")
    except ValueError:
        asked = None
    return asked if asked is not None and date(2000, 6, 1) <= asked <= today else today


def _before(months: Sequence[date]) -> date:
    return months_until(months[0])[-2]
