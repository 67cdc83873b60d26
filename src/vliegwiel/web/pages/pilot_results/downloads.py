"""A result as files."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer.spreadsheets import FileColumn, Value, for_people, for_programs
from vliegwiel.apps.pilots import queries, result_words
from vliegwiel.apps.pilots.queries import OutcomeResult
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached
from vliegwiel.web.pages.pilots.one import pilot_in

COLUMNS = [
    FileColumn("part", _("What")),
    FileColumn("name", _("Name")),
    FileColumn("date", _("Date")),
    FileColumn("value", _("Value")),
    FileColumn("low", _("Almost certainly from")),
    FileColumn("high", _("to")),
    FileColumn("count", _("Number measured")),
    FileColumn("mark", _("Mark")),
]


@require_safe
@region_page("region.view")
def outcome_csv(request: RegionRequest, region: Any, pilot: int, outcome: int) -> HttpResponse:
    """The looks and the months of one outcome, as they are drawn."""
    mark = pilot_in(region, pilot).mark
    found = next((one for one in queries.results_of(pilot) if one.outcome == outcome), None)
    if found is None:
        raise Http404
    rows = ([*row, mark] for row in outcome_rows(found))
    dutch = request.GET.get("notation") == "nl"
    lines = for_people(COLUMNS, rows) if dutch else for_programs(COLUMNS, rows)
    return attached("".join(lines), f"uitkomst-proef-{pilot}-{outcome}.csv")


def outcome_rows(result: OutcomeResult) -> Iterator[list[Value]]:
    """Each look and each month as a row, in the unit in which differences are told."""
    effect = result_words.any_look(result.plan, result.found)
    if effect is not None:
        for day, look in result_words.looks_of(result.found):
            ends = [
                result_words.look_value(effect, value)
                for value in (look.estimate, look.low, look.high)
                if value is not None
            ]
            yield ["look", result.plan.name, day, *ends, int(look.size)]
    for side in result.sides:
        rows = zip(side.months, side.values, side.counts, strict=True)
        for month, value, count in rows:
            shown = count if value is not None else None
            yield [side.name, result.plan.name, month, value, None, None, shown]
