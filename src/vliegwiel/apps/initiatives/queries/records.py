"""What was decided and reviewed about an initiative."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel import reference
from vliegwiel.apps.initiatives.models import (
    CyclePlace,
    EthicsReview,
    Initiative,
    SourcingDecision,
    TransferStep,
)
from vliegwiel.apps.initiatives.words import text
from vliegwiel.apps.regions.models import Region

from .register import InitiativeLine, line_of


@dataclass(frozen=True, slots=True)
class SourcingLine:
    choice: str
    choice_label: str
    reason: str
    other_sectors: str
    decided_by: str
    decided_on: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A step of the worksheet; `text` is what was written there last, with who and when."""

    step: str
    title: str
    question: str
    place: str
    text: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    held_on: date
    questions: str
    outcome: str
    reviewers: str
    returns_on: date
    by: str


@dataclass(frozen=True, slots=True)
class CycleLine:
    place: str
    place_label: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that was added to an initiative, the newest first."""

    sourcing: Sequence[SourcingLine]
    transfer: Sequence[TransferLine]
    reviews: Sequence[ReviewLine]
    cycle: Sequence[CycleLine]
    ethics_due_on: date | None


def records_of(pk: int) -> Records:
    initiative = Initiative.objects.only("ethics_due_on").get(pk=pk)
    return Records(
        sourcing=[_sourcing(row) for row in initiative.sourcing_decisions.select_related("by")],
        transfer=_transfer(list(initiative.transfer_steps.select_related("by"))),
        reviews=[_review(row) for row in initiative.ethics_reviews.select_related("by")],
        cycle=[_cycle(row) for row in initiative.cycle_places.select_related("by")],
        ethics_due_on=initiative.ethics_due_on,
    )


def reviews_due(region: Region, *, on: date) -> Sequence[tuple[InitiativeLine, date]]:
    """The initiatives of which the ethics review must be done again, the longest due first."""
    rows = Initiative.objects.filter(region=region, ethics_due_on__lte=on)
    rows = rows.exclude(stage="stopped").select_related("region").order_by("ethics_due_on", "pk")
    return [(line_of(row), row.ethics_due_on) for row in rows if row.ethics_due_on is not None]


def _sourcing(row: SourcingDecision) -> SourcingLine:
    return SourcingLine(
        choice=row.choice,
        choice_label=row.get_choice_display(),
        reason=row.reason,
        other_sectors=row.other_sectors,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        by=str(row.by),
        at=row.at,
    )


def _transfer(rows: Sequence[TransferStep]) -> Sequence[TransferLine]:
    newest: dict[str, TransferStep] = {}
    for row in rows:
        newest.setdefault(row.step, row)
    lines = []
    for item in reference.innovation_catalogue().transfer_steps:
        last = newest.get(item.key)
        lines.append(
            TransferLine(
                step=item.key,
                title=text(item.title),
                question=text(item.summary),
                place=item.place,
                text=last.text if last else "",
                by=str(last.by) if last else "",
                at=last.at if last else None,
            )
        )
    return lines


def _review(row: EthicsReview) -> ReviewLine:
    return ReviewLine(
        held_on=row.held_on,
        questions=row.questions,
        outcome=row.outcome,
        reviewers=row.reviewers,
        returns_on=row.returns_on,
        by=str(row.by),
    )


def _cycle(row: CyclePlace) -> CycleLine:
    return CycleLine(row.place, row.get_place_display(), row.note, str(row.by), row.at)
