"""Deliveries and what was found in them, how much is kept, and what was removed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, Value, When
from django.utils.translation import gettext

from vliegwiel.apps.intake.models import (
    Delivery,
    FindingRow,
    KeptMessage,
    RegionIntake,
    Removal,
)
from vliegwiel.apps.intake.models.deliveries import DEFAULT_MONTHS, DeliveryStatus
from vliegwiel.apps.intake.rules import advice, numbers_of, sentence
from vliegwiel.apps.intake.tables import OF_A_YOUTH, TABLES
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.ijw import Finding, Severity


@dataclass(frozen=True, slots=True)
class DeliveryInfo:
    """A delivery, taken or refused, with counts of what it held and of what became of it."""

    id: int
    name: str
    at: datetime
    by: str
    refused: bool
    files: int
    known_until: date | None
    new: int
    known: int
    differing: int
    messages_left_out: int
    records_left_out: int
    messages: Mapping[str, int]
    records: Mapping[str, int]
    findings: Mapping[str, int]
    rules: Mapping[str, int]

    @property
    def remarks(self) -> int:
        """All that was found, notes left out."""
        return sum(count for kind, count in self.findings.items() if kind != Severity.NOTE.value)


#: The name of the delivery with the messages of a generated region, which the demo makes.
MADE_UP = "gegenereerde-zorgberichten"

_LINE = re.compile(r"(?:^|(?<=, ))line (\d+)")


def path_in_words(path: str) -> str:
    """The place in a file, with the word for a line in the language of the reader."""
    return _LINE.sub(lambda found: gettext("line %(number)s") % {"number": found[1]}, path)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as somebody reads it, with its place and with what to do about it."""

    rule: str
    severity: Severity
    file: str
    path: str
    message: str
    suggestion: str
    numbers: Sequence[str]

    @property
    def place(self) -> str:
        """Where it is."""
        return self.file


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All findings of one rule in a delivery: how many there are, and one of them in words."""

    first: FindingLine
    count: int
    kept: int


@dataclass(frozen=True, slots=True)
class IntakeCounts:
    """How much a region keeps. `records` counts rows by the names of the tables."""

    deliveries: int
    messages: int
    set_aside: int
    youths: int
    records: Mapping[str, int]
    first: date | None
    known_until: date | None
    months_kept: int


@dataclass(frozen=True, slots=True)
class RemovalInfo:
    """The proof of a removal."""

    id: int
    kind: str
    label: str
    at: datetime
    by: str
    counts: Mapping[str, int]
    delivered_at: datetime | None
    before: date | None


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What what is derived from care data depends on.

    `mark` is another one after every delivery and every removal. `first` and `known_until` are the
    first and the last day on which a message was written, None without messages.
    """

    mark: str
    first: date | None
    known_until: date | None


def intake_state(region: Region) -> IntakeState:
    """The state of the care data of a region at this moment."""
    taken = Delivery.objects.filter(region=region, status=DeliveryStatus.TAKEN)
    delivered = taken.aggregate(last=Max("pk"))["last"] or 0
    removed = Removal.objects.filter(region=region).aggregate(last=Max("pk"))["last"] or 0
    days = KeptMessage.objects.filter(region=region).aggregate(
        first=Min("dated"), last=Max("dated")
    )
    return IntakeState(f"{delivered}-{removed}", days["first"], days["last"])


def deliveries(region: Region, *, limit: int = 50) -> Sequence[DeliveryInfo]:
    """Deliveries of care messages to a region, the last one first."""
    return [_info(row) for row in _deliveries(region)[:limit]]


def has_only_made_up(region: Region) -> bool:
    """Whether the messages that a region holds are those of the demo, without any others."""
    taken = Delivery.objects.filter(region=region, status=DeliveryStatus.TAKEN)
    return set(taken.values_list("name", flat=True)) == {MADE_UP}


def delivery(region: Region, pk: int) -> DeliveryInfo | None:
    """The delivery with this number, if it is one of the region."""
    row = _deliveries(region).filter(pk=pk).first()
    return _info(row) if row else None


def _deliveries(region: Region) -> QuerySet[Delivery]:
    return Delivery.objects.filter(region=region).select_related("by")


