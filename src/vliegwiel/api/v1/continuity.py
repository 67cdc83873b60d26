"""Gaps in care and who waits, in counts: the same as on the pages, without small ones."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.continuity import queries
from vliegwiel.science.trajectories import CountTable, GapKind, GapSplit

from .access import READ, Slug, region_of

router = Router(tags=["continuity"], by_alias=True)


class CountRow(Shape):
    key: str = Field(description="a code; every row that can be is there")
    count: int | None = Field(
        description="null is hidden: none, fewer than ten, or it would tell those"
    )


class Counts(Shape):
    """The rows of one split; they add up to the total."""

    split: GapSplit
    total: int | None
    rows: list[CountRow]


class GapsOfKind(Shape):
    kind: GapKind
    tables: list[Counts] = Field(
        description="empty where no count may be shown: there are few gaps, or none"
    )


class CareGaps(Shape):
    known: date = Field(description="the last day of a month")
    kinds: list[GapsOfKind]


class WaitingStudyShape(Shape):
    known: date = Field(description="the last day of a month")
    length: Counts
    meanwhile: Counts


@router.get(
    "/regions/{slug:region}/care-gaps",
    response={200: CareGaps, **READ},
    operation_id="listCareGaps",
)
def care_gaps(request: HttpRequest, region: Slug) -> dict[str, Any]:
    """How many gaps of each kind; 404 where they have not been looked for."""
    found = queries.last_search(region_of(request, region)).counts
    if found is None:
        raise Http404
    kinds = [
        {"kind": kind, "tables": [_counts(table) for table in tables]}
        for kind, tables in found.tables.items()
    ]
    return {"known": found.on, "kinds": kinds}


@router.get(
    "/regions/{slug:region}/waiting-study",
    response={200: WaitingStudyShape, **READ},
    operation_id="getWaitingStudy",
)
def waiting_study(request: HttpRequest, region: Slug) -> dict[str, Any]:
    """Who waits, by how long and by what they have meanwhile; 404 as above."""
    study = queries.last_search(region_of(request, region)).study
    if study is None:
        raise Http404
    return {
        "known": study.on,
        "length": _counts(study.length),
        "meanwhile": _counts(study.meanwhile),
    }


def _counts(table: CountTable) -> dict[str, Any]:
    rows = [{"key": key, "count": count} for key, count in table.rows.items()]
    return {"split": table.split, "total": table.total, "rows": rows}
