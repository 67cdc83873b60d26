"""What came in of an outcome: by group and month, by delivery, and on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef

from vliegwiel.apps.initiatives.queries import Stage
from vliegwiel.apps.intake.queries import intake_state
from vliegwiel.apps.pilots.models import Delivery, Measurement, PlannedOutcome, Upload
from vliegwiel.apps.pilots.services.care_data import why_not_care_data
from vliegwiel.apps.pilots.tables import COLUMN_OF, fault, heading
from vliegwiel.apps.pilots.vocabulary import ASKS, Channel, DesignId, UploadStatus
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.yardstick import Kind, Level
from vliegwiel.apps.yardstick.queries import Definition, definition
from vliegwiel.science.kernel import Fault


@dataclass(frozen=True, slots=True)
class GroupMeasured:
    """What counts of a group now; `last` is the newest day. Nothing came in: 0 and None."""

    key: str
    name: str
    treated: bool
    rows: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery: how it came in, from where, what it did, by whom and when."""

    id: int
    channel: str
    channel_label: str
    name: str
    added: int
    corrected: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that counts no more, and the one that took its place."""

    group: str
    unit: str
    day: date
    was: float
    becomes: float
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome as its measurements are brought.

    `by_month` when a unit counts once a month; `in_grid` when a group is one unit, so that a value
    for each group and month is all there is. `no_care_data` says why it cannot be read from care
    data: None when it can, empty for an indicator that care data do not know.
    """

    id: int
    name: str
    definition: Definition
    by_month: bool
    in_grid: bool
    with_end: bool
    starts_on: date | None
    no_care_data: str | None


@dataclass(frozen=True, slots=True)
class UploadLine:
    """Measurements on their way, or how that ended. `faults` are in the reader's language."""

    id: int
    outcome: int
    name: str
    status: str
    label: str
    over: bool
    percent: int
    added: int
    corrected: int
    unchanged: int
    faults: tuple[Fault, ...]
    begun_at: datetime


_PERCENT = {UploadStatus.WAITING: 0, UploadStatus.READING: 10, UploadStatus.KEEPING: 60}


def outcome_of(region: Region, pilot_id: int, outcome_id: int | None = None) -> Outcome | None:
    """An outcome of a pilot of the region, without a number the main one; None without it."""
    found = PlannedOutcome.objects.filter(pilot=pilot_id, pilot__initiative__region=region)
    chosen = found.filter(pk=outcome_id) if outcome_id is not None else found
    one = chosen.select_related("pilot", "version__indicator").order_by("position").first()
    shown = definition(one.version_id, region=region) if one is not None else None
    if one is None or shown is None:
        return None
    asks = ASKS[DesignId(one.pilot.design)] if one.pilot.design else None
    grouped = asks is not None and asks.by_month and asks.grouped
    by_month = asks is not None and asks.by_month
    return Outcome(
        id=one.pk,
        name=shown.name,
        definition=shown,
        by_month=by_month,
        in_grid=grouped and not _yes_or_no(shown) and _one_unit_each(one.pk),
        with_end=one.pilot.design == DesignId.SURVIVAL,
        starts_on=one.pilot.starts_on,
        no_care_data=why_not_care_data(one),
    )


def _yes_or_no(shown: Definition) -> bool:
    return shown.kind == Kind.SHARE and shown.level == Level.YOUTH


def _one_unit_each(outcome_id: int) -> bool:
    """Whether no group was measured in more than one unit so far."""
    current = Measurement.objects.filter(outcome=outcome_id, current=True).values("group")
    ends = current.annotate(low=Min("unit"), high=Max("unit"))
    return not ends.exclude(low=F("high")).exists()


def measured_by_group(outcome_id: int) -> Sequence[GroupMeasured]:
    """What counts of each group of the pilot, in the order of the plan. Two queries."""
    outcome = PlannedOutcome.objects.select_related("pilot").get(pk=outcome_id)
    current = Measurement.objects.filter(outcome=outcome_id, current=True).values("group")
    counted = current.annotate(rows=Count("pk"), first=Min("day"), last=Max("day"))
    told = {
        group: (rows, first, last)
        for group, rows, first, last in counted.values_list("group", "rows", "first", "last")
    }
    found = []
    for group in outcome.pilot.groups.all():
        rows, first, last = told.get(group.pk, (0, None, None))
        found.append(GroupMeasured(group.key, group.name, group.treated, rows, first, last))
    return found


