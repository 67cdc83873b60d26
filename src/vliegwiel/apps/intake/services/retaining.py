"""Care data are kept as long as the region has settled, and removed by themselves after that."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from vliegwiel.apps.intake.errors import MonthsOutOfRange
from vliegwiel.apps.intake.models import (
    Answer,
    Assignment,
    Change,
    KeptMessage,
    RegionIntake,
    Request,
    Returned,
)
from vliegwiel.apps.intake.models.deliveries import (
    LONGEST_MONTHS,
    SHORTEST_MONTHS,
    RemovalKind,
)
from vliegwiel.apps.intake.tables import OF_A_YOUTH
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.apps.regions.services import system_user

from .locking import lock
from .removing import Removed, delete_rows, prove, remove_messages, unspoken_messages

# So many persons are named in one statement.
_AT_ONCE = 5_000


@transaction.atomic
def set_months_kept(*, region: Region, months: int, by: User) -> None:
    """Settles for how many months a region keeps what it knows of a person, after the last of it.

    Raises MonthsOutOfRange, and NotAllowed without the right to delete.
    """
    require(by, "care_data.delete", region)
    if not SHORTEST_MONTHS <= months <= LONGEST_MONTHS:
        raise MonthsOutOfRange(SHORTEST_MONTHS, LONGEST_MONTHS)
    RegionIntake.objects.update_or_create(region=region, defaults={"months_kept": months})


def apply_retention(*, today: date | None = None) -> Sequence[Removed]:
    """Removes in every region what has been kept for as long as the region settled.

    All of a person goes at once, when the last message about him was written that long ago and the
    last day that is assigned to him has been that long past: a course of help is never cut in two.
    A region without anything to remove gets no proof.
    """
    day = today or timezone.localdate()
    regions = Region.objects.filter(intake__isnull=False).order_by("code")
    found = [_apply(region, day) for region in regions]
    return [removed for removed in found if removed is not None]


@transaction.atomic
def _apply(region: Region, today: date) -> Removed | None:
    before = months_back(today, lock(region).months_kept)
    counts: Counter[str] = Counter()
    gone = [youth for youth, last in _last_known(region).items() if last < before]
    for some in _parts(gone):
        for table in OF_A_YOUTH:
            rows = table.model._default_manager.filter(message__region=region, youth__in=some)
            counts[table.name] += delete_rows(rows)
    counts["answers"] += delete_rows(_answers_to_nothing(region, before))
    # First the messages that say nothing any more, then the answers to those, then what is left.
    counts += remove_messages(region, unspoken_messages(region).filter(dated__lt=before))
    counts["returned"] += delete_rows(_returns_of_nothing(region, before))
    counts += remove_messages(region, unspoken_messages(region).filter(dated__lt=before))
    if not +counts:
        return None
    return prove(region, RemovalKind.RETENTION, system_user(), counts, before=before)


def months_back(day: date, months: int) -> date:
    """The same day so many months ago, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_known(region: Region) -> dict[UUID, date]:
    """Of each person the last day on which a message was written or care was assigned."""
    last: dict[UUID, date] = {}
    for table in OF_A_YOUTH:
        moments = ["message__dated", *(["end"] if table.model is Assignment else [])]
        for moment in moments:
            rows = table.model._default_manager.filter(message__region=region)
            for youth, day in rows.values_list("youth").annotate(last=Max(moment)):
                if day is not None:
                    last[youth] = max(last.get(youth, day), day)
    return last


def _answers_to_nothing(region: Region, before: date) -> models.QuerySet[Answer]:
    """Old answers of which the request is not there any more."""
    asked = [
        Exists(
            model._default_manager.filter(message__region=region, reference=OuterRef("reference"))
        )
        for model in (Request, Change, Assignment)
    ]
    old = Answer.objects.filter(message__region=region, message__dated__lt=before)
    return old.filter(~asked[0], ~asked[1], ~asked[2])


def _returns_of_nothing(region: Region, before: date) -> models.QuerySet[Returned]:
    """Old answers of systems to a message that is not there any more."""
    answered = KeptMessage.objects.filter(
        region=region,
        code=OuterRef("of_code"),
        identification=OuterRef("of_identification"),
        municipality=OuterRef("of_municipality"),
        provider=OuterRef("of_provider"),
    )
    old = Returned.objects.filter(message__region=region, message__dated__lt=before)
    return old.filter(~Exists(answered))


def _parts(youths: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(youths), _AT_ONCE):
        yield youths[first : first + _AT_ONCE]