def _info(row: Delivery) -> DeliveryInfo:
    counts = row.counts
    return DeliveryInfo(
        id=row.pk,
        name=row.name,
        at=row.at,
        by=str(row.by),
        refused=row.status == DeliveryStatus.REFUSED,
        files=counts.get("files", 0),
        known_until=row.known_until,
        new=counts.get("new", 0),
        known=counts.get("known", 0),
        differing=counts.get("differing", 0),
        messages_left_out=counts.get("messages_left_out", 0),
        records_left_out=counts.get("records_left_out", 0),
        messages=counts.get("messages", {}),
        records=counts.get("records", {}),
        findings=counts.get("findings", {}),
        rules=counts.get("rules", {}),
    )


# The worst first.
_ORDER = Case(
    *(When(severity=severity.value, then=Value(n)) for n, severity in enumerate(Severity)),
    output_field=IntegerField(),
)


def findings(
    delivery_id: int, *, rule: str = "", offset: int = 0, limit: int = 50
) -> Sequence[FindingLine]:
    """The findings of a delivery that were kept with their place, the worst first."""
    rows = FindingRow.objects.filter(delivery=delivery_id)
    if rule:
        rows = rows.filter(rule=rule)
    return [_line(row) for row in rows.order_by(_ORDER, "rule", "pk")[offset : offset + limit]]


class Findings:
    """The findings of one rule in a delivery, to be read a page at a time."""

    def __init__(self, delivery_id: int, rule: str) -> None:
        self._delivery_id = delivery_id
        self._rule = rule

    def __len__(self) -> int:
        return FindingRow.objects.filter(delivery=self._delivery_id, rule=self._rule).count()

    def __getitem__(self, part: slice) -> Sequence[FindingLine]:
        first, last = part.start or 0, part.stop or 0
        return findings(self._delivery_id, rule=self._rule, offset=first, limit=last - first)


def finding_groups(delivery_id: int) -> Sequence[FindingGroup]:
    """The findings of a delivery by rule, the worst first and then the most frequent."""
    kept = dict(
        FindingRow.objects.filter(delivery=delivery_id)
        .values_list("rule")
        .annotate(number=Count("pk"))
        .order_by()
    )
    counts = Delivery.objects.values_list("counts", flat=True).get(pk=delivery_id)
    firsts = FindingRow.objects.filter(delivery=delivery_id).order_by("rule", "pk").distinct("rule")
    groups = [
        FindingGroup(
            _line(row), counts.get("rules", {}).get(row.rule, kept[row.rule]), kept[row.rule]
        )
        for row in firsts
    ]
    worst = {severity: n for n, severity in enumerate(Severity)}
    return sorted(groups, key=lambda group: (worst[group.first.severity], -group.count))


def finding_line(found: Finding) -> FindingLine:
    """A finding that was not kept yet, as somebody reads it."""
    return FindingLine(
        rule=found.rule,
        severity=found.severity,
        file=found.file,
        path=found.path,
        message=sentence(found.rule, found.params),
        suggestion=advice(found.rule, found.severity),
        numbers=numbers_of(found.rule),
    )


def _line(row: FindingRow) -> FindingLine:
    return finding_line(
        Finding(
            rule=row.rule,
            severity=Severity(row.severity),
            file=row.file,
            path=row.path,
            params=row.params,
        )
    )


def intake_counts(region: Region) -> IntakeCounts:
    """How much a region keeps of care messages."""
    messages = KeptMessage.objects.filter(region=region).aggregate(
        number=Count("pk"),
        aside=Count("pk", filter=Q(set_aside=True)),
        first=Min("dated"),
        last=Max("dated"),
    )
    youths: set[object] = set()
    records = {}
    for table in TABLES.values():
        rows = table.model._default_manager.filter(message__region=region)
        records[table.name] = rows.count()
        if table in OF_A_YOUTH:
            youths.update(rows.values_list("youth", flat=True).distinct())
    months = RegionIntake.objects.filter(region=region).values_list("months_kept", flat=True)
    return IntakeCounts(
        deliveries=Delivery.objects.filter(region=region, status=DeliveryStatus.TAKEN).count(),
        messages=messages["number"],
        set_aside=messages["aside"],
        youths=len(youths),
        records=records,
        first=messages["first"],
        known_until=messages["last"],
        months_kept=months.first() or DEFAULT_MONTHS,
    )


def removals(region: Region, *, limit: int = 50) -> Sequence[RemovalInfo]:
    """What was removed from the care data of a region, the last first."""
    rows = Removal.objects.filter(region=region).select_related("by")[:limit]
    return [
        RemovalInfo(
            id=row.pk,
            kind=row.kind,
            label=row.get_kind_display(),
            at=row.at,
            by=str(row.by),
            counts=row.counts,
            delivered_at=row.delivered_at,
            before=row.before,
        )
        for row in rows
    ]
