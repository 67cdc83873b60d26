"""The pilots of a region: found, counted, and one by its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import overload

from django.db.models import Count, Max, Q, QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.pilots.vocabulary import DesignId, PilotStatus
from vliegwiel.apps.regions.models import Region


@dataclass(frozen=True, slots=True)
class PilotsWanted:
    """What somebody looks for; an empty field narrows nothing."""

    text: str = ""
    status: str = ""
    design: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class PilotRow:
    """A pilot in a list. `places` are the groups with the initiative; `mark` is that of it.

    `measured_at` is when measurements came in last; None when there are none.
    """

    id: int
    title: str
    initiative: int
    initiative_title: str
    mark: str
    status: str
    status_label: str
    design: str
    starts_on: date | None
    ends_on: date | None
    registered_at: datetime | None
    places: tuple[str, ...]
    outcomes: tuple[str, ...]
    amendments: int
    measured_at: datetime | None


class PilotRows(Sequence[PilotRow]):
    """A long list that reads what is shown of it, and counts itself once."""

    def __init__(self, rows: QuerySet[Pilot], *, today: date) -> None:
        self._rows, self._today = rows, today
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, place: int) -> PilotRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PilotRow]: ...
    def __getitem__(self, place: int | slice) -> PilotRow | Sequence[PilotRow]:
        shown = self._rows.select_related("initiative").prefetch_related(
            "groups", "outcomes__version"
        )
        counted = shown.annotate(
            amended=Count("amendments", distinct=True), measured=Max("outcomes__deliveries__at")
        )
        if isinstance(place, slice):
            return [_row(one, self._today) for one in counted[place]]
        return _row(counted[place], self._today)


def find_pilots(region: Region, wanted: PilotsWanted, *, today: date) -> PilotRows:
    """The pilots of a region that fit, the newest first. A page of it takes four queries."""
    rows = Pilot.objects.filter(initiative__region=region)
    if wanted.text:
        named = Q(title__icontains=wanted.text) | Q(initiative__title_nl__icontains=wanted.text)
        rows = rows.filter(named | Q(groups__name__icontains=wanted.text)).distinct()
    if wanted.status:
        rows = rows.filter(_in_status(wanted.status, today))
    if wanted.design:
        rows = rows.filter(design=wanted.design)
    if wanted.indicator:
        measuring = Q(outcomes__version__indicator__key=wanted.indicator)
        rows = rows.filter(measuring).distinct()
    return PilotRows(rows.order_by("-pk"), today=today)


def count_pilots(region: Region, *, today: date) -> dict[str, int]:
    """How many pilots of a region stand where, by `PilotStatus`; one query."""
    rows = Pilot.objects.filter(initiative__region=region)
    counted = {
        status.value: Count("pk", filter=_in_status(status, today)) for status in PilotStatus
    }
    found: dict[str, int] = rows.aggregate(**counted)
    return found


def region_pilot(region: Region, pk: int, *, today: date) -> PilotRow | None:
    """One pilot of the region as a list shows it; None where the region has no such pilot."""
    rows = Pilot.objects.filter(initiative__region=region, pk=pk)
    return next(iter(PilotRows(rows, today=today)[:1]), None)


def pilot_status(
    *, registered: bool, starts_on: date | None, ends_on: date | None, today: date
) -> PilotStatus:
    """Where a pilot stands on a day; only what is registered can start."""
    if not registered or starts_on is None:
        return PilotStatus.DRAFT
    if today < starts_on:
        return PilotStatus.REGISTERED
    return PilotStatus.ENDED if ends_on is not None and today > ends_on else PilotStatus.RUNNING


def _in_status(status: str, today: date) -> Q:
    registered = Q(registered_at__isnull=False)
    begun = registered & Q(starts_on__lte=today)
    return {
        PilotStatus.DRAFT: Q(registered_at__isnull=True),
        PilotStatus.REGISTERED: registered & Q(starts_on__gt=today),
        PilotStatus.RUNNING: begun & Q(ends_on__gte=today),
        PilotStatus.ENDED: begun & Q(ends_on__lt=today),
    }.get(PilotStatus(status) if status in PilotStatus.values else PilotStatus.DRAFT, Q())


def _row(one: Pilot, today: date) -> PilotRow:
    initiative = one.initiative
    status = pilot_status(
        registered=one.registered_at is not None,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        today=today,
    )
    versions = [outcome.version for outcome in one.outcomes.all()]
    return PilotRow(
        id=one.pk,
        title=one.title,
        initiative=initiative.pk,
        initiative_title=in_language(
            nl=initiative.title_nl, en=initiative.title_en or initiative.title_nl
        ),
        mark=initiative.mark,
        status=status,
        status_label=str(status.label),
        design=str(DesignId(one.design).label) if one.design else "",
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        registered_at=one.registered_at,
        places=tuple(group.name for group in one.groups.all() if group.treated),
        outcomes=tuple(
            in_language(nl=version.name_nl, en=version.name_en or version.name_nl)
            for version in versions
        ),
        amendments=getattr(one, "amended", 0),
        measured_at=getattr(one, "measured", None),
    )