def values_in(
    outcome_id: int, months: Sequence[date]
) -> Mapping[tuple[str, date], tuple[str, float]]:
    """What counts in these months, where a group has one unit: its unit and value."""
    rows = Measurement.objects.filter(outcome=outcome_id, current=True, moment__in=months)
    named = rows.values_list("group__key", "moment", "unit", "value")
    return {(key, moment): (unit, value) for key, moment, unit, value in named}


def delivery_rows(outcome_id: int, *, most: int = 50) -> Sequence[DeliveryRow]:
    """The newest deliveries of an outcome. One query."""
    return [
        DeliveryRow(
            *(one.pk, one.channel, str(Channel(one.channel).label), one.name),
            *(one.added, one.corrected, str(one.by), one.at),
        )
        for one in Delivery.objects.filter(outcome=outcome_id).select_related("by")[:most]
    ]


def corrections_of(
    region: Region, pilot_id: int, delivery_id: int, *, most: int = 100
) -> tuple[int, Sequence[Correction]] | None:
    """The outcome of a delivery, and what it put right with the values that stood there before.

    None where the pilot of this region has no such delivery.
    """
    of_pilot = Delivery.objects.filter(
        outcome__pilot=pilot_id, outcome__pilot__initiative__region=region
    )
    delivery = of_pilot.select_related("by").filter(pk=delivery_id).first()
    if delivery is None:
        return None
    new = Measurement.objects.filter(delivery=delivery).values("unit", "moment")
    before = Measurement.objects.filter(
        outcome=delivery.outcome_id, current=False, delivery__lt=delivery_id
    )
    stood: dict[tuple[str, date], float] = {}
    changed = before.filter(unit__in=new.values("unit")).order_by("delivery_id", "pk")
    for row in changed.iterator():
        stood[row.unit, row.moment] = row.value
    rows = Measurement.objects.filter(delivery=delivery).select_related("group").order_by("pk")
    told = []
    for row in rows.filter(unit__in={unit for unit, _moment in stood}).iterator():
        was = stood.get((row.unit, row.moment))
        if was is not None:
            told.append(
                Correction(
                    *(row.group.name, row.unit, row.day, was, row.value),
                    *(str(delivery.by), delivery.at),
                )
            )
        if len(told) == most:
            break
    return delivery.outcome_id, told


def upload_of(region: Region, pilot_id: int, upload_id: int) -> UploadLine | None:
    """An upload of a pilot of the region; None without it."""
    of_pilot = Upload.objects.filter(
        outcome__pilot=pilot_id, outcome__pilot__initiative__region=region
    )
    one = of_pilot.defer("content").select_related("delivery").filter(pk=upload_id).first()
    return _upload(one) if one is not None else None


def upload_under_way(outcome_id: int) -> UploadLine | None:
    """The upload of an outcome that is not over; None without one."""
    rows = Upload.objects.filter(outcome=outcome_id, ended_at__isnull=True).defer("content")
    one = rows.select_related("delivery").first()
    return _upload(one) if one is not None else None


def care_data_to_read_again() -> Sequence[Upload]:
    """The last reading of care data of each outcome, where messages came or went since.

    Nothing of an initiative that stopped, nor of an outcome with measurements on their way.
    """
    on_its_way = Upload.objects.filter(outcome=OuterRef("outcome"), ended_at__isnull=True)
    read = Upload.objects.filter(~Exists(on_its_way), channel=Channel.CARE_DATA).exclude(
        outcome__pilot__initiative__stage=Stage.STOPPED
    )
    last = read.order_by("outcome_id", "-pk").distinct("outcome_id").defer("content")
    rows = list(last.select_related("by", "outcome__pilot__initiative__region"))
    regions = {one.outcome.pilot.initiative.region for one in rows}
    marks = {region: intake_state(region).mark if region is not None else "" for region in regions}
    return [one for one in rows if one.state != marks[one.outcome.pilot.initiative.region]]


def column_of(found: Fault) -> str:
    """The column in which a fault is; empty where it is about the row or the whole table."""
    return COLUMN_OF.get(found.code, "")


def heading_of(found: Fault) -> str:
    """The same as tables call it in the reader's language."""
    return heading(column_of(found))


def _upload(one: Upload) -> UploadLine:
    status = UploadStatus(one.status)
    return UploadLine(
        id=one.pk,
        outcome=one.outcome_id,
        name=one.name,
        status=status.value,
        label=str(status.label),
        over=one.ended_at is not None,
        percent=_PERCENT.get(status, 100),
        added=one.delivery.added if one.delivery is not None else 0,
        corrected=one.delivery.corrected if one.delivery is not None else 0,
        unchanged=one.unchanged,
        faults=tuple(fault(f["path"], f["code"], **f["params"]) for f in one.faults),
        begun_at=one.begun_at,
    )
