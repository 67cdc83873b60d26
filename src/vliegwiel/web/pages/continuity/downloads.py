"""The counts of gaps and of who waits as files: exactly those of the pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.continuity import queries
from vliegwiel.apps.explorer.spreadsheets import Value
from vliegwiel.science.trajectories import CountTable
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table
from vliegwiel.web.pages.care_waits.words import Names

from .words import row_label

_TOTAL = "total"
_COUNTS = ("split", "row", "label", "count")


@require_safe
@region_page("region.view")
def gaps_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """How many gaps of each kind; an empty count is hidden."""
    counts = queries.last_search(region).counts
    if counts is None:
        raise Http404
    names = Names(region)
    rows = [
        (counts.on, kind.value, *cells)
        for kind, tables in counts.tables.items()
        for cells in _rows(names, tables)
    ]
    return attached_table(
        f"continuiteit-{region.slug}-{counts.on}", ("known", "kind", *_COUNTS), rows
    )


@require_safe
@region_page("region.view")
def study_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """Who waits, by how long and by what they have meanwhile; an empty count is hidden."""
    study = queries.last_search(region).study
    if study is None:
        raise Http404
    cells = _rows(Names(region), (study.length, study.meanwhile))
    rows = [(study.on, *row) for row in cells]
    return attached_table(
        f"wachtlijstonderzoek-{region.slug}-{study.on}", ("known", *_COUNTS), rows
    )


def _rows(names: Names, tables: Iterable[CountTable]) -> Iterator[tuple[Value, ...]]:
    for table in tables:
        yield table.split.value, _TOTAL, _TOTAL, table.total
        for key, count in table.rows.items():
            yield table.split.value, key, row_label(names, table.split, key), count
