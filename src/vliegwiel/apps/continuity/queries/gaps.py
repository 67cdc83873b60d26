"""The search for gaps, the work list, its steps, and who saw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from vliegwiel import __version__
from vliegwiel.apps.continuity.documents import counts_of, study_of
from vliegwiel.apps.continuity.models import (
    ContinuityCheck,
    Explanation,
    Gap,
    GapStatus,
    WorkListRead,
    WorkStatus,
)
from vliegwiel.apps.intake.queries import intake_state
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.trajectories import GapCounts, GapKind, WaitingStudy


@dataclass(frozen=True, slots=True)
class Search:
    """How it stands with the search of a region.

    `known` is the day of the work list; None while it is being made, `failed` when it will not be.
    `has_messages` tells whether there is anything to search. `counts` and `study` are of the last
    whole month; None when the messages hold none.
    """

    has_messages: bool
    failed: bool
    known: date | None
    counts: GapCounts | None
    study: WaitingStudy | None


@dataclass(frozen=True, slots=True)
class GapInfo:
    """A row of the work list. `days` since the help ended; below zero until somebody turns 18."""

    id: int
    reference: str
    kind: GapKind
    municipality: str
    provider: str
    form: str
    since: date
    days: int
    arranged: bool
    found: bool
    first_found: date
    status: str
    status_label: str


@dataclass(frozen=True, slots=True)
class GapStepInfo:
    status_label: str
    explanation: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadInfo:
    """`reference` is that of the gap that was looked at, empty for the list."""

    by: str
    at: datetime
    rows: int
    reference: str


def last_search(region: Region) -> Search:
    """The search of the messages as they are now; one of other messages is as if it were not."""
    state = intake_state(region)
    check = ContinuityCheck.objects.filter(
        region=region, state=state.mark, code_version=__version__
    ).first()
    has_messages = state.known_until is not None
    if check is None or check.status != WorkStatus.DONE:
        failed = check is not None and check.status == WorkStatus.FAILED
        return Search(has_messages, failed, None, None, None)
    return Search(
        has_messages,
        failed=False,
        known=check.known,
        counts=counts_of(check.counts) if check.counts else None,
        study=study_of(check.study) if check.study else None,
    )


def gaps(region: Region, search: Search, *, kind: str = "", status: str = "") -> Sequence[GapInfo]:
    """The work list, the longest ago first: about single youths, so ask the right first.

    Without a status what is still to be done; nothing while the search is not there.
    """
    if search.known is None:
        return []
    rows = Gap.objects.filter(region=region)
    rows = rows.filter(kind=kind) if kind else rows
    if status:
        rows = rows.filter(status=status)
    else:
        rows = rows.filter(found=True, status__in=[GapStatus.OPEN, GapStatus.LOOKED_AT])
    return [_info(row, search.known) for row in rows]


def gap_info(region: Region, pk: int, search: Search) -> GapInfo | None:
    """The gap with this number, if it is one of the region and the search is there."""
    row: Gap | None = _rows(region).filter(pk=pk).first()
    return _info(row, search.known) if row is not None and search.known is not None else None


def _rows(region: Region) -> QuerySet[Gap]:
    return Gap.objects.filter(region=region)


def _info(row: Gap, known: date) -> GapInfo:
    return GapInfo(
        id=row.pk,
        reference=row.reference,
        kind=GapKind(row.kind),
        municipality=row.municipality,
        provider=row.provider,
        form=row.form,
        since=row.since,
        days=(known - row.since).days,
        arranged=row.arranged,
        found=row.found,
        first_found=row.first_found,
        status=row.status,
        status_label=str(GapStatus(row.status).label),
    )


def gap_steps(gap_id: int) -> Sequence[GapStepInfo]:
    """What was done about a gap, the last first."""
    rows = Gap.objects.get(pk=gap_id).steps.select_related("by")
    return [
        GapStepInfo(
            status_label=row.get_status_display(),
            explanation=row.get_explanation_display() if row.explanation else "",
            by=str(row.by),
            at=row.at,
        )
        for row in rows
    ]


def gap_statuses() -> Sequence[tuple[str, str]]:
    """The states that a gap can be in, with their names."""
    return [(value, str(label)) for value, label in GapStatus.choices]


def explanations() -> Sequence[tuple[str, str]]:
    """What can explain a gap."""
    return [(value, str(label)) for value, label in Explanation.choices]


def reads(region: Region, *, limit: int = 50) -> Sequence[ReadInfo]:
    """Who saw the work list, the last first."""
    rows = WorkListRead.objects.filter(region=region).select_related("by")[:limit]
    return [ReadInfo(str(row.by), row.at, row.rows, row.reference) for row in rows]
